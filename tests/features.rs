//! A huta built without some of its features says what it leaves out, and builds the rest.
//!
//! Of use only without features: `cargo test --no-default-features --test features`.

mod common;

#[cfg(not(any(feature = "sass", feature = "highlight", feature = "search", feature = "remote")))]
#[test]
fn what_is_missing_is_told_and_left_out() {
    let config = "compile_sass = true\nbuild_search_index = true\n[markdown.highlighting]\ntheme = \"nord\"\n";
    let site = common::Site::new(config)
        .file("sass/a.scss", "a { b: c }")
        .file("content/a.md", "---\ntitle: x\n---\n```rust\nfn a() {}\n```\n");
    let outcome = site.outcome();
    let told: Vec<_> = outcome.diagnostics.iter().map(|d| (d.code.as_str(), d.span.as_ref().unwrap().line)).collect();
    assert_eq!(told, [("config-unsupported", 2), ("config-unsupported", 3), ("config-unsupported", 4)]);
    let files = site.build();
    assert!(files.text("a/index.html").contains("<pre><code data-lang=\"rust\">fn a() {}\n</code></pre>"));
    assert!(!files.has("a.css") && !files.paths().iter().any(|path| path.starts_with("search_index")));
    let remote = "[remote]\nallow = [\"https://example.org/\"]\n";
    let template = "{{ load_data(url=\"https://example.org/x\") }}";
    assert_eq!(common::Site::new(remote).file("templates/index.html", template).errors().len(), 1);
}
