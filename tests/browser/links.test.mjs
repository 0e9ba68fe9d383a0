// Every page can be walked to, and no link leads nowhere.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';

import { withTab } from './browser.mjs';
import { files, guide, homes, pages } from './site.mjs';

/** What stands in the markup of each page, by its address: the links, and the places that a link can name. */
const written = new Map();
const withoutHash = (address) => address.split('#')[0];

/** Runs in a tab: reads the markup of pages. */
function read(all) {
  return all.map(({ url, html }) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    return {
      links: [...page.querySelectorAll('a[href], area[href], link[href]')].map((link) => new URL(link.getAttribute('href'), url).href),
      anchors: [...page.querySelectorAll('[id]')].map(({ id }) => id),
    };
  });
}

/** Runs in a page: the links that a reader can click. */
function clickable() {
  // What is folded up is a click away.
  for (const details of document.querySelectorAll('details')) {
    details.removeAttribute('name');
    details.open = true;
  }
  const seen = [...document.querySelectorAll('a[href]')].filter((a) => a.checkVisibility({ visibilityProperty: true }));
  // A link in a drawing keeps its address in an object.
  return seen.map((link) => new URL(link.getAttribute('href'), document.baseURI).href);
}

/** Links to this site, each with the page it is on. */
function internal() {
  return [...written].flatMap(([url, { links }]) =>
    links.filter((link) => link.startsWith(`${guide.url}/`)).map((link) => ({ on: new URL(url).pathname, link })),
  );
}

/** Clicks its way from `home` to `own` pages; returns those it does not come to. Pages that name most of what is left come first. */
async function unreached(tab, home, own) {
  const left = new Set(own);
  left.delete(home);
  const open = new Set([home]);
  const news = (url) => new Set(written.get(url).links.map(withoutHash).filter((link) => left.has(link))).size;
  while (left.size) {
    const [best] = [...open].map((url) => ({ url, count: news(url) })).sort((a, b) => b.count - a.count);
    if (!best?.count) break;
    open.delete(best.url);
    await tab.goto(best.url);
    for (const link of (await tab.evaluate(clickable)).map(withoutHash)) if (left.delete(link)) open.add(link);
  }
  return [...left];
}

describe('links', () => {
  before(async () => {
    const all = await Promise.all(pages.map(async ({ path, url }) => {
      const { name } = files.find((file) => file.path === path);
      return { url, html: await readFile(join(guide.folder, name), 'utf8') };
    }));
    const found = await withTab({}, (tab) => tab.evaluate(read, all));
    all.forEach(({ url }, at) => written.set(url, found[at]));
  });

  for (const [lang, home] of Object.entries(homes)) {
    it(`every page in ${lang} can be reached by clicking from ${new URL(home).pathname}`, async () => {
      const own = pages.filter((page) => page.lang === lang && page.path !== '/404.html' && !page.kind.startsWith('embed/')).map(({ url }) => url);
      assert.deepEqual(await withTab({}, (tab) => unreached(tab, home, own)), []);
    });
  }

  it('every internal link answers', async () => {
    const addresses = [...new Set(internal().map(({ link }) => withoutHash(link)))];
    const answers = await Promise.all(addresses.map((address) => fetch(address, { redirect: 'manual' })));
    const bad = new Set(addresses.filter((_, i) => answers[i].status !== 200));
    assert.deepEqual(internal().filter(({ link }) => bad.has(withoutHash(link))), []);
  });

  it('every internal link leads to a place that is on its page', () => {
    const nowhere = internal().filter(({ link }) => {
      const place = decodeURIComponent(new URL(link).hash.slice(1));
      return place && !written.get(withoutHash(link))?.anchors.includes(place);
    });
    assert.deepEqual(nowhere, []);
  });

  it('the sitemap names every page that may be found', () => {
    const named = new Set(pages.map(({ path }) => path));
    assert.deepEqual(files.filter(({ path }) => !named.has(path)), []);
  });
});
