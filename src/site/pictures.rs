//! How the pictures of a site are made: the site's and the theme's `[pictures]` into a ladder and a cache.

use crate::config::{PictureFormat, PicturesConfig, Project};
use crate::image::{Cache, Format, Ladder, Pictures};

/// AVIF's speed, 1 (slow) to 10 (fast): at 6 a picture of 1600 pixels takes seconds, not minutes.
const AVIF_SPEED: u8 = 6;

/// The pictures of a site; without `[pictures]` each is copied as it is.
pub(super) fn pictures(project: &Project, config: Option<&PicturesConfig>) -> Pictures {
    let Some(config) = config else { return Pictures::new(None, None) };
    let formats = config.formats().into_iter().map(|format| match format {
        PictureFormat::WebP => Format::WebP(Some(config.webp())),
        PictureFormat::Avif => Format::Avif(config.avif(), AVIF_SPEED),
    });
    let ladder = Ladder { widths: config.widths(), formats: formats.collect(), jpeg: config.jpeg() };
    Pictures::new(Some(ladder), Some(Cache::new(project.root.join(config.cache()))))
}
