//! Pictures that were made: those of pages, and those that templates have asked for.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::Stage;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, Text};
use crate::image::{FOLDER, Original, Picture, Recipe};
use crate::source::relative;
use crate::template::Workshop;
use crate::text;

/// Writes them, in parallel, and makes those that templates have asked for. Their names say all of their making, so one
/// that the old site has is kept as it is; one that is a static file too (`is_static` is given its path) is that file.
pub fn make_pictures(
    root: &Path,
    workshop: &Workshop,
    is_static: impl Fn(&str) -> bool + Sync,
    stage: &Stage,
    diagnostics: &mut Diagnostics,
) {
    let fresh = |name: &String| {
        let path = format!("{FOLDER}/{name}");
        (!is_static(&path) && !stage.keep(&path)).then_some(path)
    };
    let pictures = &workshop.pictures;
    let resized = workshop.recipes();
    let resize = |(name, recipe): (&String, &Recipe)| {
        let path = fresh(name)?;
        match pictures.resized(recipe) {
            Ok(bytes) => stage.write(&path, &bytes).err(),
            Err(why) => Some(cannot(root, &recipe.original, &why)),
        }
    };
    let made = pictures.files();
    let write = |(name, (picture, at)): (&String, &(Arc<Picture>, usize))| {
        let path = fresh(name)?;
        match pictures.bytes(picture, *at) {
            Ok(bytes) => stage.write(&path, &bytes).err(),
            Err(why) => Some(cannot(root, &picture.original, &why)),
        }
    };
    let failed = resized.par_iter().filter_map(resize).chain(made.par_iter().filter_map(write));
    diagnostics.extend(failed.collect::<Vec<_>>());
}

fn cannot(root: &Path, original: &Original, why: &Text) -> Diagnostic {
    Diagnostic::error(
        Code::PictureInvalid,
        Span::file(relative(&original.file, root)),
        Text {
            pl: format!("tego obrazu nie da się zmniejszyć: {}", why.pl),
            en: format!("this picture cannot be resized: {}", why.en),
        },
    )
    .help(text!(
        "otwórz obraz w programie graficznym, zmniejsz go, jeśli jest za duży, i zapisz jeszcze raz jako JPEG albo PNG",
        "open the picture in an image editor, make it smaller if it is too large, and save it again as JPEG or PNG"
    ))
}
