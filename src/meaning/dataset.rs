//! The open data, on the page that is about them.

use serde_json::Value;

use super::node::{node, with};
use super::page::{Said, Subject};

/// The data set, where this page is about it.
pub(super) fn said(subject: &Subject<'_>) -> Option<Said> {
    let open = subject.of.open_data?;
    let set = open.is_about(subject.page).then(|| open.set()).flatten()?;
    let config = subject.of.config;
    let files: Vec<Value> = set
        .files
        .iter()
        .map(|file| {
            let name = file.path.rsplit('/').next().unwrap_or_default();
            node(
                "DataDownload",
                [
                    ("name", name.into()),
                    ("contentUrl", config.permalink(&file.path).into()),
                    ("encodingFormat", file.media_type.into()),
                ],
            )
        })
        .collect();
    let languages: Vec<&str> = config.language_codes().collect();
    let publisher = subject.of.publisher(subject.language());
    let place = config.linked_data.locality.as_deref().map(|town| node("Place", [("name", town.into())]));
    let thing = with(
        subject.thing("Dataset", "data"),
        [
            ("inLanguage", languages.into()),
            ("creator", publisher.clone()),
            ("publisher", publisher),
            ("license", subject.of.licence()),
            ("isAccessibleForFree", true.into()),
            ("creditText", open.attribution(subject.language()).into()),
            ("spatialCoverage", place.into()),
            ("distribution", files.into()),
        ],
    );
    Some(Said { thing, ..Said::default() })
}
