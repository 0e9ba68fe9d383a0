// Pictures of the guide: `screenshot.mjs --readme` takes the home page, a place and three maps for the README,
// `screenshot.mjs --all DIR` a page of each kind for people to look at, `screenshot.mjs --sheet DIR` the same pages, many on a
// picture, at four widths, by day, by night and as they are printed.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { launch } from './chromium.mjs';
import { homes, samples } from './site.mjs';

const [first, folder, ...words] = process.argv.slice(2);
if (first !== '--readme' && !((first === '--all' || first === '--sheet') && folder)) {
  console.error('node screenshot.mjs --readme\nnode screenshot.mjs --all DIR\nnode screenshot.mjs --sheet DIR [pl|en] [360|768|1280|1920] [light|dark|print]');
  process.exit(2);
}

const browser = await launch();
const tab = await browser.newPage({ colorScheme: 'light', viewport: { width: 1280, height: 800 } });

const TAKES = { '--readme': readme, '--all': all, '--sheet': sheets };
await TAKES[first]();
await browser.close();

async function readme() {
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

async function all() {
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
}

/** Sheets of pictures: file `LANGUAGE-WIDTH-LOOK-NUMBER.jpg`. `words` choose among them. */
async function sheets() {
  const SCALES = { 360: 0.6, 768: 0.35, 1280: 0.3, 1920: 0.22 }; // of a picture on its sheet
  const HEIGHT = 2600; // pixels of a page, from its top: what comes below is more of the same
  const MANY = 12; // pictures on a sheet
  const PAPER = 720; // A4 within its margins
  const looks = Object.keys(SCALES).map(Number).flatMap((width) => [[width, 'light'], [width, 'dark']]);
  const kinds = [...looks, [PAPER, 'print']].filter(([width, look]) => words.every((word) => [`${width}`, look, ...Object.keys(homes)].includes(word)));
  await mkdir(folder, { recursive: true });
  for (const lang of Object.keys(homes).filter((one) => !words.some((word) => word in homes) || words.includes(one))) {
    const taken = new Map(kinds.map((kind) => [kind, []]));
    for (const { path, url } of samples.filter((page) => page.lang === lang)) {
      await tab.setViewportSize({ width: 1280, height: 800 });
      await tab.emulateMedia({ media: 'screen', colorScheme: 'light' });
      await tab.goto(url);
      for (const kind of kinds) {
        const [width, look] = kind;
        await tab.setViewportSize({ width, height: 800 });
        await tab.emulateMedia(look === 'print' ? { media: 'print', colorScheme: 'light' } : { media: 'screen', colorScheme: look });
        const height = await tab.evaluate(readThrough, HEIGHT);
        const shot = await tab.screenshot({ fullPage: true, type: 'jpeg', quality: 80, clip: { x: 0, y: 0, width, height } });
        taken.get(kind).push({ path, src: `data:image/jpeg;base64,${shot.toString('base64')}`, width: Math.round(width * (SCALES[width] ?? 0.4)) });
      }
    }
    for (const [[width, look], pictures] of taken) {
      for (let at = 0; at < pictures.length; at += MANY) {
        await compose(pictures.slice(at, at + MANY), join(folder, `${lang}-${width}-${look}-${at / MANY + 1}.jpg`));
      }
    }
  }
}

/** Runs in the page: goes down to its end, so that all pictures are there; gives its height, at most `limit`. */
async function readThrough(limit) {
  const height = Math.min(document.documentElement.scrollHeight, limit);
  for (let y = 0; y < height; y += innerHeight) {
    scrollTo(0, y);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  scrollTo(0, 0);
  const near = [...document.images].filter((image) => image.getBoundingClientRect().top < limit && image.checkVisibility());
  await Promise.race([Promise.all(near.map((image) => image.decode().catch(() => {}))), new Promise((resolve) => setTimeout(resolve, 5000))]);
  return height;
}

async function compose(pictures, path) {
  const sheet = await browser.newPage({ viewport: { width: 6 * (pictures[0].width + 12), height: 800 } });
  await sheet.setContent(`<style>
    body { margin: 0; display: grid; grid-template-columns: repeat(6, max-content); gap: 12px; background: #888; font: 15px/1.2 sans-serif }
    figure { margin: 0 } img { display: block } figcaption { max-width: ${pictures[0].width}px; overflow-wrap: anywhere; padding: 3px; color: #000; background: #ff0 }
  </style>${pictures.map(({ path: name, src, width }) => `<figure><img src="${src}" width="${width}"><figcaption>${name}</figcaption></figure>`).join('')}`);
  await sheet.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  await sheet.screenshot({ path, fullPage: true, type: 'jpeg', quality: 85 });
  await sheet.close();
}
