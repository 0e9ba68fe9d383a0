//! What a check asks for beyond what a build does.

use serde::Deserialize;

/// The `[check]` table, huta's own.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CheckConfig {
    /// Months after which a source should be read again.
    pub source_months: u32,
    /// Most kilobytes (1000 bytes, compressed with gzip) that a page may weigh with its style sheets and scripts; `None`
    /// weighs nothing.
    pub page_weight: Option<f64>,
    /// Days for which an answer of another site is believed.
    pub external_days: u32,
    /// Seconds that another site has for its answer.
    pub external_timeout: f64,
    /// Seconds between two questions to one host.
    pub external_pause: f64,
}

impl Default for CheckConfig {
    fn default() -> Self {
        Self { source_months: 36, page_weight: None, external_days: 7, external_timeout: 15.0, external_pause: 1.0 }
    }
}

impl CheckConfig {
    /// The first key whose value cannot be right.
    pub(super) fn wrong_key(&self) -> Option<&'static str> {
        let positive = |value: f64| value.is_finite() && value > 0.0;
        [
            ("source_months", !(1..=1200).contains(&self.source_months)),
            ("page_weight", self.page_weight.is_some_and(|weight| !positive(weight))),
            ("external_days", self.external_days > 365),
            ("external_timeout", !positive(self.external_timeout) || self.external_timeout > 600.0),
            ("external_pause", !self.external_pause.is_finite() || !(0.0..=60.0).contains(&self.external_pause)),
        ]
        .into_iter()
        .find_map(|(key, wrong)| wrong.then_some(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_right() {
        let wrong = |text: &str| toml::from_str::<CheckConfig>(text).unwrap().wrong_key();
        assert_eq!(wrong(""), None);
        assert_eq!(wrong("source_months = 12\npage_weight = 60\nexternal_days = 0\nexternal_pause = 0"), None);
        for text in [
            "source_months = 0",
            "page_weight = 0",
            "external_days = 366",
            "external_timeout = 0.0",
            "external_pause = -1.0",
        ] {
            assert!(wrong(text).is_some_and(|key| text.starts_with(key)), "{text}");
        }
    }
}
