// A page with its style sheets fits in the first round trip, and has no JavaScript.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

import { onEach } from './browser.mjs';
import { files, guide, pages } from './site.mjs';

const BUDGET = 14_000;

async function compressed(name) {
  const bytes = await readFile(join(guide.folder, name));
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

/** Runs in the page: everything that could run a script. Data blocks are not scripts. */
function scripts() {
  const runs = ({ type }) => !type || /javascript|module|importmap|speculationrules/.test(type);
  const handlers = [...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames().filter((name) => name.startsWith('on')));
  return [
    ...[...document.scripts].filter(runs).map((script) => script.outerHTML),
    ...[...document.querySelectorAll('link[rel~="modulepreload"], link[as="script"], a[href^="javascript:" i]')].map((e) => e.outerHTML),
    ...performance.getEntriesByType('resource').filter(({ initiatorType }) => initiatorType === 'script').map(({ name }) => name),
    ...handlers,
  ];
}

onEach('the budget of a page', pages, {}, async (tab, page) => {
  assert.deepEqual(await tab.evaluate(scripts), []);
  const sheets = await tab.evaluate(() => [...document.querySelectorAll('link[rel~="stylesheet"]')].map(({ href }) => new URL(href).pathname));
  const names = [files.find(({ path }) => path === page.path).name, ...sheets];
  const sizes = await Promise.all(names.map(compressed));
  const total = sizes.reduce((a, b) => a + b);
  assert.ok(total <= BUDGET, `${total} bytes: ${names.map((name, i) => `${name} ${sizes[i]}`).join(', ')}`);
});
