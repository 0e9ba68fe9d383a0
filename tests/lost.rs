//! Nothing is lost: builds at the same time, hostile lists and links, full and read-only disks, folders that cannot be
//! replaced, clocks that jump. After each of them a build makes what a build from nothing makes.
#![cfg(unix)]

mod common;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use common::{Files, Site, trace};

const PRECIOUS: &str = "precious";

/// A command of huta for a site.
fn command(root: &Path, language: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huta"));
    command.args(["--lang", language, "build", "--today", "2026-11-23", "--root"]).arg(root).args(arguments);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Ends a build: whether it succeeded, and what it said.
fn ended(child: Child) -> (bool, String) {
    let output = child.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

fn run(root: &Path, arguments: &[&str]) -> (bool, String) {
    ended(command(root, "en", arguments).spawn().unwrap())
}

/// A build that must succeed: what it makes is what a build from nothing makes.
fn builds(site: &Site, what: &str) -> Files {
    let (succeeded, said) = run(site.path(), &[]);
    assert!(succeeded, "{what}: {said}");
    let built = Files::read(&site.path().join("public"));
    is_clean(site, &built, what);
    built
}

/// Whether a site is what a build from nothing makes.
fn is_clean(site: &Site, built: &Files, what: &str) {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("site");
    let (succeeded, said) = run(site.path(), &["--anew", "-o", output.to_str().unwrap()]);
    assert!(succeeded, "{what}: {said}");
    let clean = Files::read(&output);
    assert_eq!(built.paths(), clean.paths(), "{what}");
    for (path, bytes) in &clean.0 {
        assert!(built.0[path] == *bytes, "{what}: {path}: {}", String::from_utf8_lossy(&built.0[path]));
    }
}

/// A build that must fail: the old site stands, and in both languages it is said why and what to do.
fn fails(root: &Path, arguments: &[&str], said: [&str; 2], what: &str) {
    let before = Files::read(&root.join("public"));
    for (language, said) in ["en", "pl"].into_iter().zip(said) {
        let (succeeded, message) = ended(command(root, language, arguments).spawn().unwrap());
        assert!(!succeeded, "{what}: it was built");
        assert!(message.contains(said), "{what}: {message}");
        assert!(message.contains(["= help: ", "= pomoc: "][usize::from(language == "pl")]), "{what}: {message}");
        assert!(message.len() < 4000, "{what}: it does not end: {message}");
        assert_eq!(Files::read(&root.join("public")), before, "{what}: the old site");
    }
}

fn page(text: &str) -> String {
    format!("---\ntitle: A\n---\n{text}\n")
}

/// A site with enough files that a change of some is a patch.
fn site() -> Site {
    let mut site = Site::new("").file("content/a/_index.md", &page("dział"));
    for n in 0..20 {
        site = site.file(&format!("content/a/p{n}.md"), &page("stara"));
        site = site.file(&format!("static/s/{n}.txt"), &format!("stary {n}"));
    }
    site
}

/// Names of what builds leave beside the output folder.
fn left(root: &Path) -> Vec<String> {
    let names = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".public.huta")).collect()
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Saves a file in one step, as editors do: a build that runs meanwhile sees the old or the new text, never half.
fn save(site: &Site, path: &str, text: &str) {
    let new = site.path().join(".new");
    fs::write(&new, text).unwrap();
    fs::rename(new, site.path().join(path)).unwrap();
}

#[test]
fn builds_at_the_same_time() {
    let mut site = site();
    for round in 0..12 {
        let all = round % 3 == 2;
        for n in 0..20 {
            if all || n % 5 == round % 5 {
                site = site.file(&format!("content/a/p{n}.md"), &page(&format!("{n} w rundzie {round}")));
                site = site.file(&format!("static/s/{n}.txt"), &format!("{n} w rundzie {round}"));
            }
        }
        if round == 6 {
            fs::remove_dir_all(site.path().join("public")).unwrap();
        }
        let start = |arguments: &[&str]| command(site.path(), "en", arguments).spawn().unwrap();
        let children: Vec<Child> =
            (0..[2, 4][round % 2]).map(|n| start([&[][..], &["--anew"]][usize::from(n == 1)])).collect();
        let changed = round % 4 == 3;
        if changed {
            // While they run, and another that begins after it.
            save(&site, "content/a/p1.md", &page(&format!("w czasie budowy {round}")));
            let config = fs::read_to_string(site.path().join("huta.toml")).unwrap();
            save(&site, "huta.toml", &format!("{config}\n# zmiana"));
        }
        let last = changed.then(|| command(site.path(), "en", &[]).spawn().unwrap());
        for child in children.into_iter().chain(last) {
            let (succeeded, said) = ended(child);
            assert!(succeeded, "round {round}: {said}");
        }
        is_clean(&site, &Files::read(&site.path().join("public")), &format!("round {round}"));
        assert!(left(site.path()).is_empty(), "round {round}: left behind: {:?}", left(site.path()));
        trace(site.path());
    }
}

#[test]
fn who_waits_says_so_and_goes_on() {
    let site = site();
    for (language, text) in [("en", "waiting for another huta"), ("pl", "czekam na inną hutę")] {
        let lock = File::create(site.path().join(".public.huta-lock")).unwrap();
        lock.lock().unwrap();
        let mut child = command(site.path(), language, &[]).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        assert!(line.contains(text), "{line}");
        assert!(child.try_wait().unwrap().is_none() && left(site.path()) == [".public.huta-lock"]);
        // What is read while it waits may be old by now.
        let config = fs::read_to_string(site.path().join("huta.toml")).unwrap();
        write(
            &site.path().join("huta.toml"),
            &config.replace("https://example.org", &format!("https://{language}.org")),
        );
        write(&site.path().join("content/a/p1.md"), &page(&format!("w czasie czekania: {language}")));
        drop(lock);
        said.read_to_string(&mut line).unwrap();
        assert!(child.wait().unwrap().success(), "{line}");
        is_clean(&site, &Files::read(&site.path().join("public")), language);
        write(&site.path().join("huta.toml"), &config);
        assert!(left(site.path()).is_empty());
    }
    // Asked to be quiet, it waits silently. What a killed build left of its lock holds nobody up.
    let lock = File::create(site.path().join(".public.huta-lock")).unwrap();
    lock.lock().unwrap();
    let mut quiet = command(site.path(), "en", &[]);
    let child = quiet.arg("--quiet").spawn().unwrap();
    std::thread::sleep(Duration::from_millis(600));
    drop(lock);
    assert_eq!(ended(child), (true, String::new()));
    fs::write(site.path().join(".public.huta-lock"), "").unwrap();
    builds(&site, "a lock of nobody");
    // A link in its place leads nowhere.
    symlink(site.path().join("elsewhere"), site.path().join(".public.huta-lock")).unwrap();
    builds(&site, "a lock that is a link");
    assert!(!site.path().join("elsewhere").exists());
}

#[test]
fn two_output_folders_at_once() {
    let site = site();
    for round in 0..4 {
        write(&site.path().join("content/a/p1.md"), &page(&format!("runda {round}")));
        let folders = ["public", "preview"].map(|name| site.path().join(name));
        let children = folders
            .each_ref()
            .map(|folder| command(site.path(), "en", &["-o", folder.to_str().unwrap()]).spawn().unwrap());
        for child in children {
            let (succeeded, said) = ended(child);
            assert!(succeeded, "{said}");
        }
        for folder in &folders {
            is_clean(&site, &Files::read(folder), &format!("{} in round {round}", folder.display()));
        }
    }
}

/// What is outside the output folder, and must stay as it is.
struct Outside(tempfile::TempDir);

impl Outside {
    /// Beside the site, where `..` leads, and elsewhere.
    fn new(site: &Site) -> Self {
        let outside = Self(tempfile::tempdir().unwrap());
        for name in ["a/p1/index.html", "index.html", "s/3.txt", "gone.txt", "folder/gone.txt"] {
            write(&outside.0.path().join(name), PRECIOUS);
        }
        for name in ["gone.txt", "empty/x/gone.txt", "content/gone.txt"] {
            write(&site.path().join(name), PRECIOUS);
        }
        fs::create_dir_all(outside.0.path().join("empty")).unwrap();
        outside
    }

    fn path(&self) -> String {
        self.0.path().to_str().unwrap().to_string()
    }

    fn stands(&self, site: &Site, what: &str) {
        let files = Files::read(self.0.path());
        assert_eq!(files.0.len(), 5, "{what}: came or went: {:?}", files.paths());
        assert!(files.0.values().all(|bytes| bytes == PRECIOUS.as_bytes()), "{what}: written");
        assert!(self.0.path().join("empty").is_dir(), "{what}: an empty folder");
        for name in ["gone.txt", "empty/x/gone.txt", "content/gone.txt"] {
            assert_eq!(fs::read_to_string(site.path().join(name)).unwrap_or_default(), PRECIOUS, "{what}: {name}");
        }
    }
}

/// Ways to change a site: little, so that it is patched; much, so that it is exchanged; a text, by the trace; not at all.
fn ways(site: &Site, way: usize, round: usize) {
    let root = site.path();
    match way {
        0 => write(&root.join("static/s/3.txt"), &format!("inny {round}")),
        1 => {
            for n in 0..200 {
                write(&root.join(format!("static/s/{n}.txt")), &format!("{n} w rundzie {round}"));
            }
        }
        2 => write(&root.join("content/a/p1.md"), &page(&format!("inna {round}"))),
        _ => {}
    }
}

#[test]
fn a_list_that_names_what_is_outside() {
    for (way, forced) in [(0, &[][..]), (0, &["--force"]), (0, &["--anew"]), (1, &[]), (2, &[]), (3, &[])] {
        let site = site();
        let outside = Outside::new(&site);
        builds(&site, "first");
        let list = site.path().join("public/.huta");
        let text = fs::read_to_string(&list).unwrap();
        let far = outside.path();
        let more = format!(
            "../gone.txt\n../empty/x/gone.txt\n../content/gone.txt\na/../../gone.txt\n./../gone.txt\n{far}/gone.txt\n\
             {far}/folder/gone.txt\n{far}/s/3.txt\n..\n.\n/\n\n{far}\n{far}/empty\n"
        );
        fs::write(&list, text + &more).unwrap();
        ways(&site, way, 1);
        let what = format!("way {way} {forced:?}");
        let (_, said) = run(site.path(), forced);
        outside.stands(&site, &what);
        assert!(said.starts_with("built"), "{what}: {said}");
        builds(&site, &what);
        outside.stands(&site, &what);
    }
}

#[test]
fn links_that_lead_out() {
    // What becomes a link, and whether the list names it.
    for (link, to, is_listed) in [
        ("a", "a", false),
        ("a", "a", true),
        ("s", "s", true),
        ("a/p1/index.html", "a/p1/index.html", true),
        (".huta", "gone.txt", true),
    ] {
        for (way, forced) in [(0, &[][..]), (1, &[][..]), (2, &["--force"])] {
            let what = format!("{link}, listed: {is_listed}, way {way} {forced:?}");
            let site = site();
            let outside = Outside::new(&site);
            let built = builds(&site, "first");
            let place = site.path().join("public").join(link);
            if place.is_dir() {
                fs::remove_dir_all(&place).unwrap();
            } else {
                fs::remove_file(&place).unwrap();
            }
            symlink(outside.0.path().join(to), &place).unwrap();
            if is_listed && link != ".huta" {
                let list = site.path().join("public/.huta");
                fs::write(&list, built.text(".huta") + link + "\n").unwrap();
            }
            ways(&site, way, 1);
            let (succeeded, said) = run(site.path(), forced);
            outside.stands(&site, &what);
            assert!(succeeded || said.contains("foreign-output"), "{what}: {said}");
            let (succeeded, said) = run(site.path(), &["--force"]);
            assert!(succeeded, "{what}: {said}");
            outside.stands(&site, &what);
            let public = site.path().join("public");
            let links = walkdir::WalkDir::new(&public).into_iter().map(Result::unwrap);
            assert_eq!(links.filter(walkdir::DirEntry::path_is_symlink).count(), 0, "{what}: a link stays");
            builds(&site, &what);
        }
    }
}

#[test]
fn a_file_whose_own_place_is_a_link_with_its_bytes() {
    let site = site();
    builds(&site, "first");
    let elsewhere = tempfile::tempdir().unwrap();
    let (file, far) = (site.path().join("public/s/3.txt"), elsewhere.path().join("3.txt"));
    fs::rename(&file, &far).unwrap();
    symlink(&far, &file).unwrap();
    builds(&site, "a link");
    assert!(!file.symlink_metadata().unwrap().is_symlink());
    assert_eq!(fs::read_to_string(far).unwrap(), "stary 3");
}

#[test]
fn dot_files_of_others_stay() {
    let site = site().config("preserve_dotfiles_in_output = true");
    let outside = Outside::new(&site);
    builds(&site, "first");
    let public = site.path().join("public");
    write(&public.join(".git/HEAD"), PRECIOUS);
    symlink(outside.0.path(), public.join(".link")).unwrap();
    symlink("nowhere", public.join(".broken")).unwrap();
    symlink(outside.0.path(), public.join(".git/link")).unwrap();
    for way in [0, 1, 2, 3, 1, 0] {
        ways(&site, way, way);
        let (succeeded, said) = run(site.path(), &["--anew"]);
        assert!(succeeded, "way {way}: {said}");
        outside.stands(&site, "dot files");
        assert_eq!(fs::read_to_string(public.join(".git/HEAD")).unwrap(), PRECIOUS);
        let out = outside.0.path();
        for (link, to) in [(".link", out), (".broken", Path::new("nowhere")), (".git/link", out)] {
            assert_eq!(fs::read_link(public.join(link)).unwrap(), to, "way {way}: {link}");
        }
    }
    // The site has a file where the link is.
    write(&site.path().join("static/.link/s/3.txt"), "ours");
    for way in [0, 1] {
        ways(&site, way, 7);
        fails(site.path(), &[], [".link", ".link"], "a link where the site has a folder");
        outside.stands(&site, "a link where the site has a folder");
    }
    fs::remove_file(public.join(".link")).unwrap();
    let (succeeded, said) = run(site.path(), &[]);
    assert!(succeeded && !said.contains("huta-"), "{said}");
    outside.stands(&site, "the link is gone");
}

#[test]
fn a_patch_that_huta_did_not_write() {
    let site = site();
    let outside = Outside::new(&site);
    builds(&site, "first");
    let patch = site.path().join(".public.huta-patch");
    let far = outside.path();
    let steps = format!(
        "- ../gone.txt\n- {far}/gone.txt\n- ../empty/x/gone.txt\n- a/../../content/gone.txt\n- out/gone.txt\n\
         + ../gone.txt\n+ {far}/index.html\n+ out/index.html\n+ in/gone.txt\n+ link\n+ index.html"
    );
    let plant = || {
        write(&patch.join(".huta-patch"), &steps);
        write(&patch.join("index.html"), "planted");
        write(&patch.join("out/index.html"), "planted");
        symlink(outside.0.path(), patch.join("in")).unwrap();
        symlink(outside.0.path().join("gone.txt"), patch.join("link")).unwrap();
        symlink(outside.0.path(), site.path().join("public/out")).unwrap();
    };
    plant();
    let _ = run(site.path(), &[]);
    outside.stands(&site, "a planted patch");
    assert!(!site.path().join("public/in").exists() && !site.path().join("public/link").exists());
    let _ = fs::remove_file(site.path().join("public/out"));
    builds(&site, "after a planted patch");
    // A link to a folder in its place.
    let elsewhere = tempfile::tempdir().unwrap();
    write(&elsewhere.path().join(".huta-patch"), "+ index.html");
    write(&elsewhere.path().join("index.html"), "planted");
    symlink(elsewhere.path(), &patch).unwrap();
    builds(&site, "a link to a patch");
    assert!(elsewhere.path().join("index.html").exists());
    outside.stands(&site, "a link to a patch");
}

#[test]
fn a_trace_that_names_what_is_outside() {
    for (from, to) in [
        ("a/p1/index.html", "../gone.txt/...."),
        ("a/p1/index.html", "../../../gone.x"),
        ("a/p1.md", "../../x"),
        ("content/a/p1.md", "/etc/hostname.x"),
        ("s/3.txt", "../g.tx"),
    ] {
        for way in 0..4 {
            let what = format!("{from} → {to}, way {way}");
            let (from, to) = (from.as_bytes(), &to.as_bytes()[..from.len().min(to.len())]);
            if from.len() != to.len() {
                continue;
            }
            let site = site();
            let outside = Outside::new(&site);
            builds(&site, "first");
            let file = trace(site.path());
            // Lengths are written before texts: one as long keeps the form whole. So does a right hash.
            let mut rest = fs::read(&file).unwrap().split_off(32);
            let places: Vec<usize> = memchr::memmem::find_iter(&rest, from).collect();
            assert!(!places.is_empty(), "{what}: not in the trace");
            for at in places {
                rest[at..at + from.len()].copy_from_slice(to);
            }
            fs::write(&file, [blake3::hash(&rest).as_bytes(), rest.as_slice()].concat()).unwrap();
            ways(&site, way, 1);
            builds(&site, &what);
            outside.stands(&site, &what);
        }
    }
    // Links where traces are written.
    let site = site();
    let outside = Outside::new(&site);
    builds(&site, "first");
    let file = trace(site.path());
    fs::remove_file(&file).unwrap();
    for name in [file.clone(), file.with_extension("new")] {
        symlink(outside.0.path().join("gone.txt"), name).unwrap();
    }
    ways(&site, 0, 2);
    builds(&site, "a trace that is a link");
    outside.stands(&site, "a trace that is a link");
    assert!(!file.is_symlink() && trace(site.path()) == file);
}

#[test]
fn strangers_files_stay() {
    let site = site();
    builds(&site, "first");
    let public = site.path().join("public");
    for name in ["mine.txt", "a/p1/mine.txt", "mine/deep/mine.txt", ".mine"] {
        write(&public.join(name), PRECIOUS);
        for way in 0..4 {
            ways(&site, way, 1);
            for anew in [&[][..], &["--anew"]] {
                fails(site.path(), anew, [name, name], name);
            }
        }
        fs::remove_file(public.join(name)).unwrap();
        builds(&site, name);
    }
    // Beside the output folder.
    let beside =
        [".public.notes/x", ".public.huta-mine/x", ".public.huta-12x/x", "public.huta-1/x", ".public2.huta-1/x"];
    for name in &beside {
        write(&site.path().join(name), PRECIOUS);
    }
    // A folder that holds nothing does no harm, also where the site has a file.
    fs::create_dir_all(public.join("s/new.txt")).unwrap();
    write(&site.path().join("static/s/new.txt"), "new");
    builds(&site, "an empty folder");
    ways(&site, 1, 3);
    builds(&site, "beside");
    for name in &beside {
        assert_eq!(fs::read_to_string(site.path().join(name)).unwrap(), PRECIOUS);
    }
}

#[test]
fn a_folder_that_cannot_be_replaced() {
    let site = site();
    let root = site.path();
    builds(&site, "first");
    let cannot = ["cannot be written", "nie da się zapisać"];
    // A file, below a file, somebody's folder, a link that leads nowhere.
    fs::write(root.join("file"), PRECIOUS).unwrap();
    let file = ["the output folder is a file", "folder wyjściowy jest plikiem"];
    fails(root, &["-o", root.join("file").to_str().unwrap()], file, "a file");
    fails(root, &["-o", root.join("file/a/b").to_str().unwrap()], cannot, "below a file");
    write(&root.join("folder/mine.txt"), PRECIOUS);
    let foreign = ["that huta did not write: mine.txt", "nie zapisała huta: mine.txt"];
    fails(root, &["-o", root.join("folder").to_str().unwrap()], foreign, "somebody's folder");
    symlink("nowhere", root.join("broken")).unwrap();
    fails(root, &["-o", root.join("broken").to_str().unwrap()], cannot, "a link that leads nowhere");
    assert!(root.join("broken").is_symlink() && !root.join("nowhere").exists());
    assert_eq!(fs::read_to_string(root.join("file")).unwrap(), PRECIOUS);
    assert_eq!(fs::read_to_string(root.join("folder/mine.txt")).unwrap(), PRECIOUS);
    // A link to a folder: the folder is replaced, the link stays.
    let elsewhere = tempfile::tempdir().unwrap();
    fs::rename(root.join("public"), elsewhere.path().join("real")).unwrap();
    symlink(elsewhere.path().join("real"), root.join("public")).unwrap();
    for way in [0, 1, 2, 3] {
        ways(&site, way, way);
        builds(&site, "a link to the folder");
        assert!(root.join("public").is_symlink());
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
    }
    let names: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let left: Vec<_> = names.iter().filter(|name| name.to_string_lossy().contains(".huta-")).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// No file may grow beyond a limit: nothing of what is too large reaches the site.
#[test]
#[cfg(target_os = "linux")]
fn a_file_that_does_not_fit() {
    let site = site();
    builds(&site, "first");
    for way in 0..3 {
        ways(&site, way, way);
        write(&site.path().join("static/s/3.txt"), &format!("za dużo {way} ").repeat(20_000));
        let before = Files::read(&site.path().join("public"));
        let output = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_huta")])
            .args(["--lang", "pl", "build", "--today", "2026-11-23", "--root"])
            .arg(site.path())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains("sprawdź wolne miejsce"), "{said}");
        assert_eq!(Files::read(&site.path().join("public")), before);
        assert!(left(site.path()).is_empty());
        builds(&site, "with room");
    }
}

/// Runs the rest of a test where it may mount: this program once more, in name spaces of its own. False in the first run, and
/// where there are no name spaces.
#[cfg(target_os = "linux")]
fn may_mount(test: &str) -> bool {
    if std::env::var_os("HUTA_TEST_MOUNTS").is_some() {
        return true;
    }
    let apart = || {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount"]);
        command
    };
    let probe = apart().args(["mount", "-t", "tmpfs", "tmpfs", "/mnt"]).output();
    if !probe.as_ref().is_ok_and(|output| output.status.success()) {
        println!("skipped: no name spaces to mount in: {probe:?}");
        return false;
    }
    let inner = apart()
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env("HUTA_TEST_MOUNTS", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&inner.stdout) + String::from_utf8_lossy(&inner.stderr);
    assert!(inner.status.success() && said.contains("1 passed"), "{said}");
    false
}

#[cfg(target_os = "linux")]
fn mount(arguments: &[&str], place: &Path) {
    let status = Command::new("mount").args(arguments).arg(place).status().unwrap();
    assert!(status.success(), "mount {arguments:?} {}", place.display());
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk() {
    if !may_mount("a_full_disk") {
        return;
    }
    let site = site();
    let disk = tempfile::tempdir().unwrap();
    mount(&["-t", "tmpfs", "-o", "size=600k", "tmpfs"], disk.path());
    // The site is on the small disk, what it is made of is not.
    let output = disk.path().join("public");
    let arguments = ["-o", output.to_str().unwrap()];
    let (succeeded, said) = run(site.path(), &arguments);
    assert!(succeeded, "{said}");
    let full = ["check free space", "sprawdź wolne miejsce"];
    for way in 0..6 {
        let before = Files::read(&output);
        let filler = disk.path().join("filler");
        match way {
            // More files than fit; one that does not fit; no room for anything.
            0 => (0..400).for_each(|n| write(&site.path().join(format!("static/m/{n}.txt")), &"x".repeat(3000))),
            1 => write(&site.path().join("static/m.txt"), &"x".repeat(600_000)),
            2 => write(&site.path().join("content/a/p1.md"), &page("inna, w pełni")),
            3 => write(&site.path().join("static/new/folder/3.txt"), "w nowym folderze"),
            4 => fs::remove_file(site.path().join("static/s/4.txt")).unwrap(),
            _ => fs::remove_dir_all(site.path().join("static/s")).unwrap(),
        }
        if way >= 2 {
            let mut file = File::create(&filler).unwrap();
            let _ = std::io::copy(&mut std::io::repeat(0), &mut file);
        }
        for (language, said) in ["en", "pl"].into_iter().zip(full) {
            let (succeeded, message) = ended(command(site.path(), language, &arguments).spawn().unwrap());
            assert!(!succeeded && message.contains(said), "way {way}: {message}");
            assert!(message.len() < 4000, "way {way}: it does not end: {message}");
            assert_eq!(Files::read(&output), before, "way {way}: the old site");
        }
        match way {
            0 => fs::remove_dir_all(site.path().join("static/m")).unwrap(),
            1 => fs::remove_file(site.path().join("static/m.txt")).unwrap(),
            _ => fs::remove_file(&filler).unwrap(),
        }
        let (succeeded, said) = run(site.path(), &arguments);
        assert!(succeeded, "way {way}: {said}");
        is_clean(&site, &Files::read(&output), &format!("way {way}"));
        assert_eq!(fs::read_dir(disk.path()).unwrap().count(), 1, "way {way}: left behind");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn read_only_and_mounted_folders() {
    if !may_mount("read_only_and_mounted_folders") {
        return;
    }
    let site = site();
    let root = site.path();
    builds(&site, "first");
    let bind = |place: &Path| mount(&["--bind", place.to_str().unwrap()], place);
    let unmount = |place: &Path| assert!(Command::new("umount").arg(place).status().unwrap().success());
    // Nothing can be written beside the output folder, or in it.
    bind(root);
    mount(&["-o", "remount,bind,ro"], root);
    let (succeeded, said) = run(root, &[]);
    assert!(succeeded, "nothing has changed: {said}");
    unmount(root);
    for way in 0..3 {
        ways(&site, way, way);
        bind(root);
        mount(&["-o", "remount,bind,ro"], root);
        let cannot = ["check free space and your rights", "sprawdź wolne miejsce i prawa"];
        fails(root, &[], cannot, &format!("read-only, way {way}"));
        unmount(root);
        builds(&site, "no longer read-only");
    }
    // The output folder itself is a mount point: of another file system, of the same one.
    let place = root.join("public");
    let mounted = ["the folder is a mount point", "folder jest punktem montowania"];
    for is_other in [false, true] {
        for way in 0..3 {
            let what = format!("a mount point, of another disk: {is_other}, way {way}");
            if is_other {
                let copy = tempfile::tempdir().unwrap();
                assert!(Command::new("cp").arg("-a").arg(&place).arg(copy.path()).status().unwrap().success());
                mount(&["-t", "tmpfs", "tmpfs"], &place);
                let from = copy.path().join("public/.");
                assert!(Command::new("cp").arg("-a").arg(from).arg(&place).status().unwrap().success());
            } else {
                bind(&place);
            }
            ways(&site, way, way + 10);
            fails(root, &[], mounted, &what);
            fails(root, &["--force"], mounted, &what);
            assert!(left(root).is_empty(), "{what}: {:?}", left(root));
            unmount(&place);
            builds(&site, &what);
        }
    }
}

#[test]
fn clocks_that_jump() {
    let site = site();
    builds(&site, "first");
    let root = site.path();
    let day = Duration::from_hours(24);
    let now = SystemTime::now();
    let times = [now + day * 4000, SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH + day, now - day, now];
    let files = ["content/a/p1.md", "static/s/3.txt", "templates/page.html", "huta.toml"];
    for (round, time) in times.into_iter().enumerate() {
        for path in files {
            let what = format!("round {round}: {path}");
            let file = root.join(path);
            let text = fs::read_to_string(&file).unwrap();
            // As long as before, with a time that tells nothing; twice in the same moment.
            for word in ["a", "b"] {
                let comment = match path.rsplit_once('.').unwrap().1 {
                    "html" => format!("{{# {word} {round} #}}{word}"),
                    "toml" => format!("# {word} {round}\ntitle = \"{word}\""),
                    _ => format!("{word} {round}"),
                };
                fs::write(&file, format!("{text}\n{comment}\n")).unwrap();
                File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
                builds(&site, &what);
            }
            fs::write(&file, text).unwrap();
            File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
        }
        // Outputs from another time too.
        for path in ["public/a/p1/index.html", "public/s/3.txt", "public/.huta"] {
            File::options().write(true).open(root.join(path)).unwrap().set_modified(time).unwrap();
        }
        builds(&site, &format!("round {round}: outputs"));
    }
}

#[test]
fn the_day_goes_back() {
    let site = Site::new("").file("content/a.md", &page("x")).file("templates/page.html", "{{ config.today }}");
    let build = |epoch: &str, output: &str| {
        let status = Command::new(env!("CARGO_BIN_EXE_huta"))
            .args(["build", "--quiet", "--root"])
            .arg(site.path())
            .arg("-o")
            .arg(site.path().join(output))
            .env("SOURCE_DATE_EPOCH", epoch)
            .status()
            .unwrap();
        assert!(status.success());
        Files::read(&site.path().join(output))
    };
    for (round, epoch) in ["1795000000", "1700000000", "0", "4102444800", "-86400", "1700000000"].iter().enumerate() {
        let clean = build(epoch, &format!("clean-{round}"));
        assert_eq!(build(epoch, "public"), clean, "{epoch}");
        assert_eq!(build(epoch, "public"), clean, "{epoch}, once more");
    }
}

/// A file of `static/` that is a hard link in the site, edited where it lies, with a time that tells nothing: what is
/// compressed is what is there now.
#[test]
fn what_is_compressed_is_never_older_than_its_file() {
    let site = Site::new("hard_link_static = true\n[hosting]\nprecompress = [\"gz\"]\n");
    let file = site.path().join("static/a.css");
    write(&file, &"a { margin: 1px }\n".repeat(100));
    builds(&site, "first");
    assert_eq!(file.metadata().unwrap().nlink(), 2);
    for (round, time) in [SystemTime::UNIX_EPOCH, SystemTime::now() + Duration::from_secs(1 << 20)].iter().enumerate() {
        let text = format!("a {{ margin: {round}px }}\n").repeat(100);
        fs::write(&file, text).unwrap();
        File::options().write(true).open(&file).unwrap().set_modified(*time).unwrap();
        builds(&site, &format!("round {round}"));
        builds(&site, &format!("round {round} again"));
    }
}
