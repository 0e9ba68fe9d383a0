//! Weaves many mutants into one program: `huta-mutants ROOT LIST`. Each is asleep until the environment's `MUTANT` has its
//! number, so that hundreds of them cost one build instead of one each (mutant schemata: Untch, Offutt, Harrold 1993).
//!
//! LIST is an array of what `cargo mutants --list --json` tells, each with a `number`. Files below ROOT are changed in place.
//! Told on the standard output: for each mutant that was woven `{number, file, from, to}`, its bytes in the changed file;
//! those that cannot be woven (`let` in a chain) are left out.

mod find;
mod weave;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// A mutant as `cargo mutants` lists it.
#[derive(Deserialize)]
struct Mutant {
    number: u32,
    file: String,
    genre: String,
    replacement: String,
    span: Extent,
}

/// Where it stands: lines and columns count from one, columns in characters; `end` is behind it.
#[derive(Deserialize)]
struct Extent {
    start: Place,
    end: Place,
}

#[derive(Deserialize)]
struct Place {
    line: usize,
    column: usize,
}

/// A mutant in the changed file.
#[derive(Serialize)]
struct Woven {
    number: u32,
    file: String,
    from: usize,
    to: usize,
}

impl Place {
    /// The byte of a text that stands here.
    fn byte(&self, text: &str) -> usize {
        let line: usize = text.split_inclusive('\n').take(self.line - 1).map(str::len).sum();
        line + text[line..].chars().take(self.column - 1).map(char::len_utf8).sum::<usize>()
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(root), Some(list)) = (arguments.next(), arguments.next()) else {
        eprintln!("huta-mutants ROOT LIST");
        std::process::exit(2);
    };
    let list = std::fs::read_to_string(list).expect("the list can be read");
    let mut files: BTreeMap<String, Vec<Mutant>> = BTreeMap::new();
    for mutant in serde_json::from_str::<Vec<Mutant>>(&list).expect("a list of mutants") {
        files.entry(mutant.file.clone()).or_default().push(mutant);
    }
    let mut all = vec![];
    for (file, mutants) in files {
        let path = Path::new(&root).join(&file);
        let text = std::fs::read_to_string(&path).expect("a file of the list can be read");
        let tree = syn::parse_file(&text).expect("a file of the list is Rust");
        let changes = mutants.iter().filter_map(|mutant| {
            let (from, to) = (mutant.span.start.byte(&text), mutant.span.end.byte(&text));
            let shape = find::shape(&tree, &mutant.genre, from, to)?;
            Some(weave::Change { number: mutant.number, replacement: &mutant.replacement, shape })
        });
        let (woven, places) = weave::weave(&text, changes.collect());
        std::fs::write(&path, woven).expect("a file of the list can be written");
        all.extend(places.into_iter().map(|(number, from, to)| Woven { number, file: file.clone(), from, to }));
    }
    println!("{}", serde_json::to_string(&all).expect("numbers and names"));
}
