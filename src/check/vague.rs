//! Links whose words say where they lead: people who use screen readers hear them in a list, without the sentence.

use super::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::language::Tongue;
use crate::text;

/// Words of a link that say nothing.
fn vague(tongue: Tongue) -> &'static [&'static str] {
    match tongue {
        Tongue::Polish => &[
            "tu",
            "tutaj",
            "tam",
            "kliknij",
            "kliknij tu",
            "kliknij tutaj",
            "klik",
            "link",
            "ten link",
            "odnośnik",
            "strona",
            "ta strona",
            "ta",
            "więcej",
            "czytaj więcej",
            "dowiedz się więcej",
            "zobacz",
            "zobacz więcej",
            "zobacz tutaj",
            "sprawdź",
            "pobierz",
            "źródło",
        ],
        Tongue::English => &[
            "here",
            "click",
            "click here",
            "link",
            "this link",
            "this",
            "this page",
            "page",
            "there",
            "more",
            "read more",
            "learn more",
            "see here",
            "see more",
            "see",
            "download",
            "source",
        ],
    }
}

/// Tells links with empty words, and addresses in place of words.
pub(super) fn check(text: &Text<'_>, diagnostics: &mut Diagnostics) {
    let Some(tongue) = Tongue::of(&text.source.language) else { return };
    for link in &text.document.links {
        let Some(words) = &link.text else { continue };
        let words = words.trim();
        let plain = words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let is_address = ["http://", "https://", "www."].iter().any(|start| plain.starts_with(start));
        let place = || text.source.text.span(link.place.clone());
        if is_address {
            diagnostics.push(
                Diagnostic::warning(
                    Code::VagueLink,
                    place(),
                    text!("słowami odnośnika jest adres", "the words of the link are an address"),
                )
                .help(text!(
                    "napisz słowami, dokąd prowadzi: [strona Teatru Ludowego](adres)",
                    "say in words where it leads: [the Ludowy Theatre's site](address)"
                )),
            );
        } else if vague(tongue).contains(&plain.as_str()) {
            diagnostics.push(
                Diagnostic::warning(
                    Code::VagueLink,
                    place(),
                    text!("odnośnik „{words}” nie mówi, dokąd prowadzi", "the link `{words}` does not say where it leads"),
                )
                .help(text!(
                    "obejmij odnośnikiem słowa, które to mówią: zamiast „regulamin jest [tutaj](…)” – „[regulamin konkursu](…)”",
                    "make a link of the words that say it: not `the rules are [here](…)` but `[the rules of the contest](…)`"
                )),
            );
        }
    }
}
