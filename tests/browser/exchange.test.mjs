// The exchange: an offer and a need that meet name each other and say why; what is invented is apart.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { withTab } from './browser.mjs';
import { pages } from './site.mjs';

const boards = pages.filter(({ kind }) => kind === 'gielda');

/** Spaces that hold words together are spaces. */
const plain = (text) => text.replace(/\s+/g, ' ').trim();

/** Runs in the page: what stands on the board and what it meets. */
const board = () =>
  [...document.querySelectorAll('.posting')].map((item) => ({
    side: item.classList.contains('needs') ? 'needs' : 'offers',
    what: item.querySelector('.what').textContent,
    example: Boolean(item.closest('.examples')),
    href: item.querySelector('.whose a').href,
    met: [...item.querySelectorAll('.met li')].map((li) => ({ href: li.querySelector('a').href, why: li.querySelector('small').textContent })),
  }));

describe('the exchange', () => {
  for (const { path, url } of boards) {
    it(`${path} shows what meets on both sides, and why`, () =>
      withTab({ javaScriptEnabled: false }, async (tab) => {
        await tab.goto(url);
        const items = await tab.evaluate(board);
        assert.ok(items.some(({ side }) => side === 'needs') && items.some(({ side }) => side === 'offers'));
        assert.ok(items.some(({ met }) => met.length), 'something meets');
        for (const item of items) {
          for (const { href, why } of item.met) {
            const other = items.find((found) => found.href === href);
            assert.ok(other, `${href} is on the board`);
            assert.notEqual(other.side, item.side);
            assert.equal(other.example, item.example, 'an example meets examples only');
            assert.ok(other.met.some((back) => back.href === item.href), 'the other names it too');
            assert.ok(why.trim(), 'and says why');
          }
        }
      }));

    it(`${path} leads to the place where each item stands`, () =>
      withTab({}, async (tab) => {
        await tab.goto(url);
        for (const { href, what } of await tab.evaluate(board)) {
          await tab.goto(href);
          const item = tab.locator(`[id="${new URL(href).hash.slice(1)}"]`);
          assert.equal(plain(await item.locator('.what').innerText()), plain(what));
        }
      }));
  }

  it('says of a page that is an example that it is one, and keeps it out of search engines', () =>
    withTab({}, async (tab) => {
      await tab.goto(boards[0].url);
      await tab.locator('.examples .whose a').first().click();
      assert.ok(await tab.locator('.head .notice').isVisible());
      assert.equal(await tab.locator('meta[name=robots]').getAttribute('content'), 'noindex');
      assert.equal(await tab.locator('link[rel=canonical], link[rel=alternate][hreflang]').count(), 0);
    }));
});
