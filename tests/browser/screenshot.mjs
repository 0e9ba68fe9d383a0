// Pictures of the guide: `screenshot.mjs --readme` takes the home page, a place and three maps for the README,
// `screenshot.mjs --all DIR` takes a page of each kind for people to look at.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { launch } from './chromium.mjs';
import { homes, samples } from './site.mjs';

const [first, folder] = process.argv.slice(2);
if (first !== '--readme' && !(first === '--all' && folder)) {
  console.error('node screenshot.mjs --readme\nnode screenshot.mjs --all DIR');
  process.exit(2);
}

const browser = await launch();
const tab = await browser.newPage({ colorScheme: 'light', viewport: { width: 1280, height: 800 } });

if (first === '--all') {
  await mkdir(folder, { recursive: true });
  for (const { kind, lang, url } of samples) {
    const name = kind.replace('/*', '-page').replaceAll('/', '-').replace('.html', '');
    await tab.goto(url);
    for (const width of [360, 1280]) {
      await tab.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark']) {
        await tab.emulateMedia({ colorScheme });
        await tab.screenshot({ path: join(folder, `${name}.${lang}.${width}.${colorScheme}.png`), fullPage: true });
      }
    }
  }
} else {
  await tab.goto(homes.pl);
  await tab.screenshot({ path: 'home.png' });
  await tab.goto(homes.pl + 'miejsca/plac-centralny/');
  await tab.screenshot({ path: 'place.png' });
  const MAPS = [
    ['map-tour.png', homes.pl + 'trasy/krzyz-i-wolnosc/', 'light', 860],
    ['map-place.png', homes.en + 'places/central-square/', 'dark', 520],
    ['map-all.png', homes.en + 'map/', 'light', 1180],
  ];
  for (const [path, url, colorScheme, width] of MAPS) {
    await tab.setViewportSize({ width, height: 900 });
    await tab.emulateMedia({ colorScheme });
    await tab.goto(url);
    await tab.locator('.map-view').screenshot({ path });
  }
}
await browser.close();
