//! The table of everything that can be wrong is made from the code.

use std::fmt::Write as _;
use std::path::Path;

use huta::diagnostic::{Code, Words};

fn table(words: Words, heads: [&str; 3]) -> String {
    let mut out = format!("| {} | {} | {} |\n|---|---|---|\n", heads[0], heads[1], heads[2]);
    for code in Code::ALL {
        let _ = writeln!(out, "| `{}` | {} | {} |", code.as_str(), code.meaning(words), code.mending(words));
    }
    out
}

#[test]
fn the_table_of_codes_is_what_the_code_says() {
    let made = format!(
        "# Codes / Kody\n\nMade from `code.rs` by `SNAPSHOTS=overwrite cargo test --test codes`.\n\n## English\n\n{}\n## Po polsku\n\n{}",
        table(Words::English, ["code", "what it means", "how to mend it"]),
        table(Words::Polish, ["kod", "co znaczy", "jak to poprawić"]),
    );
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/codes.md");
    if std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
        std::fs::write(&file, &made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap_or_default(), made);
}
