// Saving a tour and the handbook, and reading them with the network off and the server gone. The site lies below a path and has
// its strict policy on.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';

import { axeFindsNothing } from './axe.mjs';
import { withTab } from './browser.mjs';
import { build, REPO, serve } from './huta.mjs';
import { serveFolder } from './server.mjs';

const BASE = '/some/path/';
const parent = await mkdtemp(join(tmpdir(), 'huta-offline-'));
process.on('exit', () => rmSync(parent, { recursive: true, force: true }));

let port, home, root, folder, tour, list;
let server;
const asked = [];

async function start() {
  server = await serveFolder(folder, port, BASE, (path) => asked.push(path));
}

async function stop() {
  await server.close();
}

/** A page of its own profile, with the server up. */
const fresh = (options, use) =>
  withTab(options, async (tab) => {
    await use(tab);
  });

/** Typography ties words together. */
const plain = (text) => text.replaceAll('\u00a0', ' ').trim();
const says = (tab) => tab.locator('.offline [role=status]');
const press = (tab, name) => tab.getByRole('button', { name, exact: true }).click();

async function save(tab, words = ['Zapisz…', 'Zapisz', /^Zapisano \d+ /]) {
  await press(tab, words[0]);
  await press(tab, words[1]);
  await says(tab).filter({ hasText: words[2] }).waitFor({ timeout: 60_000 });
}

/** The network goes: of the browser, and of the server too, so that nothing can come from it. */
async function offline(tab, use) {
  await tab.context().setOffline(true);
  await stop();
  const before = asked.length;
  try {
    await use();
    assert.equal(asked.length, before);
  } finally {
    await tab.context().setOffline(false);
    await start();
  }
}

const stores = (tab) => tab.evaluate(() => caches.keys());
const workers = (tab) => tab.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => all.length));

/** Every picture of the page, looked at, has been decoded. */
async function picturesShow(tab) {
  const pictures = tab.locator('main img');
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await picture.evaluate((image) => image.decode());
  }
  const widths = await pictures.evaluateAll((all) => all.map((image) => image.naturalWidth));
  assert.ok(widths.length && widths.every((width) => width > 0), `${widths}`);
}

before(async () => {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  port = probe.address().port;
  await new Promise((resolve) => probe.close(resolve));
  home = `http://127.0.0.1:${port}${BASE}`;
  root = join(parent, 'guide');
  for (const part of ['content', 'themes', 'huta.toml']) await cp(join(REPO, part), join(root, part), { recursive: true });
  folder = join(parent, 'site');
  // A photograph in several widths and formats, which the guide's tours do not have yet.
  await photograph();
  await build(root, folder, home.slice(0, -1));
  await start();
  tour = `${home}trasy/krzyz-i-wolnosc/`;
  list = JSON.parse(await readFile(join(folder, 'trasy/krzyz-i-wolnosc/offline.json'), 'utf8'));
});
after(() => server?.close());

async function photograph() {
  await withTab({ viewport: { width: 2000, height: 1200 } }, async (tab) => {
    const png = await tab.evaluate(() => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 2000, height: 1200 });
      const context = canvas.getContext('2d');
      for (let x = 0; x < 2000; x += 20) {
        for (let y = 0; y < 1200; y += 20) {
          context.fillStyle = `hsl(${(x * 7 + y * 13) % 360} 60% 50%)`;
          context.fillRect(x, y, 20, 20);
        }
      }
      return canvas.toDataURL('image/jpeg').split(',')[1];
    });
    const place = join(root, 'content/trasy/krzyz-i-wolnosc');
    await writeFile(join(place, 'photo.jpg'), Buffer.from(png, 'base64'));
    for (const [file, alt] of [['index.md', 'Kolorowe pola'], ['index.en.md', 'Coloured fields']]) {
      const text = await readFile(join(place, file), 'utf8');
      const facts = file === 'index.md' ? '    credit: Ala\n    licence: CC0-1.0\n' : '';
      const entry = `  - file: photo.jpg\n    alt: ${alt}\n${facts}`;
      const said = /^gallery:\n/m.test(text) ? text.replace(/^gallery:\n/m, `gallery:\n${entry}`) : text.replace(/^---\n/, `---\ngallery:\n${entry}`);
      await writeFile(join(place, file), said);
    }
  });
}

describe('before anybody asks', () => {
  it('nothing is stored and no worker is there, on the page of a tour, of the handbook and of what is saved', () =>
    fresh({}, async (tab) => {
      for (const page of [tour, `${home}poradnik/`, `${home}zapisane/`]) {
        await tab.goto(page, { waitUntil: 'networkidle' });
        assert.deepEqual([await stores(tab), await workers(tab)], [[], 0], page);
      }
      await tab.goto(tour);
      await press(tab, 'Zapisz…');
      await says(tab).filter({ hasText: /Zajmie [\d,]+\sMB/ }).waitFor();
      assert.deepEqual([await stores(tab), await workers(tab)], [[], 0]);
      await press(tab, 'Nie teraz');
      await says(tab).filter({ hasText: /^Zapisz, żeby/ }).waitFor();
    }));

  it('the size that is told is that of the files', async () => {
    let bytes = 0;
    for (const { url, bytes: told } of list.files) {
      const file = url.slice(BASE.length - 1).replace(/\/$/, '/index.html');
      const { length } = await readFile(join(folder, file));
      assert.equal(length, told, url);
      bytes += length;
    }
    assert.equal(list.bytes, bytes);
  });

  it('a picture is listed once, in a width for phones', () => {
    const photos = list.files.filter(({ url }) => url.includes('/photo.'));
    assert.equal(photos.length, 1);
    assert.match(photos[0].url, /\.1088\.webp$/);
    assert.equal(photos[0].also.length, 5);
  });

  it('scripts are small', async () => {
    let bytes = 0;
    for (const name of ['offline.js', 'offline-worker.js']) bytes += brotliCompressSync(await readFile(join(folder, name))).length;
    assert.ok(bytes <= 8000, `${bytes}`);
  });
});

describe('a saved tour', () => {
  it('opens without a network, with its map, its pictures in any width, "where am I", the other language', () =>
    fresh({ permissions: ['geolocation'], geolocation: { latitude: 50.0776, longitude: 20.0365, accuracy: 20 } }, async (tab) => {
      await tab.goto(tour);
      await save(tab);
      assert.equal((await stores(tab)).length, 1);
      await offline(tab, async () => {
        for (const size of [{ width: 360, height: 700 }, { width: 1400, height: 900 }]) {
          await tab.setViewportSize(size);
          await tab.goto(tour);
          assert.match(plain(await tab.title()), /^Krzyż i wolność/);
          await picturesShow(tab);
        }
        // As it is shown with the network: styles, the map and its script.
        assert.ok((await tab.evaluate(() => [...document.styleSheets].filter((sheet) => sheet.media.mediaText !== 'print' && !sheet.cssRules.length))).length === 0);
        await tab.locator('.map-tools [data-map=in]').click();
        assert.ok(await tab.locator('.map-box[data-zoomed]').count());
        await tab.locator('.map-tools [data-map=here]').click();
        await tab.locator('.map .here').waitFor();
        // The full view, which fetches its sheet and the largest picture when it is opened.
        await tab.locator('.pic > a').first().click();
        const large = tab.locator('dialog.viewer img');
        await large.waitFor();
        await large.evaluate((image) => image.decode());
        await tab.keyboard.press('Escape');
        await tab.locator('.langs a[hreflang=en]').click();
        assert.equal(tab.url(), `${home}en/tours/cross-and-freedom/`);
        assert.match(await tab.title(), /^Cross and Freedom/);
        await picturesShow(tab);
        await says(tab).filter({ hasText: /^Saved on / }).waitFor();
      });
    }));

  it('says of other pages that they are not saved, in the language of the address, and what is', () =>
    fresh({}, async (tab) => {
      await tab.goto(tour);
      await save(tab);
      await offline(tab, async () => {
        for (const [path, lang, title, link] of [
          ['miejsca/arka-pana/', 'pl', 'Tej strony nie masz w tym urządzeniu', 'Krzyż i wolność'],
          ['en/places/arka-pana/', 'en', 'You do not have this page on this device', 'Cross and Freedom'],
          ['nie/ma/takiej/', 'pl', 'Tej strony nie masz w tym urządzeniu', 'Krzyż i wolność'],
        ]) {
          await tab.goto(home + path);
          assert.equal(tab.url(), home + path);
          assert.equal(await tab.locator('html').getAttribute('lang'), lang);
          assert.equal(plain(await tab.getByRole('heading', { level: 1 }).textContent()), title);
          assert.equal(plain(await tab.title()), title);
          const there = tab.locator('.offline-list a');
          await there.waitFor();
          assert.equal(plain(await there.textContent()), link);
          await there.click();
          assert.equal(plain(await tab.locator('h1').textContent()), link);
        }
        await tab.goto(`${home}zapisane/`);
        assert.equal(await tab.getByRole('heading', { level: 1 }).textContent(), 'Zapisane');
      });
    }));

  it('is offered anew when the guide has changed, and only what changed is fetched', () =>
    fresh({}, async (tab) => {
      await tab.goto(tour);
      await save(tab);
      const page = join(root, 'content/trasy/krzyz-i-wolnosc/index.md');
      const before = await readFile(page, 'utf8');
      await writeFile(page, `${before}\nNowe zdanie o tej trasie.\n`);
      try {
        await build(root, folder, home.slice(0, -1));
        await tab.reload();
        await says(tab).filter({ hasText: 'W przewodniku jest nowsza wersja.' }).waitFor();
        asked.length = 0;
        await press(tab, 'Zaktualizuj');
        await says(tab).filter({ hasText: /^Zapisano \d+ / }).filter({ hasNotText: 'nowsza' }).waitFor();
        assert.equal(asked.filter((path) => path.includes('/processed_images/')).length, 0, `${asked}`);
        assert.equal((await stores(tab)).length, 1);
        await offline(tab, async () => {
          await tab.goto(tour);
          assert.match(plain(await tab.locator('main').textContent()), /Nowe zdanie o tej trasie/);
        });
      } finally {
        await writeFile(page, before);
        await build(root, folder, home.slice(0, -1));
      }
    }));

  it('goes when it is removed, and with the last one the worker', () =>
    fresh({}, async (tab) => {
      await tab.goto(tour);
      await save(tab);
      await tab.goto(`${home}zapisane/`);
      await tab.getByRole('button', { name: 'Usuń: Krzyż i wolność' }).click();
      await tab.getByText('Nic tu jeszcze nie zapisano.').waitFor();
      assert.deepEqual([await stores(tab), await workers(tab)], [[], 0]);
      await tab.goto(tour);
      await says(tab).filter({ hasText: /^Zapisz, żeby/ }).waitFor();
    }));
});

describe('the handbook', () => {
  it('is saved with all its chapters, in both languages', () =>
    fresh({ viewport: { width: 320, height: 640 } }, async (tab) => {
      await tab.goto(`${home}en/handbook/`);
      await save(tab, ['Save…', 'Save', /^Saved on /]);
      const whole = JSON.parse(await readFile(join(folder, 'poradnik/offline.json'), 'utf8'));
      const pages = whole.files.map(({ url }) => url).filter((url) => url.endsWith('/'));
      await offline(tab, async () => {
        assert.ok(pages.length > 20, `${pages.length}`);
        for (const url of pages) {
          await tab.goto(new URL(url, home).href);
          assert.equal(await tab.locator('[data-lost]:not([hidden])').count(), url.includes('/zapisane/') || url.includes('/saved/') ? 3 : 0, url);
        }
        await tab.goto(`${home}zapisane/`);
        await tab.locator('.offline-list a', { hasText: 'Poradnik' }).waitFor();
      });
    }));
});

describe('what cannot be saved', () => {
  it('for want of room is said, and leaves nothing behind', () =>
    fresh({}, async (tab) => {
      await tab.goto(tour);
      const cdp = await tab.context().newCDPSession(tab);
      await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(home).origin, quotaSize: 120_000 });
      for (const honest of [true, false]) {
        // Browsers that do not tell how much room there is find out while they save.
        if (!honest) await tab.evaluate(() => (navigator.storage.estimate = async () => ({})));
        await press(tab, honest ? 'Zapisz…' : 'Spróbuj ponownie');
        await press(tab, 'Zapisz');
        await says(tab).filter({ hasText: 'Brakuje miejsca w pamięci urządzenia. Nic nie zostało zapisane.' }).waitFor();
        assert.deepEqual([await stores(tab), await workers(tab)], [[], 0]);
      }
      await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(home).origin });
    }));

  it('for want of leave is said', () =>
    fresh({}, async (tab) => {
      await tab.addInitScript(() => {
        caches.keys = () => Promise.reject(new DOMException('no', 'SecurityError'));
      });
      await tab.goto(`${home}en/tours/cross-and-freedom/`);
      await says(tab).filter({ hasText: /^This browser does not let pages be saved\./ }).waitFor();
      assert.equal(await tab.locator('.offline button').count(), 0);
    }));

  it('in a browser without workers is said', () =>
    fresh({}, async (tab) => {
      await tab.addInitScript(() => delete Navigator.prototype.serviceWorker);
      await tab.goto(tour);
      await tab.getByText('Ta przeglądarka nie pozwala zapisywać stron.').waitFor();
    }));

  it('because the network broke off, or sent something else, is said, and what was saved before stays', () =>
    fresh({}, async (tab) => {
      await tab.goto(tour);
      await tab.route('**/map.*.css', (route) => route.fulfill({ body: '<p>Zaloguj się do sieci' }));
      await press(tab, 'Zapisz…');
      await press(tab, 'Zapisz');
      await says(tab).filter({ hasText: /^Nie udało się pobrać/ }).waitFor();
      assert.deepEqual([await stores(tab), await workers(tab)], [[], 0]);
      await tab.unroute('**/map.*.css');
      await press(tab, 'Spróbuj ponownie');
      await press(tab, 'Zapisz');
      await says(tab).filter({ hasText: /^Zapisano \d+ / }).waitFor();
    }));

  it('when it is stopped leaves nothing behind; neither does a page that was closed', () =>
    fresh({}, async (tab) => {
      await tab.goto(tour);
      await tab.route('**/nowa-huta.*.css', () => {});
      await press(tab, 'Zapisz…');
      await press(tab, 'Zapisz');
      await tab.getByRole('progressbar').waitFor();
      await press(tab, 'Przerwij');
      await says(tab).filter({ hasText: 'Przerwano. Nic nie zostało zapisane.' }).waitFor();
      assert.deepEqual(await stores(tab), []);
      await press(tab, 'Spróbuj ponownie');
      await press(tab, 'Zapisz');
      await tab.getByRole('progressbar').waitFor();
      await tab.waitForFunction(() => caches.keys().then((names) => names.length));
      await tab.unroute('**/nowa-huta.*.css');
      await tab.goto('about:blank');
      await tab.goto(tour);
      await says(tab).filter({ hasText: /^Zapisz, żeby/ }).waitFor();
      await tab.waitForFunction(() => caches.keys().then((names) => !names.length));
    }));
});

describe('everybody can save', () => {
  for (const [colorScheme, width] of [['light', 1280], ['dark', 320]]) {
    it(`axe finds nothing in any state, ${colorScheme}, ${width} px`, () =>
      fresh({ colorScheme, viewport: { width, height: 700 } }, async (tab) => {
        const narrow = () => tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
        await tab.goto(tour);
        await axeFindsNothing(tab);
        await press(tab, 'Zapisz…');
        await says(tab).filter({ hasText: 'Zajmie' }).waitFor();
        await axeFindsNothing(tab);
        await press(tab, 'Zapisz');
        await says(tab).filter({ hasText: /^Zapisano \d+ / }).waitFor({ timeout: 60_000 });
        await axeFindsNothing(tab);
        assert.ok(await narrow());
        await tab.goto(`${home}en/saved/`);
        await tab.locator('.offline-list a').waitFor();
        await axeFindsNothing(tab);
        assert.ok(await narrow());
        await offline(tab, async () => {
          await tab.goto(`${home}miejsca/`);
          await tab.locator('.offline-list a').waitFor();
          await axeFindsNothing(tab);
        });
      }));
  }

  it('with the keyboard alone, and is told how far it is', () =>
    fresh({}, async (tab) => {
      await tab.goto(tour);
      await tab.evaluate(() => {
        window.told = [];
        const line = document.querySelector('.offline [role=status]');
        new MutationObserver(() => window.told.push(line.textContent)).observe(line, { childList: true });
      });
      await tab.getByRole('button', { name: 'Zapisz…' }).focus();
      await tab.keyboard.press('Enter');
      await says(tab).filter({ hasText: 'Zajmie' }).waitFor();
      assert.equal(await tab.evaluate(() => document.activeElement.textContent), 'Zapisz');
      await tab.keyboard.press('Enter');
      await says(tab).filter({ hasText: /^Zapisano \d+ [a-z]/ }).waitFor();
      assert.equal(await tab.evaluate(() => document.activeElement.textContent), 'Usuń');
      const told = await tab.evaluate(() => window.told);
      assert.ok(told.some((text) => /^Zapisano \d+%\.$/.test(text)), `${told}`);
      await tab.keyboard.press('Enter');
      await says(tab).filter({ hasText: /^Zapisz, żeby/ }).waitFor();
    }));
});

describe('huta serve', () => {
  it('shows each change at once where a worker is left from a built site', async () => {
    const site = join(parent, 'serve');
    await cp(root, site, { recursive: true });
    const running = await serve(site);
    try {
      await withTab({}, async (tab) => {
        await tab.goto(`${running.url}/trasy/krzyz-i-wolnosc/`);
        await tab.evaluate(async () => {
          await navigator.serviceWorker.register('/offline-worker.js', { scope: '/' });
          await navigator.serviceWorker.ready;
          // What a built site at this address would have left.
          const scope = `${location.origin}/`;
          const store = await caches.open(`huta ${scope} /trasy/krzyz-i-wolnosc/ 1 1`);
          await store.put('/trasy/krzyz-i-wolnosc/', new Response('<h1>old', { headers: { 'content-type': 'text/html' } }));
          await store.put(`${scope}offline.json`, Response.json({ id: '/trasy/krzyz-i-wolnosc/', files: [{ url: '/trasy/krzyz-i-wolnosc/' }], shelf: {}, pages: {} }));
        });
        await tab.reload();
        assert.ok(await tab.evaluate(() => Boolean(navigator.serviceWorker.controller)));
        const page = join(site, 'content/trasy/krzyz-i-wolnosc/index.md');
        await writeFile(page, `${await readFile(page, 'utf8')}\nZdanie na żywo.\n`);
        await tab.getByText('Zdanie na żywo.').waitFor();
        await tab.reload();
        await tab.getByText('Zdanie na żywo.').waitFor();
      });
    } finally {
      await running.stop();
    }
  });
});
