#!/usr/bin/env python3
"""From saving a page to having it: `huta serve` without a browser, and its memory after many saves.

    tests/bench/saves.py [--pages 10000] [--edits 20] [--many 0] [--huta target/release/huta] [--site FOLDER --page a/b.md] [--title]

Edits a page of a copy of the benchmark site (site.py), or of any other site, again and again. For each edit the time is told from
just before the file is written until the server has answered an open page's question for news, and until the new text is in what
it sends. `--many 1000` goes on without pauses up to so many edits and tells the resident memory after 10, 100, 1000; `--title`
edits the front matter. The address of the page is where Zola would put it.
"""
import argparse
import http.client
import json
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent


class Server:
    def __init__(self, huta, site):
        self.child = subprocess.Popen([huta, "serve", "--root", site, "--lang", "en", "-p", "0", "--today", "2026-11-23"],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in self.child.stderr:
            if found := re.match(r"http://(127\.0\.0\.1:\d+)$", line.strip()):
                self.host = found[1]
                break
        else:
            sys.exit("huta serve has ended")
        threading.Thread(target=lambda: [None for _ in self.child.stderr], daemon=True).start()

    def get(self, path):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.request("GET", path, headers={"Sec-Fetch-Site": "same-origin"})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return body

    def news(self, page, after=0, wait=False):
        asked = urllib.parse.urlencode({"path": page, "after": after, "wait": "true" if wait else "false"})
        return json.loads(self.get(f"/__huta/news?{asked}"))

    def memory(self):
        """Resident megabytes."""
        text = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1000

    def stop(self):
        self.child.terminate()
        self.child.wait()


def save(server, file, text, page, mark):
    """Seconds until the news came, and until the page had the mark."""
    version = server.news(page)["version"]
    told = []

    def wait():
        after = version
        while True:
            news = server.news(page, after, True)
            after = news["version"]
            if news["page"]:
                told.append(time.perf_counter())
                return

    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.02)
    begun = time.perf_counter()
    file.write_text(text, encoding="utf-8")
    waiting.join()
    while mark not in server.get(page):
        if time.perf_counter() - begun > 60:
            sys.exit(f"{mark} was never seen")
        time.sleep(0.002)
    return told[0] - begun, time.perf_counter() - begun


def quiet(server, page):
    """Until the rest of the site is made."""
    version = None
    while version != (version := server.news(page)["version"]):
        time.sleep(1.2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10000)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--many", type=int, default=0)
    parser.add_argument("--huta", default=ROOT / "target/release/huta")
    parser.add_argument("--site", type=pathlib.Path)
    parser.add_argument("--page", default="dzial-00/strona-000000.md")
    parser.add_argument("--title", action="store_true")
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="huta-saves-"))
    site = folder / "site"
    try:
        if options.site:
            site.mkdir()
            for name in [".cache", "content", "huta.toml", "static", "templates", "themes", "zola.toml"]:
                if (of := options.site / name).is_dir():
                    shutil.copytree(of, site / name)
                elif of.exists():
                    shutil.copy(of, site / name)
        else:
            command = [sys.executable, HERE / "site.py", site, str(options.pages // 2)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        file = site / "content" / options.page
        original = file.read_text(encoding="utf-8")
        page = "/" + re.sub(r"(/index)?\.md$", "", options.page) + "/"
        begun = time.perf_counter()
        server = Server(options.huta, site)
        try:
            print(f"first build {time.perf_counter() - begun:.2f} s, {server.memory():.0f} MB")

            def edited(n):
                mark = f"edit-{n}-end"
                if options.title:
                    return mark, re.sub(r"(?m)^title: .*$", f"title: Title {mark}", original, count=1)
                return mark, f"{original.rstrip()}\n\nParagraph {mark}.\n"

            def one(n):
                mark, text = edited(n)
                return save(server, file, text, page, mark)

            def middle(of):
                return f"median {statistics.median(of) * 1000:.0f} ms, worst {max(of) * 1000:.0f} ms"

            times = []
            for n in range(options.edits):
                quiet(server, page)
                times.append(one(n))
            print(f"{options.edits} edits: told {middle([t for t, _ in times])}; sent {middle([s for _, s in times])}")
            for n in range(options.edits, options.many):
                one(n)
                if n + 1 in (10, 100, 200, 500, 1000):
                    quiet(server, page)
                    print(f"{n + 1} edits: {server.memory():.0f} MB", flush=True)
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


main()
