//! The outputs that content asks for: pages, sections, pagers, taxonomies, terms, the 404 page, co-located files.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use tera::{Context, Value};

use super::{base_context, pager_value};
use crate::content::{Page, PageId, Pager, Section, SectionId, Taxonomy, index_file, is_html, pagers};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::gallery::broken_picture;
use crate::glossary::is_glossary;
use crate::meaning::{Chosen, Meaning};
use crate::source::{Asset, Source, Step, extension};
use crate::template::{Asked, MISSING_TEMPLATE, Store, Templates, Twin, Twins, map_value, taxonomy_value, term_value};
use crate::text;

/// One file of the built site.
#[derive(Debug)]
pub struct Output {
    /// Path below the output folder.
    pub path: String,
    /// What it is made of.
    pub body: Body,
}

/// What an output is made of.
#[derive(Debug)]
pub enum Body {
    /// A template run.
    Template {
        /// Name of the template.
        template: String,
        /// Its variables.
        context: Variables,
        /// The content file it is for, for messages.
        origin: Option<String>,
        /// What it asked for, once it has run.
        asked: OnceLock<Asked>,
    },
    /// A list by a template that is run for some of it at a time: the whole of it would fill the memory, on one core.
    Parts {
        /// Name of the template.
        template: String,
        /// What the template writes after the list.
        end: &'static str,
        /// The variables with an empty list.
        frame: Variables,
        /// The variables with one part of the list each.
        parts: Vec<Part>,
        /// Bytes of what comes first, of each part, and of what comes last, once they are made.
        lengths: OnceLock<Vec<usize>>,
    },
    /// Text that needs no template.
    Text(String),
    /// A file copied as it is.
    File(PathBuf),
}

/// A part of a list.
#[derive(Debug)]
pub struct Part {
    /// The variables with this part as the list.
    pub context: Variables,
    /// The pages in it.
    pub pages: Vec<PageId>,
    /// Where its text stands in the file of the last build, if it is still right.
    pub known: OnceLock<Range<usize>>,
}

/// The variables of a template run, put together when it runs: those of all runs at once would fill the memory.
pub struct Variables(Box<dyn Fn() -> Context + Send + Sync>);

impl Variables {
    /// Those that `make` puts together.
    #[must_use]
    pub fn new(make: impl Fn() -> Context + Send + Sync + 'static) -> Self {
        Self(Box::new(make))
    }

    /// The variables.
    #[must_use]
    pub fn context(&self) -> Context {
        (self.0)()
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Variables")
    }
}

impl Output {
    /// The page at a site path (with slashes at both ends).
    #[must_use]
    pub fn page(
        path: &str,
        template: &str,
        context: impl Fn() -> Context + Send + Sync + 'static,
        origin: Option<String>,
    ) -> Self {
        Self::template(&index_file(path), template, context, origin)
    }

    /// What a template makes of the variables that `context` puts together.
    #[must_use]
    pub fn template(
        path: &str,
        template: &str,
        context: impl Fn() -> Context + Send + Sync + 'static,
        origin: Option<String>,
    ) -> Self {
        let template = template.to_string();
        let body = Body::Template { template, context: Variables::new(context), origin, asked: OnceLock::new() };
        Self { path: path.to_string(), body }
    }
}

/// All outputs of the content.
pub fn content_outputs(store: &Arc<Store>, templates: &Templates, diagnostics: &mut Diagnostics) -> Vec<Output> {
    let twins = Twins::of(&store.project.config, templates);
    let mut builder = Builder { store, templates, twins, diagnostics, outputs: vec![], missing: BTreeSet::new() };
    for (id, page) in store.library.pages.iter().enumerate() {
        let ignored = page.section().is_some_and(|section| store.library.sections[section].ignored_pages.contains(&id));
        if page.front.render && !ignored {
            builder.page(id, page);
        }
    }
    for (id, section) in store.library.sections.iter().enumerate() {
        if section.front.render {
            builder.section(id, section);
            builder.lists(id, section);
        }
    }
    for taxonomy in
        store.library.taxonomies.iter().filter(|taxonomy| taxonomy.config.is_rendered() && !taxonomy.terms.is_empty())
    {
        builder.taxonomy(taxonomy);
    }
    let outputs = &mut builder.outputs;
    let own = Arc::clone(store);
    let context = move || base_context(&own, &own.project.config.default_language, None);
    outputs.push(Output::template("404.html", "404.html", context, None));
    builder.outputs
}

struct Builder<'a> {
    store: &'a Arc<Store>,
    templates: &'a Templates,
    twins: Twins,
    diagnostics: &'a mut Diagnostics,
    outputs: Vec<Output>,
    /// Missing templates that nobody named in particular, told once.
    missing: BTreeSet<String>,
}

impl Builder<'_> {
    fn page(&mut self, id: PageId, page: &Page) {
        let source = &page.source;
        let asked = page.front.template.as_deref();
        let Some(template) = self.template(asked, "page.html", || template_span(source, "template")) else { return };
        let store = Arc::clone(self.store);
        let missing = name_missing(&template, "page.html");
        let context = move |path: &str| {
            let mut context = base_context(&store, &store.library.pages[id].language, Some(path));
            context.insert_value("page", store.page(id));
            missing(&mut context);
            context
        };
        let config = &self.store.project.config;
        if let Some(twin) = self.twins.page(config, page) {
            let versions = self.store.library.versions_of_page(page, config);
            let versions = versions.map(|version| (version.language.as_str(), self.twins.page(config, version)));
            self.twin(&twin, versions.collect(), context.clone(), &source.text.file);
        }
        let path = page.path.clone();
        let file = Some(source.text.file.clone());
        self.outputs.push(Output::page(&page.path, &template, move || context(&path), file));
        self.files(page.asset_files());
    }

    /// A page's twin: its variables and `twins` (language and address of every version's), by the twin's template.
    fn twin(
        &mut self,
        twin: &Twin,
        versions: Vec<(&str, Option<Twin>)>,
        context: impl Fn(&str) -> Context + Send + Sync + 'static,
        file: &str,
    ) {
        let config = &self.store.project.config;
        let versions = versions.into_iter().filter_map(|(language, twin)| {
            let permalink = config.permalink(&twin?.path);
            Some(map_value([("lang", language.into()), ("permalink", permalink.into())]))
        });
        let twins = Value::from(versions.collect::<Vec<_>>());
        let path = twin.path.clone();
        let context = move || {
            let mut context = context(&path);
            context.insert_value("twins", twins.clone());
            context
        };
        self.outputs.push(Output::page(&twin.path, &twin.template(), context, Some(file.to_string())));
    }

    /// Files beside a page, but those that are published only as what was made of them.
    fn files<'f>(&mut self, files: impl Iterator<Item = (String, &'f Asset)>) {
        let galleries = &self.store.galleries;
        let published = files.filter(|(_, asset)| !galleries.keeps_back(asset) && !is_glossary(asset));
        let config = &self.store.project.config;
        for (path, asset) in published {
            let body = if extension(&asset.path) == "svg" && !config.trusts(&asset.path) {
                match crate::image::published(&asset.file) {
                    Ok(drawing) => Body::Text(drawing),
                    Err(why) => {
                        self.diagnostics.push(broken_picture(
                            &asset.path,
                            &why,
                            Span::file(format!("content/{}", asset.path)),
                        ));
                        continue;
                    }
                }
            } else {
                Body::File(asset.file.clone())
            };
            self.outputs.push(Output { path, body });
        }
    }

    fn section(&mut self, id: SectionId, section: &Section) {
        self.files(section.asset_files());
        if section.front.redirect_to.is_some() && section.paginate_by().is_none() {
            return;
        }
        let default = if section.is_root() { "index.html" } else { "section.html" };
        let file = format!("content/{}", section.relative_path());
        let span = || match &section.source {
            Some(source) => template_span(source, "template"),
            None => Span::file(&file),
        };
        let Some(template) = self.template(section.front.template.as_deref(), default, span) else { return };
        let store = Arc::clone(self.store);
        let missing = name_missing(&template, default);
        let context = move |path: &str| {
            let mut context = base_context(&store, &store.library.sections[id].language, Some(path));
            context.insert_value("section", store.section(id));
            missing(&mut context);
            context
        };
        let config = &self.store.project.config;
        if let Some(twin) = self.twins.section(config, section) {
            let versions = self.store.library.versions_of_section(section, config);
            let versions = versions.map(|version| (version.language.as_str(), self.twins.section(config, version)));
            self.twin(&twin, versions.collect(), context.clone(), &file);
        }
        let Some(by) = section.paginate_by() else {
            let path = section.path.clone();
            self.outputs.push(Output::page(&section.path, &template, move || context(&path), Some(file)));
            return;
        };
        let list = List {
            path: section.path.clone(),
            paginate_path: section.front.paginate_path.clone(),
            by,
            pagers: pagers(
                &section.path,
                &section.front.paginate_path,
                &section.pages,
                by,
                section.front.paginate_reversed,
            ),
        };
        self.pagers(list, &template, context, Some(&file));
    }

    /// One output for each pager of a list.
    fn pagers(
        &mut self,
        list: List,
        template: &str,
        context: impl Fn(&str) -> Context + Send + Sync + Clone + 'static,
        file: Option<&String>,
    ) {
        let list = Arc::new(list);
        for at in 0..list.pagers.len() {
            let (store, own, context) = (Arc::clone(self.store), Arc::clone(&list), context.clone());
            let with_pager = move || {
                let mut context = context(&own.pagers[at].path);
                let value = pager_value(&store, &own.pagers, at, &own.path, &own.paginate_path, own.by);
                context.insert_value("paginator", value);
                context
            };
            self.outputs.push(Output::page(&list.pagers[at].path, template, with_pager, file.cloned()));
        }
    }

    /// The section once more for each value of its facets, with the pages that have it. `facet` says which value it is.
    fn lists(&mut self, id: SectionId, section: &Section) {
        let store = self.store;
        let default = if section.is_root() { "index.html" } else { "section.html" };
        let template = section.front.template.as_deref().unwrap_or(default);
        if !self.templates.contains(template) {
            return;
        }
        let file = format!("content/{}", section.relative_path());
        for (facet_at, facet) in store.facets.of_section(id).iter().enumerate() {
            for (at, value) in facet.values.iter().enumerate() {
                let own = Arc::clone(store);
                let context = move || facet_context(&own, id, facet_at, at);
                self.outputs.push(Output::page(&value.path, template, context, Some(file.clone())));
            }
        }
    }

    fn taxonomy(&mut self, taxonomy: &Taxonomy) {
        let config = taxonomy_value(taxonomy);
        let store = self.store;
        let values: Vec<Arc<OnceLock<Value>>> = taxonomy.terms.iter().map(|_| Arc::default()).collect();
        // The value of a term is the same for all that show it, and has all its pages.
        let term_of = {
            let (store, language, name) = (Arc::clone(store), taxonomy.language.clone(), taxonomy.config.name.clone());
            move |at: usize| {
                let mut own = store.library.taxonomies.iter();
                let own = own.find(|own| own.language == language && own.config.name == name);
                // It may have been made for another.
                let pages = own.map_or(&[][..], |own| &own.terms[at].pages);
                Asked::note_shown(|run| run.pages.extend(pages));
                values[at]
                    .get_or_init(|| match own {
                        Some(own) => term_value(&own.terms[at], |id| store.other_page(id)),
                        None => Value::none(),
                    })
                    .clone()
            }
        };
        if let Some(template) = self.taxonomy_template(taxonomy, "list") {
            let (store, config, term_of) = (Arc::clone(store), config.clone(), term_of.clone());
            let (language, path) = (taxonomy.language.clone(), taxonomy.path.clone());
            let count = taxonomy.terms.len();
            let context = move || {
                let mut context = base_context(&store, &language, Some(&path));
                context.insert_value("taxonomy", config.clone());
                context.insert_value("terms", (0..count).map(&term_of).collect::<Vec<_>>().into());
                context
            };
            self.outputs.push(Output::page(&taxonomy.path, &template, context, None));
        }
        let Some(template) = self.taxonomy_template(taxonomy, "single") else { return };
        for (at, term) in taxonomy.terms.iter().enumerate() {
            let (store, config, term_of) = (Arc::clone(self.store), config.clone(), term_of.clone());
            let language = taxonomy.language.clone();
            let context = move |path: &str| {
                let mut context = base_context(&store, &language, Some(path));
                context.insert_value("taxonomy", config.clone());
                context.insert_value("term", term_of(at));
                context
            };
            let Some(by) = taxonomy.paginate_by() else {
                let path = term.path.clone();
                self.outputs.push(Output::page(&term.path, &template, move || context(&path), None));
                continue;
            };
            let paginate_path = taxonomy.config.paginate_path();
            let list = List {
                path: term.path.clone(),
                paginate_path: paginate_path.to_string(),
                by,
                pagers: pagers(&term.path, paginate_path, &term.pages, by, false),
            };
            self.pagers(list, &template, context, None);
        }
    }

    /// The taxonomy's own template, else the common one.
    fn taxonomy_template(&mut self, taxonomy: &Taxonomy, part: &str) -> Option<String> {
        let name = &taxonomy.config.name;
        let own = format!("{name}/{part}.html");
        if self.templates.contains(&own) {
            return Some(own);
        }
        let common = format!("taxonomy_{part}.html");
        let config = &self.store.project.config;
        self.has_template(&common, || config.taxonomy_span(&taxonomy.language, name)).then(|| common.clone())
    }

    /// The template that is asked for, else the usual one. Where that is missing too a plain page stands in, which names
    /// it, as in Zola; on a strict site that is an error.
    fn template(&mut self, asked: Option<&str>, usual: &str, span: impl Fn() -> Span) -> Option<String> {
        if let Some(asked) = asked {
            return self.has_template(asked, span).then(|| asked.to_string());
        }
        if self.store.project.config.strict {
            return self.has_template(usual, span).then(|| usual.to_string());
        }
        if self.templates.contains(usual) {
            return Some(usual.to_string());
        }
        if self.missing.insert(usual.to_string()) {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::TemplateMissing,
                    span(),
                    text!(
                        "nie ma szablonu „{usual}”; zastąpiła go zwykła strona",
                        "there is no template `{usual}`; a plain page stands in for it"
                    ),
                )
                .help(text!("dodaj plik templates/{usual}", "add the file templates/{usual}")),
            );
        }
        Some(MISSING_TEMPLATE.to_string())
    }

    fn has_template(&mut self, name: &str, span: impl Fn() -> Span) -> bool {
        if self.templates.contains(name) {
            return true;
        }
        let span = span();
        if span.line == 0 && !self.missing.insert(name.to_string()) {
            return false;
        }
        let known: Vec<&str> = self.templates.names().filter(|name| is_html(name)).collect();
        let missing = Diagnostic::error(
            Code::TemplateMissing,
            span,
            text!("nie ma szablonu „{name}”", "there is no template `{name}`"),
        );
        self.diagnostics.push(match crate::diagnostic::did_you_mean(name, known) {
            Some(near) => missing.help(text!("czy chodziło o „{near}”?", "did you mean `{near}`?")),
            None => missing.help(text!("dodaj plik templates/{name}", "add the file templates/{name}")),
        });
        false
    }
}

/// A list that is cut into pagers.
struct List {
    path: String,
    paginate_path: String,
    by: usize,
    pagers: Vec<Pager>,
}

/// The variables of a section's list of those pages that have one value of a facet.
fn facet_context(store: &Store, id: SectionId, facet: usize, value: usize) -> Context {
    let section = &store.library.sections[id];
    let facet = &store.facets.of_section(id)[facet];
    let value = &facet.values[value];
    let mut of = store.section(id).into_map().unwrap_or_default();
    let pages: Vec<Value> = value.pages.iter().map(|page| store.other_page(*page)).collect();
    let alternates = value.alternates.iter().map(|(language, permalink)| {
        map_value([
            ("lang", language.as_str().into()),
            ("permalink", permalink.as_str().into()),
            ("fallback", section.fallback_of.is_some().into()),
        ])
    });
    of.insert("alternates".into(), Value::from(alternates.collect::<Vec<_>>()));
    of.insert("pages".into(), pages.into());
    let home =
        std::mem::replace(of.entry("permalink".into()).or_insert_with(Value::none), value.permalink.as_str().into());
    let chosen = map_value([
        ("name", facet.name.into()),
        ("title", facet.title.as_str().into()),
        ("value", value.value.as_str().into()),
        ("value_title", value.title.as_str().into()),
        ("section", home),
    ]);
    let title = format!("{}: {}", facet.title, value.title);
    let list = Chosen { title: &title, permalink: &value.permalink, pages: &value.pages };
    let (library, config) = (&*store.library, &store.project.config);
    let meaning = Meaning { library, config, open_data: Some(&store.open_data) };
    let script = meaning.list(section, &list);
    of.insert("linked_data".into(), script.map_or_else(Value::none, |script| Value::safe_string(&script)));
    let mut context = base_context(store, &section.language, Some(&value.path));
    context.insert_value("section", Value::from(of));
    context.insert_value("facet", chosen);
    context
}

/// Tells the page that stands in for a missing template which one is missing.
fn name_missing(template: &str, usual: &'static str) -> impl Fn(&mut Context) + Clone + use<> {
    let is_missing = template == MISSING_TEMPLATE;
    move |context| {
        if is_missing {
            context.insert("missing_template", usual);
        }
    }
}

/// Where a page says which template it wants; the whole file when the name comes from elsewhere.
fn template_span(source: &Source, key: &str) -> Span {
    if source.front.table.contains_key(key) {
        source.front.value_span(&source.text, &[Step::key(key)])
    } else {
        Span::file(&source.text.file)
    }
}

/// `taxonomy` and `term` as feeds see them.
pub(crate) fn feed_term(name: &str, slug: &str, permalink: &str) -> Value {
    map_value([("name", name.into()), ("slug", slug.into()), ("permalink", permalink.into())])
}
