// On paper: a tour is two sheets, a chapter brings its checklist, the whole handbook begins each chapter on a new sheet.
import assert from 'node:assert/strict';

import { onEach } from './browser.mjs';
import { pages, samples } from './site.mjs';

const A4 = { format: 'A4', preferCSSPageSize: true };
const tours = pages.filter(({ kind }) => kind === 'trasy/*');
const chapters = samples.filter(({ kind }) => kind === 'poradnik/*');
const books = pages.filter(({ kind }) => kind === 'poradnik/druk');

const sheets = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;

onEach('a tour on paper', tours, { colorScheme: 'dark' }, async (tab) => {
  assert.equal(sheets(await tab.pdf(A4)), 2);
  await tab.emulateMedia({ media: 'print' });
  assert.ok(await tab.locator('.on-paper svg').isVisible(), 'the code of the address');
  assert.equal(await tab.locator('.map-tools:visible').count(), 0);
  const ground = await tab.locator('.map-view').evaluate((view) => getComputedStyle(view).backgroundColor);
  assert.ok(ground.match(/\d+/g).every((channel) => Number(channel) > 200), `paper is light: ${ground}`);
  await tab.emulateMedia({ media: null });
});

onEach('a chapter on paper', chapters, { colorScheme: 'dark' }, async (tab) => {
  assert.ok(sheets(await tab.pdf(A4)) <= 5);
  await tab.emulateMedia({ media: 'print' });
  assert.ok(await tab.locator('.checklist .check li').first().isVisible(), 'boxes to tick');
  assert.equal(await tab.locator('.nav:visible, .pager:visible, .foot:visible').count(), 0);
  await tab.emulateMedia({ media: null });
});

onEach('the whole handbook', books, {}, async (tab) => {
  const parts = tab.locator('.book article');
  const count = await parts.count();
  assert.ok(count > 10);
  const own = pages.filter(({ kind, lang }) => kind === 'poradnik/*' && lang === books[0].lang).length;
  assert.equal(count, own, 'all chapters');
  const links = await tab.locator('.contents a').evaluateAll((found) => found.map((a) => a.hash.slice(1)));
  assert.deepEqual(links, await parts.evaluateAll((found) => found.map(({ id }) => id)), 'in the order of the contents');
  const ids = await tab.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length, 'no anchor twice');
  const levels = await parts.evaluateAll((found) => found.flatMap((part) => [...part.querySelectorAll('h1, h2')].map((h) => h.localName)));
  assert.deepEqual(levels, Array(count).fill('h2'), 'headings of chapters are one level lower');
  assert.ok(sheets(await tab.pdf(A4)) > count, 'each chapter begins on a sheet of its own');
});
