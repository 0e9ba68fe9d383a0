// A page with its style sheets fits in the first round trip, and has no JavaScript but for maps and for opening pictures.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

import { onEach } from './browser.mjs';
import { distinct, files, guide } from './site.mjs';

/** 14 kB: with the headers of an answer the ten segments of 1460 bytes that a server sends at once (RFC 6928). */
const BUDGET = 14 * 1024;
/** Pages that are a map or have one of everything of a kind: the home page, tours, the map of everything (both in frames too), the directory, the ideas, all messages, the lists of all pages and of all sources, the style. */
const MAP_BUDGET = 60_000;
const isMap = ({ kind }) => ['trasy/*', 'embed/trasy/*', 'embed/tours/*', 'embed/mapa', 'embed/map'].includes(kind) || ['home', 'mapa', 'organizacje', 'pomysly', 'szukaj', 'osadz', 'o-przewodniku/styl', 'en/about/style', 'o-przewodniku/jak-edytowac/komunikaty', 'o-przewodniku/zrodla-i-licencje'].includes(kind);
/** Pages that are made to be printed: all chapters at once, all days of two years. */
const BOOK_BUDGET = 120_000;
const isBook = ({ kind }) => ['poradnik/druk', 'kalendarz/rok'].includes(kind);
const budgetOf = (page) => (isBook(page) ? BOOK_BUDGET : isMap(page) ? MAP_BUDGET : BUDGET);
/** What a page says to machines stands after everything that is shown, so nobody waits for it; it must not grow without end. */
const DATA_BUDGET = 6_000;
const DATA = /<script type="?application\/ld\+json"?>(.*?)<\/script>/gs;
/** Scripts that a page may have, and what in it asks for them. */
const SCRIPTS = {
  'map.js': { budget: 6_000, asks: '.map-view' },
  'gallery.js': { budget: 3_000, asks: '.pic > a' },
  'directory.js': { budget: 4_000, asks: '.find' },
  'search.js': { budget: 3_000, asks: '.search' },
  'reader.js': { budget: 5_000, asks: '.search .results:not([hidden])' },
  'offline.js': { budget: 5_000, asks: '[data-offline]' },
  'embed-guide.js': { budget: 3_000, asks: '.embed-guide' },
  'embed.js': { budget: 1_500, asks: '.embed-guide' },
  'embed-frame.js': { budget: 2_000, asks: 'body.embed' },
};

const sizes = new Map();

const brotli = (bytes, quality) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length;

/** Bytes of files on their way, compressed so that they fit into `budget`: quickly where that does, else as well as can be. */
async function compressed(names, budget) {
  for (const quality of [6, 11]) {
    let total = 0;
    for (const name of names) {
      const key = `${name} ${quality}`;
      if (!sizes.has(key)) {
        const bytes = await readFile(join(guide.folder, name));
        sizes.set(key, brotli(name.endsWith('.html') ? bytes.toString().replace(DATA, '') : bytes, quality));
      }
      total += sizes.get(key);
    }
    if (total <= budget || quality === 11) return total;
  }
}

/** Runs in the page: everything that could run a script, and which of these selectors something answers to. Data blocks are not scripts. */
function scripts(selectors) {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const runs = ({ type }) => !type || /javascript|module|importmap|speculationrules/.test(type);
  const hasHandler = (e) => e.getAttributeNames().some((name) => name.startsWith('on'));
  const links = all('link[rel~="modulepreload"], link[as="script"], a[href^="javascript:" i]');
  const loaded = performance.getEntriesByType('resource').filter(({ initiatorType }) => initiatorType === 'script');
  const found = [
    ...[...all('script').filter(runs), ...all('*').filter(hasHandler), ...links].map((e) => e.src || e.outerHTML.slice(0, 120)),
    ...loaded.map(({ name }) => name),
  ];
  return { found, asked: selectors.filter((selector) => document.querySelector(selector)) };
}

onEach('the budget of a page', distinct, {}, async (tab, page) => {
  const all = await tab.evaluate(scripts, Object.values(SCRIPTS).map(({ asks }) => asks));
  let { found } = all;
  for (const [name, { budget, asks }] of Object.entries(SCRIPTS)) {
    const own = found.filter((script) => new RegExp(`/${name.replace('.js', String.raw`(\.\w+)?\.js(\?|$)`)}`).test(script));
    assert.equal(own.length > 0, all.asked.includes(asks), `${name} is there when ${asks} is`);
    if (own.length) {
      const size = await compressed([name], budget);
      assert.ok(size <= budget, `${name}: ${size} bytes`);
    }
    found = found.filter((script) => !own.includes(script));
  }
  assert.deepEqual(found, []);
  // Nothing waits for a sheet for paper: browsers fetch it after all else.
  const links = tab.locator('link[rel~="stylesheet"]:not([media="print"])');
  const sheets = await links.evaluateAll((found) => found.map(({ href }) => new URL(href).pathname));
  const { name: file } = files.find(({ path }) => path === page.path);
  const html = await readFile(join(guide.folder, file), 'utf8');
  const data = [...html.matchAll(DATA)];
  for (const { index, 0: { length } } of data) assert.doesNotMatch(html.slice(index + length), /<(?!\/)/, 'data stands last');
  const spoken = brotli(data.map(([, json]) => json).join(''), 6);
  assert.ok(spoken <= DATA_BUDGET, `${spoken} bytes for machines`);
  const total = await compressed([file, ...sheets], budgetOf(page));
  assert.ok(total <= budgetOf(page), `${total} bytes: ${[file, ...sheets]}`);
  if (page.kind !== 'home') return;
  // The home page is there before its map is.
  const before = brotli(html.slice(0, html.search(/<svg[^>]*class="?map\b/)), 11);
  const styles = await compressed(sheets, BUDGET - before);
  assert.ok(before + styles <= BUDGET, `${before + styles} bytes before the map`);
});
