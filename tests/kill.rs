//! A build that is killed leaves either the old site or the new one.
#![cfg(unix)]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use common::{Files, Site};

const PAGES: usize = 300;

/// Builds that are started and killed, each a little later than the one before.
const PATIENCE: u32 = 60;

#[test]
fn a_killed_build_leaves_a_whole_site() {
    let mut site = Site::new("");
    for page in 0..PAGES {
        site = site.file(&format!("content/p{page}.md"), "---\ntitle: stara\n---\n");
    }
    let old = site.build();
    let mut text = String::new();
    for word in 0..200 {
        let _ = write!(text, "nowa{word} ");
    }
    for page in 0..PAGES {
        site = site.file(&format!("content/p{page}.md"), &format!("---\ntitle: nowa\n---\n{text}\n"));
    }
    // How long a build takes here, left to itself: on a site of its own, so that this one stays old.
    let copy = site.copy();
    let start = Instant::now();
    assert!(
        Command::new(env!("CARGO_BIN_EXE_huta"))
            .args(["build", "--today", "2026-11-23"])
            .current_dir(copy.path())
            .stderr(Stdio::null())
            .status()
            .unwrap()
            .success()
    );
    let whole = start.elapsed() * 2;
    let (mut kept, mut replaced) = (0, 0);
    // From "killed before it began" to "ended by itself", in small steps.
    for step in 0..PATIENCE {
        let mut child = Command::new(env!("CARGO_BIN_EXE_huta"))
            .args(["build", "--today", "2026-11-23"])
            .current_dir(site.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * step / (PATIENCE - 5));
        let _ = child.kill();
        child.wait().unwrap();
        let now = Files::read(&site.path().join("public"));
        if now == old {
            kept += 1;
            continue;
        }
        replaced += 1;
        assert_eq!(now.paths(), old.paths(), "neither the old site nor the new one");
        assert!(
            (0..PAGES).all(|page| now.text(&format!("p{page}/index.html")).starts_with("nowa")),
            "a mixture of old and new"
        );
    }
    assert!(kept > 0, "no build was killed in time to tell anything");
    assert!(replaced > 0, "no build lived long enough to tell anything");
    site.build();
    let left: Vec<_> = fs::read_dir(site.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".public"))
        .collect();
    assert!(left.is_empty(), "left behind by killed builds: {left:?}");
}
