// Pictures for "How to edit" (content/o-przewodniku/jak-edytowac): `node howto.mjs [NAME…]` takes them anew, all or those named.
// Every one is of the real thing: pages built from the examples of the handbook itself, and what huta prints in a terminal.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { launch } from './chromium.mjs';
import { HUTA, REPO, TODAY } from './huta.mjs';
import { serveFolder } from './server.mjs';

const PAGES = join(REPO, 'content/o-przewodniku/jak-edytowac');
const wanted = process.argv.slice(2);
const isWanted = (name) => !wanted.length || wanted.some((start) => name.startsWith(start));
const parent = mkdtempSync(join(tmpdir(), 'huta-howto-'));
process.on('exit', () => rmSync(parent, { recursive: true, force: true }));

/** The examples of a language as `[path, text, is a mistake]`; a fence names its file. */
function examples(lang) {
  const pages = readdirSync(PAGES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && name.endsWith('.en.md') === (lang === 'en'));
  const fence = /^```([^\n]*name=[^\n]*)\n([\s\S]*?)^```$/gm;
  return pages.flatMap((page) =>
    [...readFileSync(join(PAGES, page), 'utf8').matchAll(fence)].map(([, info, text]) => [
      info.match(/name=([^,\s]+)/)[1],
      text,
      info.includes('mistake='),
    ]),
  );
}

/** A copy of the guide with the good examples, or with one mistake. */
function guideWith(folder, files) {
  const root = join(parent, folder);
  for (const part of ['content', 'themes', 'huta.toml']) cpSync(join(REPO, part), join(root, part), { recursive: true });
  // The pages that the pictures are for would miss them.
  const own = join(root, PAGES.slice(REPO.length));
  for (const name of readdirSync(own)) {
    if (!name.startsWith('_index')) rmSync(join(own, name), { recursive: true });
    else writeFileSync(join(own, name), '---\ntitle: …\n---\n');
  }
  for (const [name, text] of files) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
    // A drawing of the guide's own stands for photographs: no picture shows them.
    for (const [, file] of text.matchAll(/file: (\S+)/g))
      cpSync(join(REPO, 'content/miejsca/kopiec-wandy/plate.jpg'), join(root, dirname(name), file));
  }
  return root;
}

const browser = await launch();
const tab = await browser.newPage({ colorScheme: 'light', viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

/** Takes a picture and makes it small. */
async function take(name, what, options = {}) {
  const path = join(PAGES, name);
  await what.screenshot({ path, ...options });
  execFileSync('pngquant', ['--force', '--ext', '.png', '--speed', '1', '--strip', '64', path]);
}

const COLOURS = {
  30: '#5c6670', 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 34: '#79c0ff', 35: '#d2a8ff', 36: '#76e3ea', 37: '#e6edf3',
  90: '#8b949e', 91: '#ffa198', 92: '#a5f3b0', 93: '#f2cc60', 94: '#a5d6ff', 95: '#e2c5ff', 96: '#b3f0ff', 97: '#ffffff',
};

/** What a terminal makes of a program's colours. */
function html(text) {
  let [open, style] = ['', {}];
  const escape = (plain) => plain.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return text.replace(/\x1b\[([\d;]*)m|[^\x1b]+/g, (whole, codes) => {
    if (codes === undefined) return open ? `<span style="${open}">${escape(whole)}</span>` : escape(whole);
    for (const code of codes.split(';').map(Number)) {
      if (code === 0) style = {};
      if (code === 1) style.bold = 'font-weight:700';
      if (COLOURS[code]) style.colour = `color:${COLOURS[code]}`;
      if (code === 39) delete style.colour;
    }
    open = Object.values(style).join(';');
    return '';
  });
}

/** A command in a folder, and the picture of a terminal with what it prints: the first `lines`, or all. */
export async function terminal(name, root, args, { lines = Infinity, lang }) {
  if (!isWanted(name)) return;
  const env = { ...process.env, CLICOLOR_FORCE: '1', COLUMNS: '80' };
  const run = await promisify(execFile)(HUTA, [...args.map((arg) => arg.replaceAll('"', '')), '--lang', lang, '--today', TODAY], { cwd: root, env }).catch((failed) => failed);
  const said = `${run.stdout}${run.stderr}`.trimEnd().split('\n');
  const shown = said.slice(0, lines);
  const command = `<span style="color:#7ee787">$</span> huta ${args.join(' ')}\n`;
  await tab.setContent(`<style>
    body { margin: 0; background: #10161d; }
    pre { margin: 0; padding: 14px 16px; inline-size: 608px; color: #d5dbe1; font: 12.5px/1.5 "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
  </style><pre>${command}${html(shown.join('\n'))}</pre>`);
  await take(name, tab.locator('pre'));
}

/** A part of a page. */
async function page(name, address, selector, prepare = async () => {}) {
  if (!isWanted(name)) return;
  await tab.setViewportSize({ width: 640, height: 400 });
  await tab.goto(address);
  await tab.waitForLoadState('networkidle');
  await prepare();
  if (selector) await take(name, tab.locator(selector).first());
  else await take(name, tab);
}

/** `huta serve` in words of a language: its panel, a place in a file, an error over the page. */
async function serving(lang, end) {
  if (!isWanted('wlasny-komputer/panel')) return;
  const root = guideWith(`serve-${lang}`, []);
  const file = join(root, `content/miejsca/plac-centralny/index.${lang === 'pl' ? '' : 'en.'}md`);
  const text = readFileSync(file, 'utf8');
  // A picture that nobody has described.
  cpSync(join(REPO, 'content/miejsca/kopiec-wandy/plate.jpg'), join(dirname(file), 'lipy.jpg'));
  const child = spawn(HUTA, ['serve', '-r', root, '--lang', lang, '-p', '0', '--today', TODAY], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit');
  const url = await new Promise((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => /^http:/.test(line) && resolve(line));
  });
  await tab.setViewportSize({ width: 640, height: 460 });
  await tab.goto(`${url}/${lang === 'pl' ? 'miejsca/plac-centralny' : 'en/places/central-square'}/`);
  const body = tab.locator('.prose > p').first();
  const show = () => body.evaluate((p) => scrollTo(0, p.getBoundingClientRect().top + scrollY - 40));
  await show();
  await tab.locator('huta-panel .count').click();
  await tab.waitForTimeout(1500);
  await take(`wlasny-komputer/panel${end}.png`, tab);
  await tab.keyboard.press('e');
  await tab.waitForTimeout(300);
  await body.click({ position: { x: 300, y: 60 } });
  await tab.waitForTimeout(500);
  await take(`wlasny-komputer/miejsce${end}.png`, tab);
  await tab.keyboard.press('e');
  writeFileSync(file, text.replace(/^title: .*$/m, `title: Plac Centralny: ${lang === 'pl' ? 'serce miasta' : 'the heart of the town'}`));
  await tab.locator('#huta-errors').waitFor();
  await take(`wlasny-komputer/blad${end}.png`, tab);
  child.kill('SIGINT');
  await ended;
}

/** The CMS at /admin/, on a copy of the guide. */
async function desk() {
  const { buildWithCms, contentFiles, openCms } = await import('./cms.mjs');
  const { url } = await buildWithCms();
  const files = await contentFiles();
  for (const [end, locale, address] of [['', 'pl-PL', '/admin/'], ['-en', 'en-GB', '/en/admin/']]) {
    const context = await browser.newContext({ locale, colorScheme: 'light', viewport: { width: 1100, height: 640 } });
    const own = await context.newPage();
    await openCms(own, url, files, address);
    const at = async (place) => {
      await own.goto(`${url}${address}#/collections/${place}`);
      await own.waitForTimeout(4000);
    };
    await at('miejsca');
    await take(`panel/lista${end}.png`, own);
    await at('organizacje/entries/dom-utopii/index');
    await take(`panel/dwa-jezyki${end}.png`, own);
    await context.close();
  }
}

for (const lang of ['pl', 'en']) {
  const end = lang === 'pl' ? '' : '-en';
  const found = examples(lang);
  const root = guideWith(lang, found.filter(([, , isMistake]) => !isMistake));
  const config = readFileSync(join(root, 'huta.toml'), 'utf8');
  // The addresses that a publisher gives.
  const addresses = 'edit_url = "https://example.org/edit/content/"\nreport_url = "mailto:redakcja@example.org"\n';
  writeFileSync(join(root, 'huta.toml'), config.replace(/^\[extra\]$/m, `[extra]\n${addresses}`));
  const site = join(parent, `site-${lang}`);
  const { url } = await serveFolder(site);
  await promisify(execFile)(HUTA, ['build', '-r', root, '-o', site, '-u', url, '--today', TODAY]);

  const below = (pl, en) => `${url}/${lang === 'pl' ? pl : `en/${en}`}`;
  await page(`literowka/stopka${end}.png`, below('miejsca/teatr-ludowy/', 'places/ludowy-theatre/'), null, async () => {
    await tab.setViewportSize({ width: 640, height: 300 });
    await tab.locator('.doc-foot').evaluate((foot) => scrollTo(0, foot.getBoundingClientRect().bottom + scrollY - 220));
  });
  await page(`organizacja/organizacja${end}.png`, below('organizacje/klub-promyk/', 'organisations/promyk-neighbours-club/'), null, () =>
    tab.locator('h2', { hasText: lang === 'pl' ? 'Co oferuje' : 'What it offers' }).evaluate((heading) => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 40)));
  await page(`wydarzenie/wydarzenie${end}.png`, below('kalendarz/spacer-po-lakach-2027/', 'calendar/spacer-po-lakach-2027/'), null, () =>
    tab.locator('h1').evaluate((heading) => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 60)));
  if (lang === 'pl') await page('legenda-i-trasa/trasa.png', below('trasy/krotki-spacer/'), '.map-view');

  const wrong = found.filter(([name]) => name.includes('pomylka-data'));
  await terminal(`sprawdzenie/blad${end}.png`, guideWith(`wrong-${lang}`, wrong), ['check', dirname(wrong[0][0])], { lang });
  await terminal(`tlumaczenie/status${end}.png`, REPO, ['status'], { lang, lines: 17 });
  const place = ['new', lang === 'pl' ? 'miejsce' : 'place', '"Dom z zegarem"', '--en', '"The clock house"', '--at', '50.0741,20.0389'];
  await terminal(`wlasny-komputer/nowa${end}.png`, guideWith(`new-${lang}`, []), place, { lang });
  await serving(lang, end);
}
if (isWanted('panel')) await desk();
await browser.close();
