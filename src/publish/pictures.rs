//! Pictures that were made: those of pages, and those that templates have asked for.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::Stage;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, Text};
use crate::gallery::broken_picture;
use crate::image::{FOLDER, Original, Picture, Recipe};
use crate::source::relative;
use crate::template::Workshop;

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

/// Makes those that templates have asked for, into the cache only: what is wrong with them is told.
pub fn check_pictures(root: &Path, workshop: &Workshop, diagnostics: &mut Diagnostics) {
    let recipes = workshop.recipes();
    let wrong = |(_, recipe): (&String, &Recipe)| {
        let why = workshop.pictures.resized(recipe).err()?;
        Some(cannot(root, &recipe.original, &why))
    };
    diagnostics.extend(recipes.par_iter().filter_map(wrong).collect::<Vec<_>>());
}

fn cannot(root: &Path, original: &Original, why: &Text) -> Diagnostic {
    let name = original.file.file_name().unwrap_or_default().to_string_lossy();
    broken_picture(&name, why, Span::file(relative(&original.file, root)))
}
