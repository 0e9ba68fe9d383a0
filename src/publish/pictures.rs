//! The resized pictures that templates have asked for.

use std::path::Path;

use rayon::prelude::*;

use super::Stage;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::image::{FOLDER, Recipe};
use crate::source::relative;
use crate::template::Workshop;
use crate::text;

/// Makes them, in parallel. Their names say all of their making, so one that the old site has is kept as it is; one that
/// is a static file too (`is_static` is given its path) is that file.
pub fn make_pictures(
    root: &Path,
    workshop: &Workshop,
    is_static: impl Fn(&str) -> bool + Sync,
    stage: &Stage,
    diagnostics: &mut Diagnostics,
) {
    let make = |name: &String, recipe: &Recipe| {
        let path = format!("{FOLDER}/{name}");
        if is_static(&path) || stage.keep(&path) {
            return Ok(());
        }
        let bytes = recipe.make().map_err(|why| cannot(root, recipe, &why))?;
        stage.write(&path, &bytes)
    };
    let failed: Vec<Diagnostic> =
        workshop.recipes().par_iter().filter_map(|(name, recipe)| make(name, recipe).err()).collect();
    diagnostics.extend(failed);
}

fn cannot(root: &Path, recipe: &Recipe, why: &str) -> Diagnostic {
    Diagnostic::error(
        Code::PictureInvalid,
        Span::file(relative(&recipe.file, root)),
        text!("tego obrazu nie da się zmniejszyć: {why}", "this picture cannot be resized: {why}"),
    )
    .help(text!(
        "otwórz obraz w programie graficznym i zapisz go jeszcze raz jako JPEG albo PNG",
        "open the picture in an image editor and save it again as JPEG or PNG"
    ))
}
