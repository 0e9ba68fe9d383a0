// A tour goes on two sheets of paper: the map, then the stops.
import assert from 'node:assert/strict';

import { onEach } from './browser.mjs';
import { pages } from './site.mjs';

const tours = pages.filter(({ kind }) => kind === 'trasy/*');

onEach('a tour on paper', tours, { colorScheme: 'dark' }, async (tab) => {
  const pdf = await tab.pdf({ format: 'A4', preferCSSPageSize: true });
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;
  assert.equal(sheets, 2);
  await tab.emulateMedia({ media: 'print' });
  assert.ok(await tab.locator('.on-paper svg').isVisible(), 'the code of the address');
  assert.equal(await tab.locator('.map-tools:visible').count(), 0);
  const ground = await tab.locator('.map-view').evaluate((view) => getComputedStyle(view).backgroundColor);
  assert.ok(ground.match(/\d+/g).every((channel) => Number(channel) > 200), `paper is light: ${ground}`);
  await tab.emulateMedia({ media: 'screen' });
});
