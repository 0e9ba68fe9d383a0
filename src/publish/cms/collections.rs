//! Which files a CMS edits, and with which forms.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Desk;
use super::field::{Field, Versions, What, values};
use super::fits::misfits;
use super::forms::{Forms, Shared};
use crate::diagnostic::Diagnostic;
use crate::guide::{KINDS, Kind};
use crate::schema::Schemas;
use crate::template::Store;

/// Keys that editors need, before and after the block; the CMS leaves all others as they are.
const FIRST: [&str; 4] = ["title", "description", "slug", "date"];
const LAST: [&str; 4] = ["cover", "gallery", "sources", "verified"];

/// What a translation says of pictures.
const PICTURES: Shared<'_> =
    Shared { texts: &["gallery.alt", "gallery.caption", "gallery.credit"], keyed: &[("gallery", &["file"])] };
/// What it says of everything else.
const TEXTS: Shared<'_> = Shared { texts: &["title", "description", "slug"], keyed: &[] };

/// Files of one kind and one folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place<'a> {
    /// Position of the kind; pages of no kind come last.
    kind: usize,
    folder: &'a str,
    is_bundle: bool,
}

/// A collection of the CMS, without its fields.
#[derive(Debug)]
pub(super) struct Shelf<'a> {
    pub(super) name: String,
    pub(super) kind: Option<&'static Kind>,
    folder: &'a str,
    is_bundle: bool,
}

/// The collections that the site's pages make: one for each kind in each folder.
pub(super) fn shelves<'a>(store: &'a Store, folders: &'a BTreeMap<usize, String>) -> Vec<Shelf<'a>> {
    let kind_of = |page: usize| {
        let kind = store.guide.kind(page).and_then(|name| KINDS.iter().position(|kind| kind.name == name));
        kind.unwrap_or(KINDS.len())
    };
    let place = |(page, folder): (&usize, &'a String)| {
        let is_bundle = store.library.pages[*page].bundle_folder().is_some();
        Place { kind: kind_of(*page), folder, is_bundle }
    };
    let mut places: Vec<Place<'a>> = folders.iter().map(place).collect();
    places.sort_unstable();
    places.dedup();
    let alone = |place: &Place<'_>| places.iter().filter(|other| other.folder == place.folder).count() == 1;
    places
        .iter()
        .map(|place| {
            let kind = KINDS.get(place.kind).copied();
            let folder = if place.folder.is_empty() { "content" } else { place.folder };
            let mut name = folder.replace('/', "-");
            if !alone(place) {
                name = format!(
                    "{name}-{}{}",
                    kind.map_or("page", |kind| kind.name),
                    if place.is_bundle { "" } else { "-file" }
                );
            }
            Shelf { name, kind, folder: place.folder, is_bundle: place.is_bundle }
        })
        .collect()
}

/// The folder below `content/` that each original page or its bundle lies in.
pub(super) fn folders_of_pages(store: &Store) -> BTreeMap<usize, String> {
    let language = &store.project.config.default_language;
    let pages = store.library.pages.iter().enumerate();
    let originals = pages.filter(|(_, page)| page.language == *language && page.fallback_of.is_none());
    originals
        .map(|(at, page)| {
            let folders = &page.source.name.folders;
            let above = folders.len() - usize::from(page.bundle_folder().is_some());
            (at, folders[..above].join("/"))
        })
        .collect()
}

/// Collections with their forms.
pub(super) struct Collections<'a> {
    pub(super) store: &'a Store,
    pub(super) desk: &'a Desk<'a>,
    /// Language of titles.
    pub(super) language: &'a str,
}

impl Collections<'_> {
    /// A folder of pages.
    pub(super) fn folder(&self, place: &Shelf<'_>) -> Value {
        let mut collection = Map::new();
        let mut set = |key: &str, value: Value| collection.insert(key.to_string(), value);
        set("name", place.name.clone().into());
        set("label", self.label(place).into());
        if let Some(kind) = place.kind {
            set("label_singular", self.kind_label(kind).into());
        }
        set("folder", format!("content/{}", place.folder).trim_end_matches('/').into());
        if place.is_bundle {
            set("path", "{{slug}}/index".into());
            // Pictures lie beside their page.
            set("media_folder", "".into());
            set("public_folder", "".into());
        }
        set("slug", json!({ "template": "{{title}}", "editable": ["create"] }));
        if self.desk.is_multilingual {
            set("i18n", true.into());
        }
        set("fields", values(&self.page_fields(place.kind), self.desk));
        Value::Object(collection)
    }

    /// The pages of sections: each a file of its own.
    pub(super) fn sections(&self) -> Option<Value> {
        let config = &self.store.project.config;
        let sections = self.store.library.sections.iter();
        let own = sections.filter(|section| section.language == config.default_language && section.source.is_some());
        let fields = values(&self.section_fields(), self.desk);
        let files: Vec<Value> = own
            .map(|section| {
                let folder = section.folder();
                let name = folder.trim_end_matches('/').replace('/', "-");
                let locale = if self.desk.is_multilingual { ".{{locale}}" } else { "" };
                let mut file = json!({
                    "name": if name.is_empty() { "home" } else { &name },
                    "label": if name.is_empty() { self.desk.words.home.to_string() } else { self.title(&section.canonical).unwrap_or(name.clone()) },
                    "file": format!("content/{folder}_index{locale}.md"),
                    "media_folder": "",
                    "public_folder": "",
                });
                if self.desk.is_multilingual {
                    file["i18n"] = true.into();
                }
                file["fields"] = fields.clone();
                file
            })
            .collect();
        let mut collection = json!({ "name": "sections", "label": self.desk.words.sections });
        if self.desk.is_multilingual {
            collection["i18n"] = true.into();
        }
        (!files.is_empty()).then(|| {
            collection["files"] = files.into();
            collection
        })
    }

    /// Warnings for what is in files and would not fit into their forms.
    pub(super) fn misfits(&self) -> Vec<Diagnostic> {
        let library = &self.store.library;
        let original = &self.store.project.config.default_language;
        let of = |kind| self.page_fields(kind);
        let forms: Vec<Vec<Field>> = KINDS.iter().map(|kind| of(Some(*kind))).chain([of(None)]).collect();
        let pages = library.pages.iter().enumerate().filter(|(_, page)| page.fallback_of.is_none());
        let of_pages = pages.flat_map(|(at, page)| {
            let kind = self.store.guide.kind(at).and_then(|name| KINDS.iter().position(|kind| kind.name == name));
            let above = (page.language != *original).then(|| library.page(&page.canonical, original)).flatten();
            let above = above.map(|id| &library.pages[id].source.front.table);
            misfits(&forms[kind.unwrap_or(KINDS.len())], &page.source, above)
        });
        let fields = self.section_fields();
        let sections = library.sections.iter().filter(|section| section.fallback_of.is_none());
        let of_sections = sections.filter_map(|section| {
            let above =
                (section.language != *original).then(|| library.section(&section.canonical, original)).flatten();
            let above = above.and_then(|id| Some(&library.sections[id].source.as_ref()?.front.table));
            Some(misfits(&fields, section.source.as_ref()?, above))
        });
        of_pages.chain(of_sections.flatten()).collect()
    }

    /// The fields of a page of a kind.
    pub(super) fn page_fields(&self, kind: Option<&'static Kind>) -> Vec<Field> {
        let schemas = Schemas::new(&self.store.project.config);
        let schema = kind.map_or_else(|| schemas.page(), |kind| schemas.kind(kind));
        let block = kind.map(|kind| self.block(kind, &schema["properties"][kind.name]));
        let mut fields = self.some(&schema, TEXTS, &FIRST);
        // What is new is told by its date; other pages (how to edit, imprint) do without.
        fields.iter_mut().filter(|field| field.name == "date").for_each(|field| field.required = kind.is_some());
        fields.extend(block);
        fields.extend(self.some(&schema, PICTURES, &LAST));
        fields.push(self.body());
        fields
    }

    /// The fields of a section's page.
    pub(super) fn section_fields(&self) -> Vec<Field> {
        let schema = Schemas::new(&self.store.project.config).section();
        let mut fields = self.some(&schema, TEXTS, &FIRST);
        fields.extend(self.some(&schema, PICTURES, &LAST));
        fields.push(self.body());
        fields
    }

    /// What a kind has of its own.
    fn block(&self, kind: &'static Kind, schema: &Value) -> Field {
        let forms = Forms { desk: self.desk, shared: Shared { texts: kind.texts, keyed: kind.keyed } };
        let (label, hint) = self.desk.said(schema);
        Field {
            name: kind.name.to_string(),
            label: label.unwrap_or(kind.name).to_string(),
            hint: hint.map(str::to_string),
            required: true,
            versions: if kind.texts.is_empty() { Versions::Original } else { Versions::Own },
            what: What::Group(forms.fields(schema, "", None)),
        }
    }

    /// Some of the fields beside the block. Of these no schema says what a page needs, for some need nothing.
    fn some(&self, schema: &Value, shared: Shared<'_>, keys: &[&str]) -> Vec<Field> {
        let mut fields = Forms { desk: self.desk, shared }.fields(schema, "", Some(keys));
        for field in &mut fields {
            field.required = matches!(field.name.as_str(), "title" | "description");
            if let What::Items { fields, .. } = &mut field.what {
                fields.iter_mut().filter(|field| field.name == "alt").for_each(|field| field.required = true);
            }
        }
        fields
    }

    fn body(&self) -> Field {
        Field {
            name: "body".to_string(),
            label: self.desk.words.body.to_string(),
            hint: Some(self.desk.words.body_hint.to_string()),
            required: false,
            versions: Versions::Own,
            what: What::Body,
        }
    }

    /// The name of a collection for editors: its section's title, and the kind where the section has several.
    fn label(&self, place: &Shelf<'_>) -> String {
        let file =
            if place.folder.is_empty() { "_index.md".to_string() } else { format!("{}/_index.md", place.folder) };
        let title = if place.folder.is_empty() { None } else { self.title(&file) };
        let title = title.unwrap_or_else(|| {
            if place.folder.is_empty() { self.desk.words.pages.to_string() } else { place.folder.to_string() }
        });
        let whole = if place.folder.is_empty() { "content" } else { place.folder };
        if place.name == whole.replace('/', "-") {
            return title;
        }
        format!(
            "{title} – {}",
            place.kind.map_or_else(|| self.desk.words.pages.to_string(), |kind| self.kind_label(kind))
        )
    }

    fn kind_label(&self, kind: &'static Kind) -> String {
        let schema = Schemas::new(&self.store.project.config).block(kind);
        self.desk.said(&schema).0.unwrap_or(kind.name).to_string()
    }

    fn title(&self, canonical: &str) -> Option<String> {
        let library = &self.store.library;
        let section = library.section(canonical, self.language)?;
        library.sections[section].front.title.clone()
    }
}
