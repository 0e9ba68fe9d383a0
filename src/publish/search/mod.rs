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
    use std::path::Path;

    use serde_json::{Value, json};

    use crate::{BuildOptions, build};

    /// A site with an index, its folder empty otherwise.
    fn site(root: &Path) {
        let sharded = "build_search_index = true\n[search]\nindex_format = \"sharded\"\n[languages.en]\n";
        write(
            root,
            "huta.toml",
            &format!("base_url = \"https://example.org/g/\"\ndefault_language = \"pl\"\n{sharded}"),
        );
        for template in ["index", "section", "page"] {
            write(root, &format!("templates/{template}.html"), "{{ lang }}");
        }
        write(root, "content/_index.md", "---\ntitle: Start\nin_search_index: false\n---\n");
        write(root, "content/a/_index.md", "---\ntitle: Dział\n---\nTramwaj.\n");
        write(root, "content/a/p.md", &page("Park", 8));
        write(root, "content/a/q.md", &page("Kino", 1));
        write(root, "content/a/hidden.md", "---\ntitle: Nic\nin_search_index: false\n---\nTeatr.\n");
        write(root, "content/a/p.en.md", "---\ntitle: Park\n---\nTheatre.\n");
    }

    /// A page with so many passages.
    fn page(title: &str, passages: usize) -> String {
        let texts: Vec<String> = (0..passages).map(|at| format!("## Rozdział {at}\n\nlipa{at}")).collect();
        format!("---\ntitle: {title}\n---\n{}\n", texts.join("\n\n"))
    }

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn make(root: &Path, traces: bool) {
        let now = "2026-11-23T00:00:00Z".parse().unwrap();
        let outcome = build(&BuildOptions { traces, now, ..BuildOptions::new(root) });
        assert!(outcome.succeeded(), "{:#?}", outcome.diagnostics);
    }

    /// The files of the index, by their names.
    fn files(root: &Path) -> Vec<(String, Value)> {
        let folder = root.join("public/search");
        let walk = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().map(Result::unwrap);
        walk.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "json"))
            .map(|entry| {
                let name = crate::source::relative(entry.path(), &folder);
                (name, serde_json::from_str(&fs::read_to_string(entry.path()).unwrap()).unwrap())
            })
            .collect()
    }

    #[test]
    fn an_index_is_that_of_its_language() {
        let folder = tempfile::tempdir().unwrap();
        site(folder.path());
        make(folder.path(), false);
        let files = files(folder.path());
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "pl/e/0.json",
                "pl/index.json",
                "pl/t/0-0.json",
                "pl/t/0-1.json",
                "pl/t/0-2.json",
                "pl/t/1-0.json",
                "pl/t/2-0.json",
                "pl/w/0.json"
            ]
        );
        let file = |name: &str| &files.iter().find(|(known, _)| known == name).unwrap().1;
        let root = file("pl/index.json");
        assert_eq!((&root["base"], &root["kinds"]), (&json!("/g"), &json!([["page", 2], ["section", 1]])));
        assert_eq!(root["words"].as_array().unwrap().len(), 1);
        let group = file("pl/t/0-2.json");
        assert_eq!(
            (&group["u"], &group["t"], &group["k"], &group["s"]),
            (&json!("/a/p/"), &json!("Park"), &json!("page"), &root["set"])
        );
        assert_eq!(group["p"], json!(["Rozdział 6", "lipa6", "Rozdział 7", "lipa7"]));
        assert_eq!(file("pl/t/2-0.json")["p"], json!(["Tramwaj."]));
        let words = file("pl/w/0.json").to_string();
        assert!(
            words.contains("tramwaj") && words.contains("kino") && words.contains("lipa0") && !words.contains("teatr")
        );
        assert!(folder.path().join("public/search/reader.js").exists());
    }

    #[test]
    fn an_index_follows_its_texts() {
        let [folder, fresh] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        site(folder.path());
        make(folder.path(), true);
        let first = files(folder.path());
        for (path, text) in [
            ("content/a/p.md", page("Park", 2)),
            ("content/a/p.md", page("Park", 8)),
            ("content/a/q.md", page("Kino", 9)),
            ("content/a/_index.md", "---\ntitle: Dział\n---\nAutobus.\n".to_string()),
        ] {
            write(folder.path(), path, &text);
            make(folder.path(), true);
            let _ = fs::remove_dir_all(fresh.path().join("public"));
            site(fresh.path());
            for path in ["content/a/p.md", "content/a/q.md", "content/a/_index.md"] {
                fs::copy(folder.path().join(path), fresh.path().join(path)).unwrap();
            }
            make(fresh.path(), false);
            let now = files(folder.path());
            assert_eq!(now, files(fresh.path()), "{path}");
        }
        assert_ne!(files(folder.path()), first);
    }
}
