//! Where a new page goes, and where what it is about lies.

use super::{Request, Sort, nearest};
use crate::config::Config;
use crate::content::Library;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::guide::Coordinates;
use crate::schema::Folders;
use crate::text;

/// The folder below `content/` of the section the new page belongs to: the one that was asked for, else the only one that
/// holds pages of its kind.
pub(super) fn section(
    request: &Request,
    library: &Library,
    folders: &Folders,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let originals = library.sections.iter().filter(|section| section.language == config.default_language);
    let all: Vec<String> = originals.map(|section| section.folder().trim_end_matches('/').to_string()).collect();
    let known: Vec<&str> = all.iter().map(String::as_str).filter(|folder| !folder.is_empty()).collect();
    if let Some(asked) = &request.section {
        let folder = asked.trim_matches('/');
        let folder = if folder == "content" { "" } else { folder.strip_prefix("content/").unwrap_or(folder) };
        if all.iter().any(|known| known == folder) {
            return Some(folder.to_string());
        }
        let told = Diagnostic::error(
            Code::UnknownPath,
            None,
            text!("nie ma działu „{asked}”", "there is no section `{asked}`"),
        );
        diagnostics.push(told.help(nearest(folder, &known, &known)));
        return None;
    }
    let candidates: Vec<&str> = match request.sort {
        // A new section stands at the top, unless another is named.
        Sort::Section => return Some(String::new()),
        Sort::Kind(kind) => folders.with(kind.name).filter(|folder| known.contains(folder)).collect(),
        Sort::Page => folders.with_plain().filter(|folder| known.contains(folder)).collect(),
    };
    match candidates[..] {
        [only] => Some(only.to_string()),
        [] => {
            let list = known.join(", ");
            let told = Diagnostic::error(
                Code::UnclearSection,
                None,
                text!("żaden dział nie ma jeszcze takich stron", "no section has such pages yet"),
            );
            diagnostics.push(told.help(text!(
                "wybierz dział: --section FOLDER; są: {list}",
                "choose a section: --section DIR; there are: {list}"
            )));
            None
        }
        _ => {
            let list = candidates.join(", ");
            let told = Diagnostic::error(
                Code::UnclearSection,
                None,
                text!("takie strony są w kilku działach", "several sections have such pages"),
            );
            diagnostics.push(told.help(text!(
                "wybierz jeden z nich: --section FOLDER; są: {list}",
                "choose one of them: --section DIR; there are: {list}"
            )));
            None
        }
    }
}

/// `LAT,LON` as the value of `at`, if it lies on the earth and in the site's bounds.
pub(super) fn coordinates(at: &str, config: &Config) -> Result<String, Diagnostic> {
    let numbers: Option<Vec<f64>> = at.split(',').map(|number| number.trim().parse().ok()).collect();
    let Some([latitude, longitude]) = numbers.as_deref() else {
        let told = Diagnostic::error(
            Code::InvalidValue,
            None,
            text!("„{at}” to nie są współrzędne", "`{at}` is not a pair of coordinates"),
        );
        return Err(told.help(text!(
            "przykład: --at 50.07197,20.03740 (szerokość, długość)",
            "an example: --at 50.07197,20.03740 (latitude, longitude)"
        )));
    };
    let point = Coordinates([*latitude, *longitude]);
    let world = [-180.0, -90.0, 180.0, 90.0];
    let bounds = config.bounds.map_or(world, |bounds| bounds.0);
    if point.within(bounds) && point.within(world) {
        return Ok(format!("[{latitude}, {longitude}]"));
    }
    let [west, south, east, north] = bounds;
    let help = if point.swapped().within(bounds) {
        text!(
            "liczby są zamienione: --at {longitude},{latitude}",
            "the numbers are swapped: --at {longitude},{latitude}"
        )
    } else {
        text!(
            "szerokość ma być między {south} a {north}, długość między {west} a {east}",
            "the latitude must lie between {south} and {north}, the longitude between {west} and {east}"
        )
    };
    let told = Diagnostic::error(
        Code::CoordinatesOutOfRange,
        None,
        text!(
            "punkt [{latitude}, {longitude}] leży poza obszarem przewodnika",
            "the point [{latitude}, {longitude}] lies outside the guide's area"
        ),
    );
    Err(told.help(help))
}
