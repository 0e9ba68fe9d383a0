//! Pictures of pages: what editors say about them, the smaller versions made of them, and the HTML that shows them.
//!
//! A picture lies in the folder of its page. It is described under `gallery` in the page's front matter or in a file
//! `gallery.yaml` beside it; `cover` names the page's lead picture. Where the site or its theme has a `[pictures]` table,
//! pictures of pages are published only as what was made of them: originals may say more than their authors know.

mod album;
mod check;
mod described;
mod exhibit;
mod licence;
mod reader;
mod tag;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

pub use album::Galleries;
pub(crate) use album::{
    broken as broken_picture, missing as missing_picture, without_rights as picture_without_rights,
};
pub use exhibit::{Exhibit, Gallery};
pub use licence::Licence;
pub use tag::{Tag, picture_tag};

use schemars::{Schema, SchemaGenerator};

use crate::diagnostic::Text;
use crate::image::Picture;

/// Keys of front matter that this room reads, of pages and of sections.
pub const KEYS: &[&str] = &["cover", "gallery"];

/// What is said about a picture in the language of the file.
pub const TEXTS: &[&str] = &["alt", "caption", "credit"];

/// Name of the file that describes the pictures of a folder.
pub const FILE: &str = "gallery.yaml";

/// JSON Schema of [`KEYS`], as it stands in their type.
pub fn front_schema(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<described::Front>()
}

/// JSON Schema of [`FILE`], as it stands in its type.
pub fn file_schema(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<described::Album>()
}

/// What was made of a picture file, or why nothing could be.
pub type MadePicture = Result<Arc<Picture>, Text>;

/// What was made of picture files.
type PicturesByFile = HashMap<PathBuf, MadePicture>;

/// Whether a file's name is one of a picture, by its extension: those that browsers show, and those that cameras and
/// scanners write and browsers do not show.
#[must_use]
pub fn is_picture(path: &str) -> bool {
    const EXTENSIONS: [&str; 13] =
        ["jpg", "jpeg", "png", "webp", "gif", "svg", "avif", "heic", "heif", "tif", "tiff", "bmp", "jxl"];
    let extension = std::path::Path::new(path).extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}
