//! Search indexes: Zola's, and one of our own that is read piece by piece.

#[cfg(feature = "search")]
mod elasticlunr;
mod sharded;
#[cfg(feature = "search")]
mod zola;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::{Config, IndexFormat};
use crate::diagnostic::Diagnostics;
use crate::render::{Body, Output};
use crate::source::Source;
use crate::template::Store;

/// The sharded indexes of all languages, as far as they are needed to make them again.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept(BTreeMap<String, sharded::Kept>);

/// The index of every language that asks for one, and what is kept of those that can be made again in part.
pub(super) fn outputs(store: &Store, diagnostics: &mut Diagnostics) -> (Vec<Output>, Kept) {
    let config = &store.project.config;
    let is_sharded = |language: &&str| config.language(language).search().index_format == IndexFormat::Sharded;
    let asks = config.language_codes().filter(|language| config.language(language).build_search_index);
    let (sharded, others): (Vec<&str>, Vec<&str>) = asks.partition(is_sharded);
    #[cfg(feature = "search")]
    let others = zola::outputs(store, &others, diagnostics);
    #[cfg(not(feature = "search"))]
    let others = {
        let _ = (others, diagnostics);
        Vec::new()
    };
    let (outputs, kept) = sharded::outputs(store, &sharded);
    (outputs.into_iter().chain(others).collect(), Kept(kept))
}

/// Whether some index can only be made as a whole.
pub(super) fn is_whole(config: &Config) -> bool {
    let is_sharded = |language: &str| config.language(language).search().index_format == IndexFormat::Sharded;
    config.language_codes().any(|language| config.language(language).build_search_index && !is_sharded(language))
}

/// The files of indexes that may be others when texts have changed, and those of `files` that are none of theirs any more.
/// `None` when the indexes are not about the same documents.
pub(super) fn again<'f>(
    store: &Store,
    kept: &mut Kept,
    has_changed: impl Fn(&Source) -> bool + Copy + Sync,
    files: &[&'f str],
) -> Option<(Vec<Output>, Vec<&'f str>)> {
    let one = |(language, kept): (&String, &mut sharded::Kept)| {
        let outputs = sharded::again(store, language, kept, has_changed)?;
        if outputs.is_empty() {
            return Some((outputs, vec![]));
        }
        let made: BTreeSet<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
        let folder = format!("search/{language}/");
        let own = files.iter().filter(|path| path.starts_with(&folder));
        let gone = own.filter(|path| !made.contains(**path) && !sharded::is_as_it_was(path, language, kept));
        let gone = gone.copied().collect();
        Some((outputs, gone))
    };
    let made: Option<Vec<(Vec<Output>, Vec<&str>)>> = kept.0.par_iter_mut().map(one).collect();
    let (outputs, gone): (Vec<_>, Vec<_>) = made?.into_iter().unzip();
    Some((outputs.into_iter().flatten().collect(), gone.into_iter().flatten().collect()))
}

fn file(path: &str, text: String) -> Output {
    Output { path: path.to_string(), body: Body::Text(text) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::{Value, json};

    use crate::publish::tests::Site;

    const CONFIG: &str = "build_search_index = true\n[search]\nindex_format = \"sharded\"\n[languages.en]\n\
        [translations]\n\"wheelchair.yes\" = \"bez barier\"\n\"verdict.true\" = \"prawda\"\n";

    /// A site with an index in Polish.
    fn site() -> Site {
        let place = "title: Arka\ndescription: Kościół.\nplace: { at: [50.07, 20.03], address: ul. Obrońców, built: 1967–1977, access: { wheelchair: yes } }";
        Site::new(CONFIG)
            .pages(&[
                ("_index.md", "title: Start\nin_search_index: false"),
                ("a/hidden.md", "title: Nic\nin_search_index: false"),
                ("a/p.en.md", "title: Park"),
                ("m/arka.md", place),
                ("m/legenda.md", "title: Dzwon\nlegend: { verdict: 'true', place: arka, told: 'Dzwon *milczy*.' }"),
                ("m/przyklad.md", "title: Wymysł\nexample: true"),
                ("r/_index.md", "title: Dalej\nredirect_to: a/"),
                ("k/klub.md", "title: Klub\norganisation: { form: company, areas: [culture] }"),
            ])
            .file("content/a/_index.md", "---\ntitle: Dział\n---\nTramwaj.\n")
            .file("content/a/p.md", &page("Park", 8))
            .file("content/a/q.md", &page("Kino", 1))
    }

    /// A page with twice as many passages.
    fn page(title: &str, chapters: usize) -> String {
        let texts: Vec<String> = (0..chapters).map(|at| format!("## Rozdział {at}\n\nlipa{at}")).collect();
        format!("---\ntitle: {title}\n---\n{}\n", texts.join("\n\n"))
    }

    /// The files of the index, by their names.
    fn index(site: &Site, traces: bool) -> Vec<(String, Value)> {
        let files = site.build_with(traces).into_iter();
        let own = files.filter_map(|(path, text)| Some((path.strip_prefix("search/")?.to_string(), text)));
        own.filter(|(name, _)| name.ends_with("json"))
            .map(|(name, text)| (name, serde_json::from_str(&text).unwrap()))
            .collect()
    }

    #[test]
    fn an_index_is_made_whole_or_in_part() {
        let is_whole = |config: &str| {
            super::is_whole(&toml::from_str(&format!("base_url = \"/\"\ndefault_language = \"pl\"\n{config}")).unwrap())
        };
        let sharded = "index_format = \"sharded\"\n";
        assert!(!is_whole("") && !is_whole("[search]\n") && is_whole("build_search_index = true\n"));
        assert!(!is_whole(&format!("build_search_index = true\n[search]\n{sharded}")));
        let english = format!(
            "build_search_index = true\n[search]\n{sharded}[languages.en]\nbuild_search_index = true\n[languages.en.search]\n"
        );
        assert!(is_whole(&english) && !is_whole(&format!("{english}{sharded}")));
    }

    #[test]
    fn an_index_is_that_of_its_language() {
        let site = site();
        let files = index(&site, false);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "pl/e/0.json",
                "pl/index.json",
                "pl/t/0-0.json",
                "pl/t/1-0.json",
                "pl/t/2-0.json",
                "pl/t/3-0.json",
                "pl/t/3-1.json",
                "pl/t/3-2.json",
                "pl/t/4-0.json",
                "pl/t/5-0.json",
                "pl/w/0.json"
            ]
        );
        let file = |name: &str| &files.iter().find(|(known, _)| known == name).unwrap().1;
        let root = file("pl/index.json");
        let kinds = json!([["place", 1], ["legend", 1], ["organisation", 1], ["page", 2], ["section", 1]]);
        assert_eq!((&root["base"], &root["kinds"]), (&json!("/g"), &kinds));
        assert_eq!(root["words"].as_array().unwrap().len(), 1);
        let group = file("pl/t/3-2.json");
        assert_eq!((&group["u"], &group["t"], &group["k"]), (&json!("/a/p/"), &json!("Park"), &json!("page")));
        assert_eq!((&group["p"], &group["s"]), (&json!(["Rozdział 6", "lipa6", "Rozdział 7", "lipa7"]), &root["set"]));
        assert_eq!(file("pl/t/5-0.json")["p"], json!(["Tramwaj."]));
        // What a kind says, but for what readers choose by: that is found, and not shown.
        assert_eq!(file("pl/t/0-0.json")["p"], json!(["Kościół.", "ul. Obrońców · 1967–1977"]));
        assert_eq!(file("pl/t/1-0.json")["p"], json!(["Dzwon milczy. · m/arka"]));
        let words = file("pl/w/0.json").to_string();
        for word in ["tramwaj", "kino", "lipa0", "obroncow", "milczy", "barier", "prawd"] {
            assert!(words.contains(word), "{word}: {words}");
        }
        assert!(!words.contains("wymysl") && !words.contains("dalej") && !words.contains("start"), "{words}");
        assert!(site.path().join("public/search/reader.js").exists());
    }

    #[test]
    fn an_index_follows_its_texts() {
        let [site, fresh] = [site(), site()];
        let first = index(&site, true);
        for (path, text) in [
            ("content/a/p.md", page("Park", 2)),
            ("content/a/q.md", page("Kino", 9)),
            ("content/a/_index.md", "---\ntitle: Dział\n---\nAutobus.\n".to_string()),
        ] {
            for site in [&site, &fresh] {
                site.write(path, &text);
            }
            let _ = fs::remove_dir_all(fresh.path().join("public"));
            assert_eq!(index(&site, true), index(&fresh, false), "{path}");
        }
        assert_ne!(index(&site, true), first);
    }
}
