// Every page can be walked to, and no link leads nowhere.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { withTab } from './browser.mjs';
import { files, guide, homes, pages } from './site.mjs';

const walked = new Map();
const withoutHash = (address) => address.split('#')[0];

/** Runs in the page: its links, which of them a reader can click, and the places in it that a link can name. */
function survey() {
  // What is folded up is a click away.
  for (const details of document.querySelectorAll('details')) {
    details.removeAttribute('name');
    details.open = true;
  }
  const clickable = [...document.querySelectorAll('a[href]')].filter((a) => a.checkVisibility({ visibilityProperty: true }));
  // A link in a drawing keeps its address in an object.
  const address = (link) => new URL(link.getAttribute('href'), document.baseURI).href;
  return {
    clickable: clickable.map(address),
    links: [...document.querySelectorAll('a[href], area[href], link[href]')].map(address),
    anchors: [...document.querySelectorAll('[id]')].map(({ id }) => id),
  };
}

/** Links to this site, each with the page it is on. */
function internal() {
  return [...walked].flatMap(([url, { links }]) =>
    links.filter((link) => link.startsWith(`${guide.url}/`)).map((link) => ({ on: new URL(url).pathname, link })),
  );
}

describe('links', () => {
  before(async () => {
    const left = pages.map(({ url }) => url);
    const walk = () =>
      withTab({}, async (tab) => {
        // What a page shows in pictures has no links.
        await tab.route(/\.(avif|jpe?g|png|webp)$/, (route) => route.abort());
        for (let url = left.pop(); url; url = left.pop()) {
          await tab.goto(url);
          walked.set(url, await tab.evaluate(survey));
        }
      });
    await Promise.all([walk(), walk(), walk()]);
  });

  for (const [lang, home] of Object.entries(homes)) {
    it(`every page in ${lang} can be reached by clicking from ${new URL(home).pathname}`, () => {
      const own = new Set(pages.filter((page) => page.lang === lang && page.path !== '/404.html' && !page.kind.startsWith('embed/')).map(({ url }) => url));
      const reached = new Set([home]);
      for (const url of reached) {
        walked.get(url).clickable.map(withoutHash).filter((link) => own.has(link)).forEach((link) => reached.add(link));
      }
      assert.deepEqual([...own].filter((url) => !reached.has(url)), []);
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
      return place && !walked.get(withoutHash(link))?.anchors.includes(place);
    });
    assert.deepEqual(nowhere, []);
  });

  it('the sitemap names every page that may be found', () => {
    const named = new Set(pages.map(({ path }) => path));
    assert.deepEqual(files.filter(({ path }) => !named.has(path)), []);
  });
});
