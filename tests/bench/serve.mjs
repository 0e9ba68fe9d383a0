// From saving a page to seeing it: `huta serve` on the real guide, in Chromium.
//
// node tests/bench/serve.mjs [page.md] [edits]
//
// A copy of the guide is edited again and again while a browser looks at the page; each time is measured from just before
// the file is written until the page with the new text was drawn. `HUTA` is the program (built with --release), `FRONT=1`
// edits the title instead of the text, `CSS=1` the theme's style sheet. After `cd tests/browser && npm ci`.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const REPO = fileURLToPath(new URL('../../', import.meta.url));
process.env.HUTA ??= join(REPO, 'target/release/huta');
const { serve } = await import('../browser/huta.mjs');
const { launch } = await import('../browser/chromium.mjs');

const page = process.argv[2] ?? 'miejsca/aleja-roz/index.md';
const edits = Number(process.argv[3] ?? 20);
const sheet = 'themes/nowa-huta/static/nowa-huta.css';

/** Tells when a number that was written into the file has been drawn. */
function tell() {
  const told = new Set();
  const look = () => {
    const style = document.body && getComputedStyle(document.body).getPropertyValue('--edit');
    const [, number] = `${document.querySelector('main')?.textContent} edit-${style}-end`.match(/edit-(\d+)-end/) ?? [];
    if (number && !told.has(number)) {
      told.add(number);
      // The frame after the one that has it: by then it was painted.
      requestAnimationFrame(() => drawn(Number(number), performance.timeOrigin + performance.now()));
    }
    requestAnimationFrame(look);
  };
  look();
}

const root = await mkdtemp(join(tmpdir(), 'huta-bench-'));
let server;
let browser;
try {
  for (const name of ['huta.toml', 'content', 'themes', '.cache']) {
    await cp(join(REPO, name), join(root, name), { recursive: true }).catch(() => {});
  }
  const file = join(root, process.env.CSS ? sheet : `content/${page}`);
  const original = await readFile(file, 'utf8');
  const edited = (number) => {
    if (process.env.CSS) return `${original}\nbody { --edit: ${number}; }\n`;
    if (process.env.FRONT) return original.replace(/^title: .*$/m, `title: Tytuł edit-${number}-end`);
    return `${original.trimEnd()}\n\nAkapit edit-${number}-end.\n`;
  };
  server = await serve(root);
  browser = await launch();
  const tab = await browser.newPage();
  const waiting = new Map();
  await tab.exposeFunction('drawn', (number, time) => waiting.get(number)?.(time));
  await tab.addInitScript(tell);
  await tab.goto(`${server.url}/${page.replace(/(\/index)?\.md$/, '')}/`);
  if (await tab.locator('#huta-errors').count()) throw new Error(await tab.locator('#huta-errors').innerText());
  const times = [];
  for (let number = 1; number <= edits; number += 1) {
    // As an editor does: the next save comes when everything is quiet, and not in step with anything.
    await sleep(900 + 37 * (number % 7));
    const seen = new Promise((resolve) => waiting.set(number, resolve));
    const text = edited(number);
    const start = performance.timeOrigin + performance.now();
    await writeFile(file, text);
    times.push((await Promise.race([seen, sleep(20_000).then(() => Promise.reject(new Error(`edit ${number} was never seen`)))])) - start);
  }
  const sorted = [...times].sort((a, b) => a - b);
  const shown = (time) => `${Math.round(time)} ms`;
  console.log(`${edits} edits of ${process.env.CSS ? sheet : page}: median ${shown((sorted[(edits - 1) >> 1] + sorted[edits >> 1]) / 2)}, worst ${shown(sorted.at(-1))}`);
  console.log(times.map(shown).join(', '));
} finally {
  await browser?.close();
  await server?.stop();
  await rm(root, { recursive: true, force: true });
}
process.exit();
