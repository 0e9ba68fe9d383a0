#!/usr/bin/env python3
"""How many mutants the Rust tests catch, of a random sample: tests/mutants/run.py [--sample 240] [--seed 1] [--jobs 2].

`cargo mutants` (cargo install cargo-mutants) says what could be changed; `huta-mutants` weaves the sample into one program, in a copy of
the repository below target/mutants, so that all of them cost one build. Those that do not compile are left out. Then the test
programs run for each, the fast ones first, until one fails or takes too long. They run where the repository is read-only, since
a mutant of a program that deletes files may delete others. Linux only; as root, for the mounts. The result is in
target/mutants/result.json.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "mutants"
TREE = WORK / "tree"
ROOMS = ["content", "guide", "map", "publish"]
SWITCH = '''
/// Whether a mutant is awake.
#[doc(hidden)]
#[must_use]
pub fn mutant(number: u32) -> bool {
    static AWAKE: std::sync::LazyLock<u32> =
        std::sync::LazyLock::new(|| std::env::var("MUTANT").ok().and_then(|number| number.parse().ok()).unwrap_or(0));
    *AWAKE == number
}
'''


def sample(options):
    """Mutants by number, from 1 on."""
    globs = [part for room in ROOMS for part in ("-f", f"src/{room}/**")]
    told = subprocess.run(["cargo", "mutants", "--list", "--json", *globs], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    everything = json.loads(told)
    chosen = random.Random(options.seed).sample(everything, min(options.sample, len(everything)))
    print(f"{len(everything)} mutants in {', '.join(ROOMS)}; {len(chosen)} of them by chance (seed {options.seed})", flush=True)
    return {number: mutant for number, mutant in enumerate(chosen, 1)}


def weave(mutants):
    """Makes the copy anew with these mutants in it; returns where each stands."""
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    names = [name for name in files.split("\0") if name and (ROOT / name).exists()]
    fresh = WORK / "fresh"
    for name in names:
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).write_bytes((ROOT / name).read_bytes())
    library = fresh / "src" / "lib.rs"
    library.write_text(library.read_text() + SWITCH)
    chosen = WORK / "chosen.json"
    chosen.write_text(json.dumps([{"number": number, **mutant} for number, mutant in mutants.items()]))
    program = ["cargo", "run", "--quiet", "--manifest-path", HERE / "Cargo.toml", "--target-dir", WORK / "weaver", "--", fresh, chosen]
    woven = json.loads(subprocess.run(program, check=True, capture_output=True, text=True).stdout)
    for name in names:
        new, copy = (fresh / name).read_bytes(), TREE / name
        # What stays as it is need not be built again.
        if not copy.exists() or copy.read_bytes() != new:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(new)
    return woven


def cargo(*arguments):
    """Messages of cargo in the copy."""
    environment = {**os.environ, "CARGO_TARGET_DIR": str(WORK / "target")}
    done = subprocess.run(["cargo", *arguments, "--message-format=json"], cwd=TREE, env=environment, capture_output=True, text=True)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def refused(messages, woven):
    """Numbers of the mutants that the compiler's errors speak of: the innermost around each place, else the nearest before it."""
    found = set()
    for message in messages:
        if message.get("reason") != "compiler-message" or message["message"]["level"] != "error":
            continue
        spans = message["message"]["spans"]
        hits = []
        for span in spans:
            file = os.path.relpath(TREE / span["file_name"], TREE)
            here = [one for one in woven if one["file"] == file]
            around = [one for one in here if one["from"] <= span["byte_start"] < one["to"]]
            before = [one for one in here if one["from"] <= span["byte_start"]]
            if around:
                hits.append((0, min(around, key=lambda one: one["to"] - one["from"])["number"]))
            elif before:
                hits.append((1, max(before, key=lambda one: one["from"])["number"]))
        found.update(number for rank, number in hits if rank == min(hits)[0])
    return found


def build(mutants):
    """Leaves out what does not compile; returns the test programs."""
    asleep = dict(mutants)
    for attempt in range(40):
        woven = weave(asleep)
        there = {one["number"] for one in woven}
        for number in [number for number in asleep if number not in there]:
            del asleep[number]
        # Not "check": the dependencies would have to be checked as well as built.
        code, messages = cargo("build", "--locked", "--lib")
        if not code:
            break
        bad = refused(messages, woven)
        if not bad:
            sys.exit("\n".join(message["message"]["rendered"] for message in messages if message.get("reason") == "compiler-message"))
        print(f"round {attempt + 1}: {len(bad)} do not compile", flush=True)
        for number in bad:
            asleep.pop(number, None)
    code, messages = cargo("test", "--locked", "--no-run")
    if code:
        sys.exit("the tests do not compile")
    # The library and the program have one name.
    built = [message for message in messages if message.get("executable") and "bench" not in message["target"]["kind"]]
    programs = {f"{message['target']['name']} ({message['target']['kind'][0]})" if message["target"]["kind"] != ["test"] else message["target"]["name"]: message["executable"]
                for message in built if message["profile"]["test"] or message["target"]["kind"] == ["test"]}
    print(f"{len(asleep)} compile", flush=True)
    return asleep, programs


def run(program, number, limit):
    """Whether a test program ends well: "passed", "failed" or "late"."""
    # The repository read-only, /tmp another, and what is written into the copy is gone afterwards.
    script = (f"set -e; mount --bind {ROOT.parent} {ROOT.parent}; mount -o remount,bind,ro {ROOT.parent}; mount -t tmpfs tmpfs /tmp; mkdir /tmp/upper /tmp/work /tmp/own;"
              f" mount -t overlay -o lowerdir={WORK},upperdir=/tmp/upper,workdir=/tmp/work overlay {WORK}; cd {TREE};"
              f" exec timeout -k 5 {limit:.0f} {program}")
    environment = {**os.environ, "MUTANT": str(number), "TMPDIR": "/tmp/own", "CARGO_MANIFEST_DIR": str(TREE), "CARGO_PKG_NAME": "huta"}
    done = subprocess.run(["unshare", "--mount", "sh", "-c", script], cwd=TREE, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace", text=True)
    return ("passed" if not done.returncode else "late" if done.returncode in (124, 137) else "failed"), done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=240)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="mutants that are tried at the same time")
    parser.add_argument("--skip", nargs="*", default=[], help="test programs that are not run")
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    mutants = sample(options)
    asleep, programs = build(mutants)
    (WORK / "target" / "tmp").mkdir(parents=True, exist_ok=True)
    usual = {}
    for name, program in programs.items():
        if name in options.skip:
            continue
        begun = time.monotonic()
        state, said = run(program, 0, 900)
        usual[name] = time.monotonic() - begun
        if state != "passed":
            sys.exit(f"{name} fails without any mutant:\n{said[-3000:]}")
    order = sorted(usual, key=usual.get)
    print("programs: " + ", ".join(f"{name} {usual[name]:.1f} s" for name in order), flush=True)
    result = []

    def catch(number):
        """The program that fails with this mutant awake, and how; `None` when all end well."""
        limit = lambda name: max(30, 6 * usual[name])
        return next(((name, state) for name in order if (state := run(programs[name], number, limit(name))[0]) != "passed"), None)

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for (number, mutant), caught in zip(asleep.items(), pool.map(catch, asleep)):
            result.append({"name": mutant["name"], "genre": mutant["genre"], "caught": caught})
            print(f"{number:4} {'missed' if not caught else ' by '.join(reversed(caught)):24} {mutant['name']}", flush=True)
            (WORK / "result.json").write_text(json.dumps(result, indent=1))
    missed = [one for one in result if not one["caught"]]
    print(f"{len(result) - len(missed)} of {len(result)} caught: {1 - len(missed) / len(result):.1%}; {len(mutants) - len(asleep)} did not compile")
    for room in ROOMS:
        own = [one for one in result if one["name"].startswith(f"src/{room}/")]
        print(f"  {room}: {sum(bool(one['caught']) for one in own)} of {len(own)}")


if __name__ == "__main__":
    main()
