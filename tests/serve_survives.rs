//! `huta serve` under bad conditions: storms of changes, editors that save in several steps, a full disk; and that what is
//! served in the end is what a new server would build.

mod common;
#[path = "common/server.rs"]
mod server;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use common::{Files, Site, guide};
use server::Server;

fn page(text: &str) -> String {
    format!("---\ntitle: A\n---\n{text}\n")
}

#[test]
fn a_storm_of_renames() {
    let mut site = Site::new("").file("content/_index.md", "---\ntitle: D\n---\n");
    for number in 0..400 {
        site = site.file(&format!("content/a{number}.md"), &page("x"));
    }
    let server = Server::start(site.path());
    let content = site.path().join("content");
    for from in ["a", "b", "c"] {
        let to = char::from(from.as_bytes()[0] + 1);
        for number in 0..400 {
            fs::rename(content.join(format!("{from}{number}.md")), content.join(format!("{to}{number}.md"))).unwrap();
        }
    }
    for number in [0, 399] {
        server.until(&format!("/d{number}/"), |body| body.contains("<p"));
    }
    server.settled();
    assert_eq!(server.get("/a0/").0, 404);
    // It listens on.
    let site = site.file("content/d7.md", &page("po burzy"));
    server.until("/d7/", |body| body.contains("po burzy"));
    drop(site);
}

#[test]
fn editors_that_save_in_several_steps() {
    let site = Site::new("").file("content/a.md", &page("pierwsza")).file("content/b.md", &page("[a](@/a.md)"));
    let server = Server::start(site.path());
    let file = site.path().join("content/a.md");
    // A temporary file beside it, moved over it.
    let temporary = site.path().join("content/.a.md.tmp");
    fs::write(&temporary, page("druga")).unwrap();
    fs::rename(&temporary, &file).unwrap();
    server.until("/a/", |body| body.contains("druga"));
    // One that does not look like a temporary file.
    let temporary = site.path().join("content/goutputstream-X1");
    fs::write(&temporary, page("trzecia")).unwrap();
    fs::rename(&temporary, &file).unwrap();
    server.until("/a/", |body| body.contains("trzecia"));
    // Vim: a probe, a backup, a new file, no backup. For a moment the page is not there, and the link of another leads nowhere.
    server.settled();
    let said = server.said().len();
    fs::write(site.path().join("content/4913"), "").unwrap();
    fs::remove_file(site.path().join("content/4913")).unwrap();
    fs::rename(&file, site.path().join("content/a.md~")).unwrap();
    std::thread::sleep(Duration::from_millis(30));
    fs::write(&file, page("czwarta")).unwrap();
    fs::remove_file(site.path().join("content/a.md~")).unwrap();
    server.until("/a/", |body| body.contains("czwarta"));
    server.settled();
    let said = server.said().split_off(said);
    assert!(!said.contains("error"), "half of it was built:\n{said}");
    // Emptied first, then written.
    fs::write(&file, "").unwrap();
    fs::write(&file, page("piąta")).unwrap();
    server.until("/a/", |body| body.contains("piąta") && !body.contains("huta-errors"));
}

/// Stands in for a full disk: no file may grow beyond a limit.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_the_old_site() {
    let site = Site::new("").file("content/a.md", &page("pierwsza"));
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_huta")]);
    let server = Server::run({
        command.args(Server::arguments(site.path())).args(["-p", "0"]);
        command
    });
    let large = page(&"za dużo słów ".repeat(10_000));
    let site = site.file("content/a.md", &large);
    let body = server.until("/a/", |body| body.contains("huta-errors"));
    assert!(body.contains("pierwsza") && !body.contains("za dużo"), "the old site is gone");
    assert!(body.contains("cannot be written") && body.contains("check free space"), "{body}");
    let site = site.file("content/a.md", &page("druga"));
    let body = server.until("/a/", |body| body.contains("druga"));
    assert!(!body.contains("huta-errors"), "{body}");
    drop(site);
}

/// Numbers that look like chance and are the same in every run (Knuth, MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn what_is_served_in_the_end_is_what_a_new_server_builds() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    for name in ["content", "themes", ".cache"] {
        if guide().join(name).exists() {
            copy(&guide().join(name), &root.join(name));
        }
    }
    fs::copy(guide().join("huta.toml"), root.join("huta.toml")).unwrap();
    let texts: Vec<_> = walkdir::WalkDir::new(root.join("content"))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    let output = |name: &str| folder.path().join(name);
    let start = |name: &str| {
        let output = output(name);
        Server::start_with(&root, &["-u", "https://example.org", "--no-port-append", "-o", output.to_str().unwrap()])
    };
    let server = start("kept");
    let mut chance = Chance(20_261_123);
    let append = |path: &Path, text: &str| {
        let before = fs::read_to_string(path).unwrap();
        fs::write(path, before + text).unwrap();
    };
    for step in 0..40 {
        let file = &texts[chance.below(texts.len())];
        match chance.below(9) {
            0..=3 => append(file, &format!("\nDopisano {step}, nowa huta i kombinat.\n")),
            4 => {
                let text = fs::read_to_string(file).unwrap();
                let title = text.lines().find(|line| line.starts_with("title: ") && !line.ends_with('"'));
                let title = title.map(|line| format!("{line} {step}"));
                let lines = text.lines().map(|line| match &title {
                    Some(title) if line.starts_with("title: ") => title.as_str(),
                    _ => line,
                });
                let text = lines.collect::<Vec<_>>().join("\n") + "\n";
                fs::write(file, text).unwrap();
            }
            5 => fs::write(root.join(format!("content/nowa-{step}.md")), "---\ntitle: N\n---\n").unwrap(),
            6 => {
                let added = fs::read_dir(root.join("content")).unwrap().map(|entry| entry.unwrap().path());
                let added = added.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("nowa-"));
                if let Some(path) = added.min() {
                    fs::remove_file(path).unwrap();
                }
            }
            7 => append(&root.join("themes/nowa-huta/static/nowa-huta.css"), &format!("/* {step} */\n")),
            // One is the frame of every page, the other is in bodies.
            _ => {
                let name = ["base.html", "word.html"][chance.below(2)];
                append(&root.join("themes/nowa-huta/templates").join(name), &format!("<!-- {step} -->\n"));
            }
        }
        // Somebody looks at a page now and then, and edits come before the last build has ended.
        if step % 3 == 0 {
            server.news("/miejsca/aleja-roz/", 0, false);
        }
        std::thread::sleep(Duration::from_millis([0, 20, 150, 1500][chance.below(4)]));
    }
    server.settled();
    let kept = Files::read(&output("kept"));
    drop(server);
    let server = start("new");
    let new = Files::read(&output("new"));
    assert!(new.0.len() > 500, "the guide is not built: {}", server.said());
    let paths: BTreeSet<_> = kept.0.keys().chain(new.0.keys()).collect();
    let other: Vec<_> = paths.iter().copied().filter(|path| kept.0.get(*path) != new.0.get(*path)).collect();
    let lines = |files: &Files, path: &str| -> Vec<String> {
        let bytes = files.0.get(path).map(Vec::as_slice).unwrap_or_default();
        String::from_utf8_lossy(bytes).split('>').map(str::to_string).collect()
    };
    if let Some(path) = other.first() {
        let (kept, new) = (lines(&kept, path), lines(&new, path));
        let at = kept.iter().zip(&new).take_while(|(kept, new)| kept == new).count();
        panic!(
            "{} of {} files differ; {path}: {:?} instead of {:?}",
            other.len(),
            paths.len(),
            kept.get(at),
            new.get(at)
        );
    }
}
