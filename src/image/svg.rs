//! SVG drawings into pixels.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::Metadata;
use super::limits::check_pixels;
use super::raster::{Channels, Raster};
use super::sanitise::sanitise;
use crate::diagnostic::Text;
use crate::text;

/// Draws an SVG drawing, each of its pixels `scale` wide. Texts are left out: fonts differ from machine to machine.
pub(super) fn draw(bytes: &[u8], metadata: &Metadata, scale: f64) -> Result<Raster, Text> {
    let broken = |why: String| text!("rysunek SVG jest uszkodzony: {why}", "the SVG drawing is damaged: {why}");
    // What is drawn is what visitors get; and a drawing must not read files of this machine.
    let drawing = sanitise(bytes)?;
    let tree = Tree::from_str(&drawing.text, &Options::default()).map_err(|error| broken(error.to_string()))?;
    // Both are at most some ten thousand.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let side = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
    let (width, height) = (side(metadata.width), side(metadata.height));
    check_pixels(width, height)?;
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| broken("it has no size".into()))?;
    // As `scale`, to the nearest pixel.
    #[allow(clippy::cast_precision_loss)]
    let (across, down) = (width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, Transform::from_scale(across, down), &mut pixmap.as_mut());
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 4);
    for pixel in pixmap.pixels() {
        let colour = pixel.demultiply();
        pixels.extend_from_slice(&[colour.red(), colour.green(), colour.blue(), colour.alpha()]);
    }
    let raster = Raster { width, height, channels: Channels::Rgba, pixels, profile: None };
    Ok(if raster.is_translucent() { raster } else { raster.opaque() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_drawn_at_any_size() {
        let drawing =
            b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'><path fill='#f00' d='M0 0h10v10H0z'/>\
                        <image href='file:///etc/passwd' width='5' height='5'/></svg>";
        let metadata = Metadata::read(drawing).unwrap();
        let drawn = draw(drawing, &metadata, 2.0).unwrap();
        assert_eq!((drawn.width, drawn.height, drawn.channels), (40, 20, Channels::Rgba));
        assert_eq!((&drawn.pixels[..4], &drawn.pixels[30 * 4..31 * 4]), (&[255, 0, 0, 255][..], &[0, 0, 0, 0][..]));
    }
}
