//! What becomes of an output folder, whatever lies in it and whatever fails.

use super::*;

fn site(output: &Path, files: &[(&str, &str)]) -> Result<usize, Diagnostic> {
    Stage::check(output, false)?;
    let stage = Stage::open(output, false)?;
    for (path, text) in files {
        stage.write(path, text.as_bytes())?;
    }
    stage.commit()
}

#[test]
fn replaces_the_site_and_keeps_what_did_not_change() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    site(&output, &[("a/index.html", "1"), ("b.txt", "2")]).unwrap();
    let before = fs::metadata(output.join("b.txt")).unwrap().modified().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    site(&output, &[("a/index.html", "new"), ("b.txt", "2")]).unwrap();
    assert_eq!(fs::read_to_string(output.join("a/index.html")).unwrap(), "new");
    assert_eq!(fs::metadata(output.join("b.txt")).unwrap().modified().unwrap(), before);
    site(&output, &[("b.txt", "2")]).unwrap();
    assert!(!output.join("a").exists());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["public"]);
}

#[test]
fn strangers_are_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    site(&output, &[("a.txt", "1")]).unwrap();
    fs::write(output.join("mine.txt"), "precious").unwrap();
    let error = site(&output, &[("a.txt", "2")]).unwrap_err();
    assert_eq!(error.code, Code::ForeignOutput);
    assert!(error.message.en.contains("mine.txt"));
    assert_eq!(fs::read_to_string(output.join("a.txt")).unwrap(), "1");
    let plain = folder.path().join("documents");
    fs::create_dir(&plain).unwrap();
    fs::write(plain.join("thesis.txt"), "x").unwrap();
    assert!(site(&plain, &[]).is_err());
}

#[test]
fn what_was_made_of_a_file_is_kept_with_it_only() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    site(&output, &[("a.css", "1"), ("a.css.br", "of 1"), ("b.css", "2"), ("b.css.br", "of 2")]).unwrap();
    let stage = Stage::open(&output, false).unwrap();
    stage.write("a.css", b"1").unwrap();
    stage.write("b.css", b"3").unwrap();
    let is_made_of = |bytes: &[u8], made: &[u8]| made == [b"of ", bytes].concat();
    assert!(stage.keep_beside("a.css", "a.css.br", is_made_of) && stage.has("a.css.br"));
    assert!(!stage.keep_beside("b.css", "b.css.br", is_made_of));
    assert!(!stage.keep_beside("a.css", "a.css.gz", is_made_of));
    drop(stage);
    // Edited where it lies, as a hard link to `static/` may be, when the clock was wrong.
    fs::write(output.join("a.css"), "4").unwrap();
    let file = fs::File::options().write(true).open(output.join("a.css")).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    let stage = Stage::open(&output, false).unwrap();
    stage.write("a.css", b"4").unwrap();
    assert!(!stage.keep_beside("a.css", "a.css.br", is_made_of));
}

#[test]
fn what_came_during_the_build_stays() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let many: Vec<String> = (0..2 * FEW).map(|n| format!("{n}.txt")).collect();
    let files = |text: &'static str| many.iter().map(move |path| (path.as_str(), text)).collect::<Vec<_>>();
    site(&output, &files("1")).unwrap();
    // Much is exchanged; little is patched, where a stranger's name is the site's.
    for (files, name) in [(files("2"), "mine.txt"), (vec![("mine.txt", "3"), ("0.txt", "1")], "mine.txt")] {
        let stage = Stage::open(&output, false).unwrap();
        let is_small = files.len() < FEW;
        if is_small {
            stage.keep_all();
        }
        for (path, text) in files {
            stage.write(path, text.as_bytes()).unwrap();
        }
        fs::write(output.join(name), "precious").unwrap();
        let error = stage.commit().unwrap_err();
        assert!(error.code == Code::ForeignOutput && error.message.en.contains(name));
        assert_eq!(fs::read_to_string(output.join(name)).unwrap(), "precious");
        assert_eq!(fs::read_to_string(output.join("0.txt")).unwrap(), "1");
        fs::remove_file(output.join(name)).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_patch_that_cannot_be_applied_holds_nothing_up() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    site(&output, &[("a.txt", "1"), ("b.txt", "2")]).unwrap();
    let patch = folder.path().join(".public.huta-patch");
    // Killed when it was applied and half removed.
    fs::create_dir_all(patch.join("a")).unwrap();
    site(&output, &[("a.txt", "2"), ("b.txt", "2")]).unwrap();
    assert!(!patch.exists());
    // Somebody's folder is where a file is to go.
    fs::create_dir_all(output.join("c")).unwrap();
    fs::write(output.join("c/mine.txt"), "precious").unwrap();
    fs::create_dir(&patch).unwrap();
    fs::write(patch.join(patch::STEPS), "- b.txt\n+ a.txt\n+ c\n+ .huta").unwrap();
    fs::write(patch.join("a.txt"), "3").unwrap();
    fs::write(patch.join("c"), "3").unwrap();
    fs::write(patch.join(MANIFEST), "huta 1\na.txt\nc\n").unwrap();
    let error = site(&output, &[("a.txt", "4")]).unwrap_err();
    assert!(error.message.en.contains("c/mine.txt"), "{error:?}");
    fs::remove_file(output.join("c/mine.txt")).unwrap();
    site(&output, &[("a.txt", "4")]).unwrap();
    assert_eq!(fs::read_to_string(output.join("a.txt")).unwrap(), "4");
    assert!(!output.join("c").exists() && !output.join("b.txt").exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_dropped_stage_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let stage = Stage::open(&output, false).unwrap();
    stage.write("a.txt", b"1").unwrap();
    drop(stage);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn leftovers_of_a_killed_build_are_mended() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    site(&output, &[("a.txt", "1")]).unwrap();
    fs::rename(&output, folder.path().join(".public.huta-old")).unwrap();
    fs::create_dir(folder.path().join(".public.huta-999999999")).unwrap();
    drop(Stage::open(&output, false).unwrap());
    assert_eq!(fs::read_to_string(output.join("a.txt")).unwrap(), "1");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_patch_that_was_not_applied_whole_is_completed() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    site(&output, &[("a/index.html", "1"), ("b.txt", "2"), ("old/x.txt", "3")]).unwrap();
    // A kill after the renaming, when one file was in its place.
    let patch = folder.path().join(".public.huta-patch");
    fs::create_dir_all(patch.join("new")).unwrap();
    fs::write(patch.join(patch::STEPS), "- old/x.txt\n+ b.txt\n+ new/c.txt\n+ .huta").unwrap();
    fs::write(output.join("b.txt"), "two").unwrap();
    fs::write(patch.join("new/c.txt"), "c").unwrap();
    fs::write(patch.join(MANIFEST), "huta 1\na/index.html\nb.txt\nnew/c.txt\n").unwrap();
    Stage::check(&output, false).unwrap();
    let read = |path: &str| fs::read_to_string(output.join(path)).unwrap_or_default();
    assert_eq!([read("a/index.html"), read("b.txt"), read("new/c.txt")], ["1", "two", "c"]);
    assert!(!output.join("old").exists() && !patch.exists());
    assert_eq!(site(&output, &[("b.txt", "2")]).unwrap(), 1);
}

#[test]
fn much_and_little_give_the_same_site() {
    let folder = tempfile::tempdir().unwrap();
    let [patched, whole] = ["patched", "whole"].map(|name| folder.path().join(name));
    let many = |text: &'static str| (0..200).map(move |n| (format!("{n}/index.html"), text));
    let write = |output: &Path, files: &[(String, &str)]| {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        site(output, &files).unwrap();
    };
    let mut files: Vec<(String, &str)> = many("1").collect();
    write(&patched, &files);
    files[7].1 = "seven";
    files.remove(9);
    // A folder where a file was, a file where a folder was.
    files.push(("9".into(), "nine"));
    files.push(("200/index.html/index.html".into(), "deep"));
    write(&patched, &files);
    write(&whole, &files);
    let tree = |output: &Path| -> Vec<(String, String)> {
        let walk = WalkDir::new(output).sort_by_file_name().into_iter().map(Result::unwrap);
        walk.map(|entry| (relative(entry.path(), output), fs::read_to_string(entry.path()).unwrap_or_default()))
            .collect()
    };
    assert_eq!(tree(&patched), tree(&whole));
    files.retain(|(path, _)| !path.starts_with("200"));
    files.push(("200/index.html".into(), "flat"));
    write(&patched, &files);
    fs::remove_dir_all(&whole).unwrap();
    write(&whole, &files);
    assert_eq!(tree(&patched), tree(&whole));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn what_is_written_twice_is_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    site(&output, &[("a.txt", "1"), ("b.txt", "2")]).unwrap();
    site(&output, &[("a.txt", "0"), ("a.txt", "1"), ("b.txt", "2"), ("b.txt", "3")]).unwrap();
    let read = |path: &str| fs::read_to_string(output.join(path)).unwrap();
    assert_eq!([read("a.txt"), read("b.txt")], ["1", "3"]);
}

#[test]
fn dot_files_are_kept_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    site(&output, &[("a.txt", "1")]).unwrap();
    fs::create_dir(output.join(".git")).unwrap();
    fs::write(output.join(".git/HEAD"), "x").unwrap();
    assert!(Stage::check(&output, false).is_err());
    Stage::check(&output, true).unwrap();
    Stage::open(&output, true).unwrap().commit().unwrap();
    assert!(output.join(".git/HEAD").exists() && !output.join("a.txt").exists());
}

#[test]
fn a_stage_knows_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let own = folder.path().join("own.txt");
    fs::write(&own, "own").unwrap();
    site(&output, &[("a.txt", "1"), ("b.txt", "2"), ("c.txt", "own"), ("d.txt", "4"), ("e.txt", "5")]).unwrap();
    for (path, text) in [("mine.txt", "own"), ("other.txt", "oxn")] {
        fs::write(output.join(path), text).unwrap();
    }
    let stage = Stage::open(&output, false).unwrap();
    // Somebody's own file is not the old site's, whatever it holds.
    assert!(!stage.keep("mine.txt"));
    stage.copy("mine.txt", &own).unwrap();
    assert_eq!(stage.changed(), ["mine.txt"]);
    stage.leave("mine.txt");
    stage.copy("c.txt", &output.join("other.txt")).unwrap();
    assert_eq!(stage.changed(), ["c.txt"]);
    stage.leave("c.txt");
    for path in ["mine.txt", "other.txt"] {
        fs::remove_file(output.join(path)).unwrap();
    }
    stage.write("a.txt", b"1").unwrap();
    stage.write("b.txt", b"3").unwrap();
    stage.copy("c.txt", &own).unwrap();
    stage.copy("new/c.txt", &own).unwrap();
    assert!(stage.keep("d.txt") && !stage.keep("none.txt") && !stage.keep("../own.txt"));
    assert_eq!(stage.written(), ["a.txt", "b.txt", "c.txt", "d.txt", "new/c.txt"]);
    assert_eq!(stage.changed(), ["b.txt", "new/c.txt"]);
    assert!(stage.has("a.txt") && stage.has("b.txt") && !stage.has("e.txt"));
    let read = |path: &str| String::from_utf8(stage.read(path).unwrap()).unwrap();
    assert_eq!(["a.txt", "b.txt", "c.txt", "new/c.txt"].map(read), ["1", "3", "own", "own"]);
    // Not the old site's: nobody has said yet that it stays.
    assert!(stage.read("e.txt").is_err());
    stage.leave("b.txt");
    stage.leave("d.txt");
    stage.leave("none.txt");
    assert_eq!((stage.written().len(), stage.changed().len(), stage.folder.join("b.txt").exists()), (3, 1, false));
    // huta's own lists are no part of a site.
    for path in [MANIFEST, patch::STEPS] {
        stage.write(path, b"x").unwrap();
        assert!(!stage.has(path));
    }
    for path in ["", "../x", "/x", "a/../../x", "a\nb"] {
        assert!(stage.write(path, b"x").unwrap_err().message.en.contains("leaves the output folder"), "{path}");
    }
    // Another text, then the old one again.
    stage.write("a.txt", b"0").unwrap();
    assert_eq!(stage.changed(), ["a.txt", "new/c.txt"]);
    stage.write("a.txt", b"1").unwrap();
    assert_eq!((stage.changed(), stage.folder.join("a.txt").exists()), (vec!["new/c.txt".to_string()], false));
    stage.keep_all();
    assert_eq!(stage.commit().unwrap(), 6);
    assert_eq!(fs::read_to_string(output.join("b.txt")).unwrap(), "2");
}

#[test]
#[cfg(unix)]
fn links_share_their_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let [own, other] = ["own.txt", "other.txt"].map(|name| folder.path().join(name));
    fs::write(&own, "own").unwrap();
    fs::write(&other, "own").unwrap();
    assert!(is_one_file(&own, &own) && !is_one_file(&own, &other) && !is_one_file(&output, &output));
    assert!(same_bytes(&own, &other) && !same_bytes(&own, &output) && !same_bytes(&output, &output));
    let link = |from: &Path| {
        let stage = Stage::open(&output, false).unwrap();
        stage.link("a.txt", from).unwrap();
        let changed = stage.changed().len();
        stage.commit().unwrap();
        changed
    };
    assert_eq!((link(&own), is_one_file(&output.join("a.txt"), &own)), (1, true));
    assert_eq!((link(&own), is_one_file(&output.join("a.txt"), &own)), (0, true));
    assert_eq!((link(&other), is_one_file(&output.join("a.txt"), &other)), (1, true));
    fs::write(&other, "oxn").unwrap();
    assert!(!same_bytes(&own, &other));
    // What is no file can be linked and copied nowhere.
    let stage = Stage::open(&output, false).unwrap();
    assert!(stage.link("b.txt", &folder.path().join("none")).is_err() && !stage.has("b.txt"));
}

#[test]
fn a_file_is_put_together_of_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
    fs::write(&old, "abcdef").unwrap();
    let bytes = |text: &str| Piece::New(text.as_bytes().to_vec());
    let none = || -> Vec<Piece> { vec![] };
    for (pieces, expected) in [
        (vec![bytes("abc"), bytes("def")], None),
        (vec![bytes("abc"), Piece::Old(3..6)], None),
        (vec![Piece::Old(0..6)], None),
        (vec![bytes("abc")], Some("abc")),
        (none(), Some("")),
        (vec![bytes("abc"), bytes("defg")], Some("abcdefg")),
        (vec![bytes("abX"), bytes("def")], Some("abXdef")),
        (vec![bytes("ab"), Piece::Old(3..5), bytes("!")], Some("abde!")),
        (vec![Piece::Old(2..4), Piece::Old(0..1)], Some("cda")),
        (vec![bytes("abcdef"), Piece::Old(0..2)], Some("abcdefab")),
    ] {
        let said = format!("{pieces:?}");
        let _ = fs::remove_file(&new);
        let is_new = put_together(Some(&old), &new, &mut pieces.into_iter()).unwrap();
        let found = is_new.then(|| fs::read_to_string(&new).unwrap());
        assert_eq!((found.as_deref(), new.exists()), (expected, expected.is_some()), "{said}");
    }
    let fresh = |pieces: Vec<Piece>| put_together(None, &new, &mut pieces.into_iter());
    assert!(fresh(vec![bytes("a"), bytes("b")]).unwrap());
    assert_eq!(fs::read_to_string(&new).unwrap(), "ab");
    assert!(fresh(none()).unwrap());
    assert_eq!(fs::read_to_string(&new).unwrap(), "");
    assert!(fresh(vec![Piece::Old(0..1)]).is_err(), "there is no old file");
    assert!(put_together(Some(&old), &new, &mut [bytes("x"), Piece::Old(4..7)].into_iter()).is_err(), "it ends before");

    let output = folder.path().join("public");
    site(&output, &[("a.xml", "abcdef")]).unwrap();
    let stage = Stage::open(&output, false).unwrap();
    stage.write_pieces("a.xml", &mut [bytes("abc"), Piece::Old(3..6)].into_iter()).unwrap();
    assert!(stage.changed().is_empty() && stage.has("a.xml"));
    stage.write_pieces("a.xml", &mut [bytes("abc"), Piece::Old(0..1)].into_iter()).unwrap();
    stage.write_pieces("b.xml", &mut [bytes("new")].into_iter()).unwrap();
    assert_eq!((stage.changed().len(), stage.read("a.xml").unwrap()), (2, b"abca".to_vec()));
    // The same as before after all.
    stage.write_pieces("a.xml", &mut [Piece::Old(0..6)].into_iter()).unwrap();
    assert_eq!(stage.changed(), ["b.xml"]);
    assert!(stage.write_pieces("c.xml", &mut [Piece::Old(0..1)].into_iter()).is_err() && !stage.has("c.xml"));
}

#[test]
fn little_is_patched() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::open(&folder.path().join("public"), false).unwrap();
    let is_small = |stage: &Stage, new: usize, gone: usize| {
        let kept = stage.ours.iter().skip(gone).map(|path| (path.clone(), State::Same));
        stage.is_small(&kept.chain((0..new).map(|n| (format!("new{n}"), State::New))).collect())
    };
    assert!(!is_small(&stage, 1, 0), "there is nothing to patch");
    let ours = |count: usize| (0..count).map(|n| format!("{n:04}")).collect::<BTreeSet<_>>();
    stage.ours = ours(FEW + 1);
    assert!(is_small(&stage, FEW, 0) && is_small(&stage, 0, FEW) && is_small(&stage, 1, FEW - 1));
    assert!(!is_small(&stage, FEW + 1, 0) && !is_small(&stage, 1, FEW));
    stage.ours = ours(PATCHED * (FEW + 1));
    assert!(is_small(&stage, FEW + 1, 0) && !is_small(&stage, FEW + 2, 0));
    stage.ours = ours(PATCHED * (FEW + 1) - 1);
    assert!(!is_small(&stage, FEW + 1, 0));
    // One that could not be applied is still there.
    fs::create_dir(folder.path().join(".public.huta-patch")).unwrap();
    assert!(!is_small(&stage, 1, 0));
    fs::remove_dir(folder.path().join(".public.huta-patch")).unwrap();
    assert!(is_small(&stage, 1, 0));
    stage.replace_all();
    assert!(!is_small(&stage, 1, 0));
}

#[test]
fn some_strangers_are_named() {
    let names = |count: usize| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
    assert!(no_strangers("public", &[]).is_ok());
    let said = |count| no_strangers("public", &names(count)).unwrap_err().message.en;
    assert!(
        said(1).ends_with(": 0") && said(NAMED).ends_with(": 0, 1, 2") && said(NAMED + 1).ends_with(": 0, 1, 2, …")
    );

    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    site(&output, &[("a.txt", "1")]).unwrap();
    fs::create_dir_all(output.join(".git/deep")).unwrap();
    fs::create_dir_all(output.join("b/.c")).unwrap();
    for path in [".git/HEAD", ".git/deep/x", "b/.c/y", ".nojekyll", "d"] {
        fs::write(output.join(path), "x").unwrap();
    }
    assert_eq!(strangers(&output, &ours(&output), true), ["b/.c/y", "d"]);
    assert_eq!(strangers(&output, &ours(&output), false), [".git/HEAD", ".git/deep/x", ".nojekyll", "b/.c/y"]);
    assert!(Stage::check(&output.join("a.txt"), false).unwrap_err().message.en.contains("is a file"));
    Stage::check(&folder.path().join("none"), false).unwrap();
}

#[test]
fn strangers_in_the_way_of_a_patch_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    site(&output, &[("a.txt", "1")]).unwrap();
    let said = |count: usize| {
        let stage = Stage::open(&output, false).unwrap();
        stage.keep_all();
        for name in 0..count {
            stage.write(&name.to_string(), b"new").unwrap();
            fs::write(output.join(name.to_string()), "precious").unwrap();
        }
        stage.commit().unwrap_err().message.en
    };
    assert!(said(NAMED).ends_with(": 0, 1, 2") && said(NAMED + 1).ends_with(": 0, 1, 2, …"));
}

#[test]
fn only_a_list_of_ours_counts() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    fs::create_dir(&output).unwrap();
    for (list, expected) in [
        ("huta 1\na\nb/c\n../d\n/e\n\n.huta\n", vec!["a", "b/c"]),
        ("huta 2\na\n", vec![]),
        ("a\nb\n", vec![]),
        ("", vec![]),
    ] {
        fs::write(output.join(MANIFEST), list).unwrap();
        assert_eq!(ours(&output).into_iter().collect::<Vec<_>>(), expected, "{list}");
    }
    let patch = patch::folder(&output);
    fs::create_dir(&patch).unwrap();
    fs::write(patch.join(patch::STEPS), "- a\n+ f\n+ .huta").unwrap();
    assert_eq!(ours(&output).into_iter().collect::<Vec<_>>(), ["f"]);
    assert_eq!(manifest_text(["a".to_string(), "b".to_string()].iter()), "huta 1\na\nb\n");
}

#[test]
fn a_site_can_replace_all() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    fs::create_dir(&output).unwrap();
    fs::write(output.join("old.txt"), "x").unwrap();
    let mut stage = Stage::open(&output, false).unwrap();
    stage.write("a.txt", b"1").unwrap();
    stage.replace_all();
    assert_eq!(stage.commit().unwrap(), 1);
    assert!(!output.join("old.txt").exists() && output.join("a.txt").exists());
}

#[test]
fn dot_files_that_are_in_the_way_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let many: Vec<(String, &str)> = (0..=FEW).map(|n| (format!("{n}.txt"), "1")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    site(&output, &[&many[..], &[(".old", "1")]].concat()).unwrap();
    fs::create_dir_all(output.join(".git/objects")).unwrap();
    fs::write(output.join(".git/objects/1"), "x").unwrap();
    fs::write(output.join(".well-known"), "x").unwrap();
    let open = |own: &str| {
        let stage = Stage::open(&output, true).unwrap();
        stage.write(own, b"1").unwrap();
        stage
    };
    for own in [".git", ".git/objects", ".well-known/security.txt"] {
        let error = open(own).commit().unwrap_err();
        assert_eq!(error.code, Code::ForeignOutput, "{own}");
        assert!(output.join("0.txt").exists() && output.join(".well-known").is_file());
    }
    assert_eq!(open(".git/HEAD").commit().unwrap(), 1);
    let there = [".git/HEAD", ".git/objects/1", ".well-known"].map(|path| output.join(path).is_file());
    assert_eq!(there, [true; 3]);
    assert!(!output.join(".old").exists() && !output.join("0.txt").exists());
}

#[test]
fn folders_of_builds_that_run_stay() {
    let folder = tempfile::tempdir().unwrap();
    let own = format!(".public.huta-{}", std::process::id());
    let make = || {
        for name in [own.as_str(), ".public.huta-999999999", ".other.huta-999999999", ".public.huta-x"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
    };
    let left = || {
        let mut names: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    make();
    recover(folder.path(), "public", false);
    let mut expected = [".other.huta-999999999".to_string(), own.clone(), ".public.huta-x".to_string()];
    expected.sort();
    assert_eq!(left(), expected);
    make();
    recover(folder.path(), "public", true);
    assert_eq!(left(), [".other.huta-999999999", ".public.huta-x"]);
    // Moved aside, when the new site was in its place already.
    let [output, old] = ["public", ".public.huta-old"].map(|name| folder.path().join(name));
    assert_eq!(aside(&output), old);
    for folder in [&output, &old] {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join("a.txt"), folder.to_string_lossy().as_bytes()).unwrap();
    }
    Stage::mend(&output);
    assert!(!old.exists() && fs::read_to_string(output.join("a.txt")).unwrap().ends_with("public"));
}

#[test]
fn a_patch_without_a_site_waits() {
    let folder = tempfile::tempdir().unwrap();
    let [output, patch] = ["public", ".public.huta-patch"].map(|name| folder.path().join(name));
    fs::create_dir(&patch).unwrap();
    fs::write(patch.join("a.txt"), "1").unwrap();
    fs::write(patch.join(patch::STEPS), "+ a.txt").unwrap();
    Stage::mend(&output);
    assert!(!output.exists() && patch.join("a.txt").exists());
}

#[test]
fn folders_change_places() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
    for folder in [&a, &b] {
        fs::create_dir_all(folder.join("deep")).unwrap();
        fs::write(folder.join("x.txt"), folder.to_string_lossy().as_bytes()).unwrap();
    }
    let ends = |file: &Path, end: &str| fs::read_to_string(file.join("x.txt")).unwrap().ends_with(end);
    let is_known = cfg!(any(target_os = "linux", target_os = "android", target_vendor = "apple"));
    assert_eq!((exchange(&a, &b), ends(&a, "b"), ends(&b, "a")), (is_known, is_known, is_known));
    assert!(!exchange(&a, &folder.path().join("none")) && a.exists());
    // A folder is no file that could make room.
    assert!(make_room(&a).is_err() && a.join("x.txt").exists());
    make_room(&a.join("new/file.txt")).unwrap();
    make_room(&a.join("x.txt")).unwrap();
    assert!(a.join("new").is_dir() && !a.join("x.txt").exists());
}

#[test]
fn a_folder_that_cannot_be_replaced_has_its_own_help() {
    let help = |kind: io::ErrorKind| write_failed(Path::new("public"), &kind.into()).help.unwrap().en;
    assert!(help(io::ErrorKind::ResourceBusy).contains("mount point"));
    assert!(help(io::ErrorKind::CrossesDevices).contains("mount point"));
    assert!(help(io::ErrorKind::StorageFull).contains("free space"));
}
