//! The text of a configuration, and what a site of three files becomes with it.

use huta::config::is_base_url;
use huta::diagnostic::Diagnostics;
use huta::guide::Guide;
use huta::markdown::Code;
use huta::readability;

use super::{site, told};

/// Does it all.
pub fn run(bytes: &[u8]) {
    let folder = site::folder();
    let root = folder.path();
    std::fs::write(root.join("huta.toml"), bytes).unwrap();
    let mut diagnostics = Diagnostics::default();
    if let Some(config) = site::config(root, &mut diagnostics) {
        assert!(is_base_url(&config.base_url));
        let project = site::project(root, config);
        let config = &project.config;
        for code in config.language_codes() {
            let _ = (config.language(code), config.language_prefix(code));
        }
        let _ = Code::load(root, config, &mut diagnostics);
        let text =
            "---\ntitle: Łuk\ntags: [a]\ntaxonomies: { tags: [a, b] }\nplace: { at: [50.07, 20.03] }\n---\nTekst.\n";
        let names = ["_index.md", "a/index.md", "a/index.en.md", "b.md"];
        let sources = names.iter().filter_map(|name| site::source(name, text, config, &mut diagnostics)).collect();
        let library = site::library(config, sources, &[], &mut diagnostics);
        let _ = Guide::build(&library, &project, &mut diagnostics);
        diagnostics.extend(readability::report(&library, config).breaches);
    }
    told::print(diagnostics);
}
