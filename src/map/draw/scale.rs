//! How wide things are drawn that have a width on the ground, in steps that a style sheet can list.
//!
//! A drawing says its scale by a class instead of a `style` attribute, which a strict content security policy forbids. A
//! step is a quarter of an octave, so a street is drawn at most 9 % too wide or too narrow: less than its class differs
//! from the next.

use std::fmt::Write as _;

/// Steps in an octave.
const PARTS: i32 = 4;

/// The step of one unit in a metre.
const ONE: i32 = 20;

/// The last step: 64 units in a metre, a map of 47 metres. The first is a map of 96 kilometres.
pub(super) const LAST: i32 = 44;

/// The step for so many units in a metre.
pub(super) fn step(units: f64) -> i32 {
    // A scale is within some powers of two; of anything else the cast takes the nearest end.
    #[allow(clippy::cast_possible_truncation)]
    let step = (units.log2() * f64::from(PARTS)).round() as i32;
    (step + ONE).clamp(0, LAST)
}

/// The rules that give each step its `--m`, units in a metre.
pub(super) fn rules() -> String {
    (0..=LAST).fold(String::new(), |mut out, step| {
        let units = 2f64.powf(f64::from(step - ONE) / f64::from(PARTS));
        // Writing into memory cannot fail.
        let _ = write!(out, ".m{step}{{--m:{}}}", (units * 1000.0).round() / 1000.0);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_near_the_scale() {
        for scale in [0.05, 0.62, 1.0, 5.6778, 40.0] {
            let units = 2f64.powf(f64::from(step(scale) - ONE) / f64::from(PARTS));
            assert!((units / scale - 1.0).abs() < 0.1, "{scale} {units}");
        }
        assert_eq!([step(1.0), step(0.0), step(1e9)], [ONE, 0, LAST]);
    }

    #[test]
    fn the_theme_has_the_same_steps() {
        // Read, not included: what is in the program is below src/.
        let sheet = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/nowa-huta/static/map.css");
        let sheet = std::fs::read_to_string(sheet).unwrap();
        assert!(sheet.contains(&rules()), "themes/nowa-huta/static/map.css should hold\n{}", rules());
    }

    #[test]
    fn steps_are_quarters_of_an_octave() {
        let scales = [1.0, 2.0, 0.5, 1.09, 1.1, 0.91, 1.0 / 32.0, 1.0 / 40.0, 64.0, 80.0];
        assert_eq!(scales.map(step), [20, 24, 16, 20, 21, 19, 0, 0, 44, 44]);
        let rules = rules();
        assert!(rules.starts_with(".m0{--m:0.031}.m1{--m:0.037}"), "{rules}");
        assert!(rules.contains(".m16{--m:0.5}") && rules.contains(".m21{--m:1.189}.m22{--m:1.414}"), "{rules}");
        assert!(rules.ends_with(".m44{--m:64}"), "{rules}");
    }
}
