//! The arguments of `huta build` that Zola has too.

mod common;

use std::path::Path;
use std::process::Command;

use common::{Files, Site};

/// Runs `huta` in a folder; exit status and message.
fn huta(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_huta"))
        .args(["--lang", "en"])
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn another_configuration_can_be_named() {
    let site = Site::new("title = \"usual\"")
        .file("other.toml", "base_url = \"https://other.example\"\ntitle = \"other\"\n")
        .file("templates/index.html", "{{ config.title }} {{ config.base_url }}");
    assert_eq!(huta(site.path(), &["-c", "other.toml", "build"]).0, Some(0));
    assert_eq!(Files::read(&site.path().join("public")).text("index.html"), "other https://other.example");
    let (status, message) = huta(site.path(), &["-c", "missing.toml", "build"]);
    assert!(status == Some(1) && message.contains("there is no missing.toml"), "{message}");
}

#[test]
fn a_site_is_built_from_any_of_its_folders() {
    let site = Site::new("").file("content/a/b.md", "---\ntitle: x\n---\n");
    assert_eq!(huta(&site.path().join("content/a"), &["build"]).0, Some(0));
    assert!(Files::read(&site.path().join("public")).has("a/b/index.html"));
}

#[test]
fn force_replaces_a_folder_that_holds_other_things() {
    let site = Site::new("").file("elsewhere/mine.txt", "x");
    let (status, message) = huta(site.path(), &["build", "-o", "elsewhere"]);
    assert!(status == Some(1) && message.contains("foreign-output"), "{message}");
    assert_eq!(huta(site.path(), &["build", "-o", "elsewhere", "--force"]).0, Some(0));
    let files = Files::read(&site.path().join("elsewhere"));
    assert!(files.has("index.html") && !files.has("mine.txt"));
}

#[test]
fn minify_makes_html_smaller() {
    let site = Site::new("")
        .file("templates/index.html", "<!doctype html>\n<html>\n<body>\n<p>a</p>\n\n<p>b</p>\n</body></html>");
    let home = |arguments: &[&str]| {
        assert_eq!(huta(site.path(), arguments).0, Some(0));
        Files::read(&site.path().join("public")).text("index.html")
    };
    assert!(home(&["build", "--minify"]).len() < home(&["build"]).len());
}

#[test]
fn a_profile_says_where_the_time_went() {
    let site = Site::new("").file("content/a.md", "---\ntitle: x\n---\n").file(
        "templates/page.html",
        "{{ get_section(path=\"_index.md\", allow_missing=true) is defined }}{{ page.title | slugify }}",
    );
    let told = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_huta")).args(arguments).current_dir(site.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let table = told(&["--lang", "en", "build", "--profile", "--anew"]);
    let lines = ["making pages", "page.html", "get_section", "slugify"];
    assert!(lines.iter().all(|line| table.contains(line)), "{table}");
    assert!(told(&["--lang", "pl", "build", "--profile", "--anew"]).contains("składam strony"));
    let json: serde_json::Value = serde_json::from_str(&told(&["build", "--profile=json", "--anew"])).unwrap();
    let row = |kind: &str, name: &str| {
        let rows = json[kind].as_array().unwrap();
        rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("{kind} {name}: {json}")).clone()
    };
    assert_eq!(row("templates", "page.html")["runs"], 1);
    assert_eq!(row("functions", "get_section")["runs"], 1);
    assert_eq!(row("filters", "slugify")["runs"], 1);
    assert!(json["total_ms"].as_f64().unwrap() > 0.0);
    assert!(told(&["build"]).is_empty());
}

#[test]
fn anew_makes_everything() {
    let site = Site::new("").file("content/a.md", "---\ntitle: x\n---\n");
    let runs = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_huta"))
            .args(["build", "--profile=json"])
            .args(arguments)
            .current_dir(site.path())
            .output()
            .unwrap();
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        json["templates"].as_array().unwrap().len()
    };
    assert!(runs(&[]) > 0);
    assert_eq!(runs(&[]), 0);
    assert!(runs(&["--anew"]) > 0);
}
