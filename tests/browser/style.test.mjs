// The page that shows the style says the truth: contrasts are what they are, and what the theme can say is on it.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { it } from 'node:test';

import { onEach } from './browser.mjs';
import { REPO } from './huta.mjs';
import { pages } from './site.mjs';

const own = pages.filter(({ path }) => ['/o-przewodniku/styl/', '/en/about/style/'].includes(path));

/** Runs in the page: each colour with its ground, and what is said of the two. */
const colours = () =>
  [...document.querySelectorAll('[data-ratio]')].map((said) => {
    const token = said.closest('li');
    const [colour, ground] = [getComputedStyle(token).color, getComputedStyle(token.closest('[data-ground]')).backgroundColor];
    const shift = token.closest('.shift').classList.contains('dark') ? 'dark' : 'light';
    return { name: token.querySelector('code').textContent, on: token.parentElement.querySelector('code').textContent, shift, colour, ground, said: said.dataset.ratio, shown: said.textContent };
  });

/** Contrast as WCAG 2.2 has it. */
function contrast(...pair) {
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/\d+/g).map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, light] = pair.map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** What the colours of the theme promise: text 7:1 on paper and sheet, accents 4.5:1 everywhere, edges of fields 3:1. */
function promised({ name, on }) {
  if (name === 'hair') return 1;
  if (['edge', 'plan-line'].includes(name)) return 3;
  return ['ink', 'soft'].includes(name) && ['paper', 'sheet'].includes(on) ? 7 : 4.5;
}

it('is there in both languages', () => assert.equal(own.length, 2));

for (const colorScheme of ['light', 'dark']) {
  onEach(`contrasts are as said, read in the ${colorScheme}`, own, { colorScheme }, async (tab) => {
    const found = await tab.evaluate(colours);
    assert.ok(found.length > 50);
    assert.deepEqual(new Set(found.map(({ shift }) => shift)), new Set(['light', 'dark']));
    const grounds = new Set(found.filter(({ on }) => on === 'paper').map(({ ground }) => ground));
    assert.equal(grounds.size, 2, 'both shifts are there at once');
    for (const colour of found) {
      const ratio = contrast(colour.colour, colour.ground);
      const what = `${colour.name} on ${colour.on}, ${colour.shift}`;
      assert.equal(colour.said, (Math.floor(ratio * 10) / 10).toFixed(1), what);
      assert.equal(colour.shown.replace(',', '.').replace(/\s/g, ''), `${colour.said}:1`, what);
      assert.ok(ratio >= promised(colour), `${what}: ${ratio}`);
    }
  });
}

onEach('every token of a colour is shown', own, {}, async (tab) => {
  const css = await readFile(`${REPO}themes/nowa-huta/static/nowa-huta.css`, 'utf8');
  const tokens = new Set([...css.matchAll(/--([\w-]+): (?:light-dark\(|#)/g)].map(([, name]) => name));
  const shown = new Set(await tab.locator('.ground code').allTextContents());
  // Blocks of the plan are shapes, and nothing is written on them.
  assert.deepEqual([...tokens].filter((name) => !shown.has(name)), ['plan-block']);
});

onEach('every badge is shown', own, {}, async (tab, { lang }) => {
  const toml = await readFile(`${REPO}huta.toml`, 'utf8');
  const words = toml.split('[languages.en.translations]')[lang === 'pl' ? 0 : 1];
  const named = (key) => [...words.matchAll(new RegExp(`^"${key}\\.(\\w+)" = "(.*)"$`, 'gm'))].map(([, name, word]) => ({ name, word }));
  const shown = await tab.locator('.states .badge').allTextContents();
  const states = ['verdict', String.raw`event\.state`, String.raw`call\.state`].flatMap(named);
  const promises = named('status').filter(({ name }) => ['planned', 'started', 'done', 'late', 'dropped', 'unknown'].includes(name));
  assert.ok(states.length > 12 && promises.length === 6);
  const plain = (text) => text.replace(/\s/g, ' ').trim();
  assert.deepEqual([...states, ...promises].filter(({ word }) => !shown.some((text) => plain(text) === plain(word))), []);
});

onEach('what has the focus, is pointed at or cannot be used looks so', own, {}, async (tab) => {
  const looks = await tab.locator('.controls tbody tr').evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll('td')].map((cell) => {
      const { outlineStyle, borderColor, borderStyle, boxShadow, backgroundColor, cursor } = getComputedStyle(cell.querySelector('button, input, select'));
      return [outlineStyle, borderColor, borderStyle, boxShadow, backgroundColor, cursor].join();
    })));
  assert.equal(looks.length, 6);
  for (const [rest, hover, focus, disabled] of looks.slice(0, 4)) assert.equal(new Set([rest, hover, focus, disabled]).size, 4);
  for (const [rest, , focus] of looks) assert.notEqual(rest, focus);
});

it('uses the components of the theme: each family of them is named in its template, or is a part of one that is', async () => {
  const folder = `${REPO}themes/nowa-huta/templates/`;
  const template = await readFile(`${folder}style.html`, 'utf8');
  const shown = new Set([...template.matchAll(/<([a-z][\w.]*) ?[^>]*>/g)].map(([, name]) => name));
  const missing = [];
  for (const file of await readdir(`${folder}components`)) {
    const text = await readFile(`${folder}components/${file}`, 'utf8');
    const names = [...text.matchAll(/\{%-? component ([\w.]+)\(/g)].map(([, name]) => name);
    if (!names.some((name) => shown.has(name))) missing.push(file);
  }
  assert.deepEqual(missing, APART);
});

/** Families that only one page has, or that are not seen. */
const APART = ['door.html', 'embed.html', 'home.html', 'monitor.html', 'offline.html', 'plan.html', 'publisher.html', 'shared.html', 'year.html'];
