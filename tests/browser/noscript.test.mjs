// Without JavaScript a page is the same page.
import assert from 'node:assert/strict';
import { before } from 'node:test';

import { onEach, withTab } from './browser.mjs';
import { homes, samples } from './site.mjs';

/** Runs in the page: text that is in the page but not shown. A closed <details> is the reader's to open. */
function unseen() {
  const lost = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    // The menu's button is for narrow screens; an explained word is the reader's to open; a map shows one of its levels; its title and description are for those who do not see it.
    if (!text || element.closest('script, style, template, option, svg, [popover], .menu, .find[hidden], .search [hidden], .embed-guide [hidden], .offline, [data-lost][hidden], details:not([open]) > :not(summary)')) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const shown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!shown || !range.getBoundingClientRect().width) lost.push(text.slice(0, 60));
  }
  return lost;
}

/** What is read, but for what only the script can use. */
const text = (tab) =>
  tab.evaluate(() => {
    for (const part of document.querySelectorAll('.find, .embed-form, .embed-preview, .embed-guide button, .offline')) part.remove();
    return document.body.innerText;
  });
const withScripts = new Map();

before(() =>
  withTab({}, async (tab) => {
    for (const { url } of samples) {
      await tab.goto(url);
      withScripts.set(url, await text(tab));
    }
  }),
);

onEach('a page without JavaScript', samples, { javaScriptEnabled: false }, async (tab, page) => {
  assert.ok(await tab.locator('h1').first().isVisible(), 'heading');
  assert.ok((await tab.locator('main').innerText()).length > 80, 'main text');
  assert.ok((await tab.locator('header nav a:visible').count()) >= Object.keys(homes).length + 3, 'navigation');
  const folded = await tab.locator('main details:not([open]) li').count();
  assert.equal(await tab.locator('main li:visible').count(), (await tab.locator('main li').count()) - folded, 'lists');
  assert.deepEqual(await tab.evaluate(unseen), []);
  assert.equal(await text(tab), withScripts.get(page.url), 'the same text as with JavaScript');
});

onEach('the menu of a narrow screen without JavaScript', samples.filter(({ kind }) => kind === 'home'), { javaScriptEnabled: false, viewport: { width: 360, height: 740 } }, async (tab) => {
  assert.equal(await tab.locator('#nav a:visible').count(), 0);
  await tab.locator('.menu').click();
  assert.equal(await tab.locator('#nav a:visible').count(), await tab.locator('#nav a').count());
});
