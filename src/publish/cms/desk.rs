//! What forms need to know of their site.

use serde_json::{Value, json};

use super::words::CmsWords;
use crate::diagnostic::Words;
use crate::map::{Drawing, WIDTH};

/// The map that positions are pointed at.
#[derive(Debug)]
pub(super) struct PickMap {
    /// Its file, from the page of the CMS.
    pub(super) file: String,
    /// Longitude and latitude of the north-west corner, and units in a degree of each.
    pub(super) geo: [f64; 4],
    /// Width and height in units.
    pub(super) size: [f64; 2],
    /// The part that is seen at first, where there is no position yet: its north-west corner and its width.
    pub(super) start: [f64; 3],
}

impl PickMap {
    /// The map that `ground` is, seen at first as far as `overview` goes.
    pub(super) fn new(file: String, ground: &Drawing, overview: Option<&Drawing>) -> Self {
        let geo = ground.affine();
        let start = overview.map_or([0.0, 0.0, WIDTH], |overview| {
            let [west, north, per_longitude, _] = overview.affine();
            [(west - geo[0]) * geo[2], (geo[1] - north) * geo[3], WIDTH / per_longitude * geo[2]]
        });
        Self { file, geo, size: [WIDTH, ground.height()], start: start.map(f64::round) }
    }
}

/// What forms need to know of their site.
#[derive(Debug)]
pub(super) struct Desk<'a> {
    /// Language of labels.
    pub(super) said_in: Words,
    /// What huta itself says in it.
    pub(super) words: &'static CmsWords,
    /// The original's language.
    pub(super) language: &'a str,
    /// All languages, the original's first.
    pub(super) languages: Vec<&'a str>,
    /// Whether there are translations.
    pub(super) is_multilingual: bool,
    /// Where positions are pointed at, if there is a base map.
    pub(super) map: Option<PickMap>,
    /// Collections by the kind of their pages.
    pub(super) collections: Vec<(&'static str, String)>,
}

impl Desk<'_> {
    /// The one collection of a kind.
    pub(super) fn collection_of(&self, kind: &str) -> Option<&str> {
        let mut of_kind = self.collections.iter().filter(|(own, _)| *own == kind);
        match (of_kind.next(), of_kind.next()) {
            (Some((_, name)), None) => Some(name),
            _ => None,
        }
    }

    /// Label and hint of a schema.
    pub(super) fn said<'s>(&self, schema: &'s Value) -> (Option<&'s str>, Option<&'s str>) {
        (schema["x-label"][self.code()].as_str(), schema["x-hint"][self.code()].as_str())
    }

    /// Values to choose from, each with its word in the language of labels.
    pub(super) fn choices(&self, schema: &Value) -> Option<Vec<(Value, String)>> {
        let choices = schema["x-choices"].as_array()?;
        let choice = |choice: &Value| {
            (choice["value"].clone(), choice["label"][self.code()].as_str().unwrap_or_default().to_string())
        };
        Some(choices.iter().map(choice).collect())
    }

    fn code(&self) -> &'static str {
        match self.said_in {
            Words::Polish => "pl",
            Words::English => "en",
        }
    }

    /// The half of a message that is in the language of labels: `po polsku / in English`.
    pub(super) fn half<'t>(&self, message: &'t str) -> &'t str {
        let (polish, english) = message.split_once(" / ").unwrap_or((message, message));
        match self.said_in {
            Words::Polish => polish,
            Words::English => english,
        }
    }

    /// The field for a position: one of huta's own, which a script beside the page draws.
    pub(super) fn position(&self) -> Vec<(&'static str, Value)> {
        let words = self.words;
        let said = json!({
            "example": words.example,
            "wrong": words.wrong,
            "map": words.map,
            "in": words.zoom[0],
            "out": words.zoom[1],
            "elsewhere": words.elsewhere,
        });
        let map = self
            .map
            .as_ref()
            .map(|map| ("map", json!({ "file": map.file, "geo": map.geo, "size": map.size, "start": map.start })));
        [("widget", "position".into()), ("original", self.language.into()), ("words", said)]
            .into_iter()
            .chain(map)
            .collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A desk with labels in English, for a site whose originals are Polish.
    pub(in super::super) fn desk(is_multilingual: bool) -> Desk<'static> {
        Desk {
            said_in: Words::English,
            words: CmsWords::of(Words::English),
            language: "pl",
            languages: vec!["pl", "en"],
            is_multilingual,
            map: None,
            collections: vec![("place", "miejsca".into()), ("tour", "trasy".into()), ("tour", "spacery".into())],
        }
    }

    #[test]
    fn a_collection_is_named_where_it_is_the_only_one_of_its_kind() {
        let desk = desk(true);
        assert_eq!(["place", "tour", "event"].map(|kind| desk.collection_of(kind)), [Some("miejsca"), None, None]);
    }

    #[test]
    fn words_are_in_the_language_of_labels() {
        let [english, polish] = [Words::English, Words::Polish].map(|said_in| Desk { said_in, ..desk(true) });
        let schema = json!({
            "x-label": { "pl": "Adres", "en": "Address" },
            "x-hint": { "pl": "bez miasta", "en": "without the city" },
            "x-choices": [{ "value": "yes", "label": { "pl": "tak", "en": "yes" } }, { "value": 2, "label": {} }],
        });
        assert_eq!(english.said(&schema), (Some("Address"), Some("without the city")));
        assert_eq!(polish.said(&schema), (Some("Adres"), Some("bez miasta")));
        assert_eq!(polish.said(&json!({})), (None, None));
        assert_eq!(english.choices(&schema).unwrap(), [(json!("yes"), "yes".to_string()), (json!(2), String::new())]);
        assert_eq!(polish.choices(&schema).unwrap()[0].1, "tak");
        assert_eq!(polish.choices(&json!({})), None);
        let message = "dziesięć cyfr / ten digits";
        assert_eq!((polish.half(message), english.half(message)), ("dziesięć cyfr", "ten digits"));
        assert_eq!((polish.half("a/b"), english.half("a/b")), ("a/b", "a/b"));
    }

    #[test]
    fn a_position_is_pointed_at_where_there_is_a_map() {
        let plain = desk(true).position();
        assert_eq!(plain[..2], [("widget", json!("position")), ("original", json!("pl"))]);
        let words = &plain[2].1;
        assert_eq!((plain[2].0, &words["in"], &words["out"]), ("words", &json!("Zoom in"), &json!("Zoom out")));
        assert_eq!(words["example"], "50.07197, 20.03740");
        assert_eq!(plain.len(), 3);
        let map =
            PickMap { file: "map.svg".into(), geo: [1.0, 2.0, 3.0, 4.0], size: [5.0, 6.0], start: [7.0, 8.0, 9.0] };
        let with_map = Desk { map: Some(map), ..desk(true) }.position();
        let expected =
            json!({ "file": "map.svg", "geo": [1.0, 2.0, 3.0, 4.0], "size": [5.0, 6.0], "start": [7.0, 8.0, 9.0] });
        assert_eq!(with_map[3..], [("map", expected)]);
    }
}
