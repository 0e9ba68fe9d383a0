// The language switch leads to the same page in the other language, and back.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onEach } from './browser.mjs';
import { homes, pages, several } from './site.mjs';

const languages = Object.keys(homes);
const language = (tab) => tab.evaluate(() => document.documentElement.lang);
const switchTo = (tab, lang) => tab.locator(`header nav a[hreflang="${lang}"]`);

async function follow(tab, link) {
  await Promise.all([tab.waitForEvent('framenavigated'), link.click()]);
  await tab.waitForLoadState();
}

/** Addresses of the versions of the open page, as search engines read them. */
const alternates = (tab) =>
  tab.evaluate(() => {
    const links = [...document.querySelectorAll('head link[rel~="alternate"][hreflang]')];
    return Object.fromEntries(links.map((link) => [link.hreflang, link.href]));
  });

const isError = ({ path }) => path === '/404.html';
const isFallback = (url) => pages.some((page) => page.url === url && !Object.keys(page.alternates).length);

it('all versions of a page name the same versions', () => {
  for (const { path, alternates } of pages) {
    for (const url of Object.values(alternates)) {
      assert.deepEqual(pages.find((page) => page.url === url)?.alternates, alternates, `${path} and ${url}`);
    }
  }
});

// There and back is the way of both versions, so a translation is visited from its original.
const originals = several.filter((page) => !isError(page) && (page.lang === languages[0] || !page.alternates[languages[0]]));

onEach('switching the language there and back', originals, {}, async (tab, page) => {
  assert.equal(await language(tab), page.lang);
  const named = await alternates(tab);
  const versions = Object.keys(page.alternates).length;
  if (versions) assert.deepEqual(named, { ...page.alternates, 'x-default': page.alternates[languages[0]] ?? page.url });
  for (const lang of languages.filter((other) => other !== page.lang)) {
    const link = switchTo(tab, lang);
    assert.equal(await link.getAttribute('lang'), lang, 'the name of a language is written in that language');
    await follow(tab, link);
    if (page.alternates[lang]) {
      assert.equal(tab.url(), page.alternates[lang]);
      assert.deepEqual(await alternates(tab), named, 'both versions name the same versions');
    } else {
      assert.ok(isFallback(tab.url()) || isFallback(page.url), `${tab.url()} is not the same page in ${lang}`);
    }
    assert.equal(await language(tab), lang);
    await follow(tab, switchTo(tab, page.lang));
    assert.equal(tab.url(), page.url, 'and back');
  }
});

onEach('switching the language where there is no page', pages.filter(isError), {}, async (tab) => {
  for (const lang of languages) {
    await follow(tab, switchTo(tab, lang));
    assert.equal(tab.url(), homes[lang]);
    assert.equal(await language(tab), lang);
    await tab.goBack();
  }
});
