//! Which language a short text is in.

use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use super::Tongue;

/// How sure the detector must be before a text counts as not in the usual language. Of 789 titles of sources, most of them
/// Polish, those it was less sure of were mostly names.
const SURE: f64 = 0.9;

static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::with_allowlist(vec![Lang::Pol, Lang::Eng]));

/// The language of a text that is usually in one: the other of Polish and English where there is little doubt.
#[must_use]
pub fn written_in(text: &str, usual: Tongue) -> Tongue {
    match DETECTOR.detect(text) {
        Some(found) if found.confidence() >= SURE => match found.lang() {
            Lang::Pol => Tongue::Polish,
            _ => Tongue::English,
        },
        _ => usual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_in_another_language_only_where_that_is_plain() {
        let polish = |title| written_in(title, Tongue::Polish);
        assert_eq!(polish("The First News: The day protestors blew foot off hated statue of Lenin"), Tongue::English);
        assert_eq!(polish("In Your Pocket: Central Square & Roses Avenue"), Tongue::English);
        assert_eq!(polish("NHpedia: Cmentarz w Mogile"), Tongue::Polish);
        assert_eq!(polish("Szlak Modernizmu: Nowohuckie Centrum Kultury"), Tongue::Polish);
        assert_eq!(written_in("Głos: W obronie nowohuckiego krzyża", Tongue::English), Tongue::Polish);
        assert_eq!(written_in("", Tongue::English), Tongue::English);
    }
}
