// The directory: chosen from by plain links, and with the script by a form that remembers itself in the address.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { withTab } from './browser.mjs';
import { homes, pages } from './site.mjs';

const list = pages.find(({ kind, lang }) => kind === 'organizacje' && lang === 'pl');
const english = pages.find(({ url }) => url === list.alternates.en);

const titles = (tab) => tab.locator('.found > .row:visible h2').allInnerTexts();
const says = async (tab) => (await tab.locator('.find [role=status]').innerText()).replaceAll('\u00a0', ' ');
const marks = (tab) => tab.locator('.map a.mark:visible').count();
const query = (tab) => new URL(tab.url()).searchParams;

async function open(tab, address) {
  await tab.goto(address);
  await tab.locator('.find:not([hidden])').waitFor();
}

describe('the directory without the script', () => {
  it('leads to a list for each value, with as many organisations as the link says', () =>
    withTab({ javaScriptEnabled: false }, async (tab) => {
      await tab.goto(list.url);
      assert.equal(await tab.locator('.find').isVisible(), false, 'no form that does nothing');
      const links = await tab.locator('.facets a').evaluateAll((found) =>
        found.map((a) => ({ href: a.href, title: a.querySelector('span').textContent, count: Number(a.querySelector('small').textContent) })));
      assert.ok(links.length > 15, `${links.length} lists`);
      const all = await tab.locator('.found > .row').count();
      for (const { href, title, count } of links) {
        await tab.goto(href);
        assert.equal(await tab.locator('.found > .row').count(), count, href);
        assert.ok(count > 0 && count <= all);
        const heading = await tab.locator('h1').innerText();
        assert.ok(heading.endsWith(`: ${title}`), heading);
        assert.ok((await tab.title()).startsWith(heading), await tab.title());
        assert.equal(await tab.locator('.crumbs a').last().getAttribute('href'), list.url);
        assert.equal(await tab.locator('link[rel=canonical]').getAttribute('href'), href);
        assert.equal(await tab.locator('.facets [aria-current=page]').getAttribute('href'), href);
      }
    }));

  it('opens a facet and follows a link by keyboard', () =>
    withTab({ javaScriptEnabled: false }, async (tab) => {
      await tab.goto(list.url);
      await tab.locator('.facets summary').first().focus();
      await tab.keyboard.press('Enter');
      await tab.keyboard.press('Tab');
      const href = await tab.locator(':focus').getAttribute('href');
      await tab.keyboard.press('Enter');
      await tab.waitForURL(href);
    }));

  it('is in the order of its language', () =>
    withTab({}, async (tab) => {
      for (const page of [list, english]) {
        await tab.goto(page.url);
        const found = await titles(tab);
        const sorted = await tab.evaluate(([names, lang]) => names.toSorted(new Intl.Collator(lang).compare), [found, page.lang]);
        assert.deepEqual(found, sorted);
      }
    }));
});

describe('the form of the directory', () => {
  it('chooses by a word, whatever its accents, and says how many there are', () =>
    withTab({}, async (tab) => {
      await open(tab, list.url);
      const all = await titles(tab);
      assert.equal(await says(tab), `Na liście: ${all.length} z ${all.length}`);
      await tab.locator('[name=q]').fill('laznia');
      assert.deepEqual(await titles(tab), ['Teatr Łaźnia Nowa']);
      assert.equal(await says(tab), `Na liście: 1 z ${all.length}`);
      const status = tab.locator('.find [role=status]');
      assert.equal(await status.count(), 1, 'one place that is read out');
      assert.equal(query(tab).get('q'), 'laznia');
    }));

  it('chooses by several things at once, in the list and on the map', () =>
    withTab({}, async (tab) => {
      await open(tab, list.url);
      const before = await marks(tab);
      await tab.locator('[name=areas]').selectOption('culture');
      const culture = await titles(tab);
      await tab.locator('[name=district]').selectOption('nowa-huta');
      const both = await titles(tab);
      assert.ok(both.length > 0 && both.length < culture.length);
      assert.ok(both.every((title) => culture.includes(title)));
      assert.equal(await says(tab), `Na liście: ${both.length} z ${await tab.locator('.found > .row').count()}`);
      const shown = await marks(tab);
      assert.ok(shown < before, `${shown} of ${before} marks`);
      const addresses = await tab.locator('.found > .row:visible h2 a').evaluateAll((links) => links.map(({ href }) => href));
      const marked = await tab.locator('.map a.mark:visible').evaluateAll((found) => found.map((a) => a.getAttribute('href')));
      assert.deepEqual(marked.filter((href) => !addresses.includes(href)), []);
    }));

  it('leaves nothing of the others on the map, at any of its levels', () =>
    withTab({}, async (tab) => {
      await open(tab, `${list.url}?q=norwida`);
      const left = await tab.evaluate(() => {
        const shown = (selector) => [...document.querySelectorAll(selector)].filter((e) => !e.classList.contains('away'));
        return { levels: document.querySelectorAll('.map > .l').length, shapes: shown('.map .mark, .map .dot').length, labels: shown('.map text.organisation').map((e) => e.textContent) };
      });
      assert.equal(left.shapes, left.levels, 'one sign or dot on each level');
      assert.ok(left.labels.every((label) => label.includes('Norwida')), left.labels.join());
      assert.ok(left.labels.length > 0);
    }));

  it('keeps the choice in the address, which brings it back', () =>
    withTab({}, async (tab) => {
      await open(tab, list.url);
      await tab.locator('[name=areas]').selectOption('heritage');
      await tab.locator('[name=q]').fill('muzeum');
      const chosen = await titles(tab);
      const address = tab.url();
      await tab.locator('.found > .row:visible h2 a').first().click();
      await tab.waitForURL((url) => !url.search);
      await tab.goBack();
      await tab.locator('.find:not([hidden])').waitFor();
      assert.equal(tab.url(), address);
      assert.deepEqual(await titles(tab), chosen);
      await withTab({}, async (other) => {
        await open(other, address);
        assert.deepEqual(await titles(other), chosen);
        assert.equal(await other.locator('[name=areas]').inputValue(), 'heritage');
        assert.equal(await other.locator('[name=q]').inputValue(), 'muzeum');
      });
    }));

  it('opens from a list that was chosen by a link', () =>
    withTab({}, async (tab) => {
      await tab.goto(pages.find(({ path }) => path === '/organizacje/dziedzina/kultura/').url);
      const all = await titles(tab);
      await tab.locator(`a[href="${list.url}?areas=culture"]`).click();
      await tab.locator('.find:not([hidden])').waitFor();
      assert.deepEqual(await titles(tab), all);
    }));

  it('leaves out what it does not know', () =>
    withTab({}, async (tab) => {
      await open(tab, `${list.url}?areas=nonsense&colour=red`);
      assert.equal((await titles(tab)).length, await tab.locator('.found > .row').count());
    }));

  it('has a way out when nothing fits', () =>
    withTab({}, async (tab) => {
      await open(tab, `${list.url}?q=zzzz`);
      assert.deepEqual(await titles(tab), []);
      assert.ok(await tab.locator('.find-none').isVisible());
      await tab.locator('.find-none button').click();
      assert.equal((await titles(tab)).length, await tab.locator('.found > .row').count());
      assert.equal(await tab.locator('.find-none').isVisible(), false);
      assert.equal(tab.url(), list.url);
      assert.equal(await tab.evaluate(() => document.activeElement.name), 'q', 'the focus is in the form');
    }));

  it('speaks the language of the page', () =>
    withTab({}, async (tab) => {
      await open(tab, `${english.url}?district=nowa-huta`);
      assert.match(await says(tab), /^Listed: \d+ of \d+$/);
      assert.ok(english.url.startsWith(homes.en));
    }));
});
