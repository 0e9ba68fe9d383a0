//! Builds that are killed at any moment: a reader finds whole files of the old site or of the new one, and the next build
//! makes what a build from nothing makes.
#![cfg(unix)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use common::{Files, Site, trace};

/// From it follow the moments of all kills and what is changed between them.
const SEED: u64 = 20_261_123;

const KILLS: usize = 100;

/// Pages, and small files beside them.
const PAGES: usize = 20;
const SMALL: usize = 600;

/// So many of the small files differ in a change that is patched: more than may always be, few enough of all.
const PATCHED: usize = 72;

/// Pseudo-random numbers (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

type Sources = BTreeMap<String, String>;

/// The site in four states: as it was; with a page's text changed; with many small files changed, some gone and some new;
/// with everything changed.
fn states() -> [Sources; 4] {
    let page = |n: usize, word: &str| {
        (format!("content/p{n}.md"), format!("---\ntitle: Strona {n}\n---\n{}\n", format!("{word}{n} ").repeat(50)))
    };
    let small = |n: usize, word: &str| (format!("static/f{}/{n}.txt", n % 30), format!("{word} {n}\n").repeat(20));
    let old: Sources = (0..PAGES).map(|n| page(n, "stara")).chain((0..SMALL).map(|n| small(n, "stary"))).collect();
    let mut text = old.clone();
    text.extend([page(7, "inna")]);
    let mut patched = old.clone();
    for n in 0..PATCHED / 3 {
        let (path, _) = small(n * 7, "");
        patched.remove(&path);
        patched.extend([small(n * 7 + 1, "nowy"), small(SMALL + n, "dodany")]);
    }
    let whole = (0..PAGES).map(|n| page(n, "nowa")).chain((0..SMALL).map(|n| small(n, "całkiem nowy"))).collect();
    [old, text, patched, whole]
}

/// Makes one state another.
fn lay(root: &Path, from: &Sources, to: &Sources) {
    for path in from.keys().filter(|path| !to.contains_key(*path)) {
        fs::remove_file(root.join(path)).unwrap();
    }
    for (path, text) in to.iter().filter(|(path, text)| from.get(*path) != Some(*text)) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn start(root: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_huta"))
        .args(["--lang", "en", "build", "--today", "2026-11-23", "--root"])
        .arg(root)
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The site's files, without those of strangers.
fn site_of(root: &Path) -> Files {
    let mut files = Files::read(&root.join("public"));
    files.0.retain(|path, _| !path.starts_with(".git/"));
    files
}

/// Files and links of strangers, in the output folder and beside it, and the file that one of the links leads to.
fn strangers(root: &Path) {
    fs::create_dir_all(root.join("public/.git")).unwrap();
    fs::write(root.join("public/.git/HEAD"), "obcy").unwrap();
    if root.join("public/.link").symlink_metadata().is_err() {
        symlink(root.join("outside"), root.join("public/.link")).unwrap();
    }
}

fn are_strangers_there(root: &Path, in_output: bool) -> bool {
    let is = |path: &str| fs::read_to_string(root.join(path)).is_ok_and(|text| text == "obcy");
    let is_link = || root.join("public/.link").symlink_metadata().is_ok_and(|meta| meta.is_symlink());
    ["outside/mine.txt", ".public.notes", "public-2/mine.txt"].iter().all(|path| is(path))
        && (!in_output || is("public/.git/HEAD") && is("public/.link/mine.txt") && is_link())
}

/// Names of what builds leave beside the output folder.
fn left(root: &Path) -> Vec<String> {
    let names = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".public.huta")).collect()
}

/// When a build is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// After a while.
    Time(Duration),
    /// When a patch is there and so many of its files are in their places.
    Patch(usize),
    /// As soon as the output folder is another.
    Exchange,
}

/// Waits for the moment, or for the build's own end.
fn wait_for(moment: Moment, child: &mut Child, root: &Path, moved: &[PathBuf]) {
    let number = |path: &Path| path.metadata().ok().map(|meta| meta.ino());
    let output = root.join("public");
    let (patch, before) = (root.join(".public.huta-patch"), number(&output));
    match moment {
        Moment::Time(time) => std::thread::sleep(time),
        Moment::Exchange => while number(&output) == before && child.try_wait().unwrap().is_none() {},
        Moment::Patch(files) => {
            let is_at = || patch.exists() && moved.iter().filter(|file| !file.exists()).count() >= files;
            while !is_at() && child.try_wait().unwrap().is_none() {}
        }
    }
}

#[test]
fn a_hundred_kills_at_random() {
    let states = states();
    let site = Site::new("preserve_dotfiles_in_output = true");
    let root = site.path();
    // What a build from nothing makes of each.
    let clean: Vec<Files> = states
        .iter()
        .map(|state| {
            let site = Site::new("preserve_dotfiles_in_output = true");
            lay(site.path(), &Sources::new(), state);
            site.build()
        })
        .collect();
    for (path, text) in [("outside/mine.txt", "obcy"), (".public.notes", "obcy"), ("public-2/mine.txt", "obcy")] {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
    }
    lay(root, &Sources::new(), &states[0]);
    let mut usual = Duration::ZERO;
    let mut build = |what: &str| {
        let begun = Instant::now();
        assert!(start(root).wait().unwrap().success(), "{what}");
        usual = if usual.is_zero() { begun.elapsed() } else { (usual * 3 + begun.elapsed()) / 4 };
        usual
    };
    let mut time = build("first");
    strangers(root);
    // Somebody reads all the while. Held for writing while the test itself takes the site away.
    let gate = Arc::new(RwLock::new(()));
    let (ended, read) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let reader = {
        let (gate, ended, read, root) = (Arc::clone(&gate), Arc::clone(&ended), Arc::clone(&read), root.to_path_buf());
        let always: Vec<String> =
            clean[0].0.keys().filter(|path| clean.iter().all(|files| files.has(path))).cloned().collect();
        let texts: BTreeMap<String, BTreeSet<Vec<u8>>> = always
            .iter()
            .map(|path| (path.clone(), clean.iter().map(|files| files.0[path].clone()).collect()))
            .collect();
        std::thread::spawn(move || {
            let mut chance = Chance(SEED);
            while !ended.load(Ordering::Relaxed) {
                let path = &always[chance.below(always.len())];
                let calm = gate.read().unwrap();
                match fs::read(root.join("public").join(path)) {
                    Ok(bytes) if texts[path].contains(&bytes) => {}
                    other => return Err(format!("a reader of {path} got {other:?}")),
                }
                drop(calm);
                read.fetch_add(1, Ordering::Relaxed);
                std::thread::sleep(Duration::from_micros(500));
            }
            Ok(())
        })
    };
    let mut chance = Chance(SEED);
    let mut at = 0;
    // How often a kill left what: nothing, the old site, the new one, something between.
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for round in 0..KILLS {
        let from = at;
        let is_first = round % 10 == 9;
        let to = (from + 1 + chance.below(3)) % 4;
        // Everything differs from the last state and little among the first three.
        let is_patched = !is_first && from != 3 && to != 3;
        let (old, new) = (&clean[from], &clean[to]);
        let moved: Vec<PathBuf> = new
            .0
            .iter()
            .filter(|(path, bytes)| old.0.get(*path) != Some(*bytes))
            .map(|(path, _)| root.join(".public.huta-patch").join(path))
            .collect();
        let moment = match chance.below(3) {
            0 => Moment::Time(time * u32::try_from(chance.below(1200)).unwrap() / 1000),
            _ if is_patched => Moment::Patch(chance.below(moved.len())),
            1 => Moment::Exchange,
            _ => Moment::Time(time * u32::try_from(600 + chance.below(400)).unwrap() / 1000),
        };
        let what = format!("seed {SEED}, round {round}: from {from} to {to}, first: {is_first}, killed at {moment:?}");
        lay(root, &states[from], &states[to]);
        let calm = is_first.then(|| gate.write().unwrap());
        if is_first {
            fs::remove_dir_all(root.join("public")).unwrap();
            if chance.below(2) == 0 {
                strangers(root);
            }
        }
        let has_strangers = root.join("public/.git").exists();
        let mut child = start(root);
        wait_for(moment, &mut child, root, &moved);
        let _ = child.kill();
        child.wait().unwrap();
        let now = site_of(root);
        let kind = if now == *new {
            "new"
        } else if is_first {
            assert!(now.0.is_empty(), "{what}: neither nothing nor the new site: {:?}", now.paths());
            "nothing"
        } else if now == *old {
            "old"
        } else {
            assert!(is_patched && root.join(".public.huta-patch").is_dir(), "{what}: a mixture");
            for (path, bytes) in &now.0 {
                let is_whole = old.0.get(path) == Some(bytes) || new.0.get(path) == Some(bytes);
                assert!(is_whole, "{what}: {path} is neither old nor new");
            }
            let lost = old.0.keys().find(|path| new.has(path) && !now.has(path));
            assert_eq!(lost, None, "{what}: gone");
            "between"
        };
        *found.entry(kind).or_default() += 1;
        assert!(are_strangers_there(root, has_strangers), "{what}: strangers' files after the kill");
        // Sometimes there is another change before the next build.
        at = if chance.below(3) == 0 { chance.below(4) } else { to };
        lay(root, &states[to], &states[at]);
        time = build(&what);
        let now = site_of(root);
        let other: Vec<_> = now.0.iter().filter(|(path, bytes)| clean[at].0.get(*path) != Some(*bytes)).collect();
        assert!(now == clean[at], "{what}, then {at}: not what a build from nothing makes: {other:?}");
        assert!(left(root).is_empty(), "{what}: left behind: {:?}", left(root));
        assert!(are_strangers_there(root, has_strangers), "{what}: strangers' files");
        strangers(root);
        drop(calm);
        assert!(!reader.is_finished(), "{what}: {:?}", reader.join());
    }
    ended.store(true, Ordering::Relaxed);
    reader.join().unwrap().unwrap();
    assert!(read.load(Ordering::Relaxed) > KILLS, "nobody could read");
    for kind in ["nothing", "old", "new", "between"] {
        assert!(found.contains_key(kind), "seed {SEED}: no kill left the {kind} site: {found:?}");
    }
    println!("{found:?}");
    // Killed builds leave no traces behind.
    trace(root);
}
