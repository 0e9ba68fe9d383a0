//! What stands in a picture's place until it has come.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::encode::{Format, encode};
use super::raster::{Channels, Raster};

/// Most pixels along a side of a placeholder.
const SIDE: u32 = 10;

/// Quality of its WebP: what is smaller looks blotched when it is blown up.
const QUALITY: u8 = 30;

/// A placeholder as a `data:` address of a hundred bytes or so, or nothing for a picture that lets something through.
///
/// It is the picture itself, ten pixels wide, which every browser blows up smoothly as a CSS background. A `ThumbHash`
/// says as much in 25 bytes, but needs a script of 2 kB to be seen.
pub(super) fn placeholder(picture: &Raster) -> Option<String> {
    if picture.channels == Channels::Rgba {
        let clear = picture.pixels.iter().skip(3).step_by(4).filter(|opacity| **opacity < 250).count();
        // The edges of a drawing may be a little translucent; more would show the placeholder through the picture.
        if clear * 20 > picture.pixels.len() / 4 {
            return None;
        }
    }
    let longest = picture.width.max(picture.height);
    let side = |side: u32| (side * SIDE).div_ceil(longest).max(1);
    let tiny = picture.opaque().resized((side(picture.width), side(picture.height)));
    let bytes = encode(&tiny, Format::WebP(Some(QUALITY)), None).ok()?;
    Some(format!("data:image/webp;base64,{}", BASE64_STANDARD.encode(bytes)))
}
