//! Pictures, by format and size in pixels: how they look is the encoder's affair.

use std::fs;
use std::path::PathBuf;

/// Compares two pictures.
pub(super) fn differences(expected: &[u8], actual: &[u8]) -> Vec<String> {
    match (look(expected), look(actual)) {
        (Ok(expected), Ok(actual)) if expected == actual => vec![],
        (expected, actual) => {
            let [expected, actual] = [expected, actual].map(|look| look.unwrap_or_else(|problem| problem));
            vec![format!("expected {expected}, got {actual}")]
        }
    }
}

/// Compares the pictures on either side that share a name: how many are equal, and what differs.
pub(super) fn sets(expected: &[PathBuf], actual: &[PathBuf]) -> (usize, Vec<String>) {
    let looks = |files: &[PathBuf]| {
        let mut looks: Vec<String> =
            files.iter().map(|file| look(&fs::read(file).unwrap()).unwrap_or_else(|problem| problem)).collect();
        looks.sort();
        looks
    };
    let (expected, actual) = (looks(expected), looks(actual));
    if expected == actual {
        return (expected.len(), vec![]);
    }
    let mut rest = actual.clone();
    let found = |look: &&String| rest.iter().position(|other| other == *look).map(|at| rest.remove(at)).is_some();
    let equal = expected.iter().filter(found).count();
    (equal, vec![format!("expected pictures {expected:?}, got {actual:?}")])
}

/// Format and size as text, or why they cannot be told.
fn look(bytes: &[u8]) -> Result<String, String> {
    let kind = imagesize::image_type(bytes).map_err(|error| error.to_string())?;
    let size = imagesize::blob_size(bytes).map_err(|error| error.to_string())?;
    Ok(format!("{kind:?} {}×{}", size.width, size.height))
}
