//! How pictures of pages are made smaller.

use serde::Deserialize;

/// The `[pictures]` table, huta's own, of the site or its theme: without one pictures are copied as they are.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PicturesConfig {
    /// Widths in pixels, ascending: 480, 960 and 1600 where nothing is said.
    pub widths: Option<Vec<u32>>,
    /// Formats besides the one that every browser shows, the best first: `webp` where nothing is said.
    pub formats: Option<Vec<PictureFormat>>,
    /// Quality of JPEG, 1 to 100: 81.
    pub jpeg: Option<u8>,
    /// Quality of WebP, 1 to 100: 76.
    pub webp: Option<u8>,
    /// Quality of AVIF, 1 to 100: 60.
    pub avif: Option<u8>,
    /// How wide a picture in a text is shown, as HTML's `sizes`: `100vw`.
    pub sizes: Option<String>,
    /// Folder that made pictures are kept in, from the root: `.cache/pictures`.
    pub cache: Option<String>,
    /// Megabytes that it may hold of what the last build did not use: 1000.
    pub cache_limit: Option<u64>,
}

/// A format that not every browser shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureFormat {
    /// WebP.
    WebP,
    /// AVIF, with the feature `avif`.
    Avif,
}

impl PicturesConfig {
    /// Widths in pixels.
    #[must_use]
    pub fn widths(&self) -> Vec<u32> {
        self.widths.clone().unwrap_or_else(|| vec![480, 960, 1600])
    }

    /// Formats, the best first.
    #[must_use]
    pub fn formats(&self) -> Vec<PictureFormat> {
        self.formats.clone().unwrap_or_else(|| vec![PictureFormat::WebP])
    }

    /// Quality of JPEG.
    #[must_use]
    pub fn jpeg(&self) -> u8 {
        self.jpeg.unwrap_or(81)
    }

    /// Quality of WebP.
    #[must_use]
    pub fn webp(&self) -> u8 {
        self.webp.unwrap_or(76)
    }

    /// Quality of AVIF.
    #[must_use]
    pub fn avif(&self) -> u8 {
        self.avif.unwrap_or(60)
    }

    /// HTML's `sizes` of pictures in texts.
    #[must_use]
    pub fn sizes(&self) -> &str {
        self.sizes.as_deref().unwrap_or("100vw")
    }

    /// Folder that made pictures are kept in, from the root.
    #[must_use]
    pub fn cache(&self) -> &str {
        self.cache.as_deref().unwrap_or(".cache/pictures")
    }

    /// Bytes that the cache may hold of what a build did not use.
    #[must_use]
    pub fn cache_limit(&self) -> u64 {
        self.cache_limit.unwrap_or(1000).saturating_mul(1_000_000)
    }

    /// What this says, and where it says nothing what `other` says.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        Self {
            widths: self.widths.or(other.widths),
            formats: self.formats.or(other.formats),
            jpeg: self.jpeg.or(other.jpeg),
            webp: self.webp.or(other.webp),
            avif: self.avif.or(other.avif),
            sizes: self.sizes.or(other.sizes),
            cache: self.cache.or(other.cache),
            cache_limit: self.cache_limit.or(other.cache_limit),
        }
    }

    /// The first key whose value cannot be right.
    #[must_use]
    pub fn wrong_key(&self) -> Option<&'static str> {
        let is_quality = |quality: Option<u8>| quality.is_none_or(|quality| (1..=100).contains(&quality));
        let widths = self.widths();
        let ascending = widths.windows(2).all(|pair| pair[0] < pair[1]);
        let cache = std::path::Path::new(self.cache());
        let inside = |part: std::path::Component<'_>| matches!(part, std::path::Component::ParentDir);
        [
            ("widths", widths.is_empty() || !ascending || widths.iter().any(|width| !(16..=10_000).contains(width))),
            ("jpeg", !is_quality(self.jpeg)),
            ("webp", !is_quality(self.webp)),
            ("avif", !is_quality(self.avif)),
            ("cache", self.cache().trim().is_empty() || cache.components().any(inside)),
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
        let wrong = |text: &str| toml::from_str::<PicturesConfig>(text).unwrap().wrong_key();
        assert_eq!(wrong(""), None);
        assert_eq!(wrong("widths = [300, 600]\njpeg = 70\ncache = \"/var/cache/huta\""), None);
        for text in [
            "widths = []",
            "widths = [600, 300]",
            "widths = [1]",
            "jpeg = 0",
            "webp = 101",
            "avif = 0",
            "cache = \"../x\"",
            "cache = \" \"",
        ] {
            assert!(wrong(text).is_some_and(|key| text.starts_with(key)), "{text}");
        }
        assert!(toml::from_str::<PicturesConfig>("formats = [\"bmp\"]").is_err());
    }

    #[test]
    fn the_site_is_heard_before_its_theme() {
        let (site, theme) = ("widths = [100]", "widths = [200]\nwebp = 50");
        let both = toml::from_str::<PicturesConfig>(site).unwrap().over(toml::from_str(theme).unwrap());
        assert_eq!((both.widths(), both.webp(), both.jpeg()), (vec![100], 50, 81));
    }
}
