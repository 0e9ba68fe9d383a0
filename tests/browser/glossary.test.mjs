// Words that are explained where they stand: by keyboard, by finger, without JavaScript, on paper.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { axeFindsNothing } from './axe.mjs';
import { withTab } from './browser.mjs';
import { pages } from './site.mjs';

const page = pages.find(({ path }) => path === '/poradnik/pierwsze-tygodnie/');
const english = pages.find(({ url }) => url === page.alternates.en);
const list = pages.find(({ url }) => url.endsWith('/handbook/glossary/'));

const words = (tab) => tab.locator('button.word');
/** The explanation of a word, and whether it is open. */
const meaning = async (tab, index) => tab.locator(`#${await words(tab).nth(index).getAttribute('popovertarget')}`);
const isOpen = (locator) => locator.evaluate((e) => e.matches(':popover-open'));
const isFocused = (locator) => locator.evaluate((e) => e === document.activeElement);
const openAll = (tab) => tab.locator('.meaning:popover-open').count();

async function open(tab, { url } = page, index = 0) {
  await tab.goto(url);
  await words(tab).nth(index).focus();
  await tab.keyboard.press('Enter');
  const shown = await meaning(tab, index);
  assert.ok(await isOpen(shown));
  return shown;
}

describe('an explained word', () => {
  it('is opened by Enter and closed by Escape, and keeps the focus', () =>
    withTab({}, async (tab) => {
      const shown = await open(tab);
      assert.match(await shown.innerText(), /^KRS – Krajowy Rejestr Sądowy/);
      assert.ok(await isFocused(words(tab).first()));
      await tab.keyboard.press('Tab');
      assert.ok(await isFocused(shown.locator('a').first()), 'the links of the explanation come next');
      await tab.keyboard.press('Escape');
      assert.equal(await openAll(tab), 0);
      assert.ok(await isFocused(words(tab).first()), 'the focus is back on the word');
      await tab.keyboard.press('Space');
      assert.ok(await isOpen(shown));
      await tab.keyboard.press('Enter');
      assert.equal(await openAll(tab), 0, 'the word itself closes it too');
    }));

  it('works without JavaScript', () =>
    withTab({ javaScriptEnabled: false }, async (tab) => {
      await tab.goto(english.url);
      await words(tab).first().click();
      const shown = await meaning(tab, 0);
      assert.ok(await shown.isVisible());
      await words(tab).nth(1).click();
      assert.equal(await shown.isVisible(), false, 'one is open at a time');
      assert.ok(await (await meaning(tab, 1)).isVisible());
      await tab.keyboard.press('Escape');
      assert.equal(await tab.locator('.meaning:visible').count(), 0);
    }));

  for (const width of [320, 640, 1280]) {
    it(`has its explanation beside it, whole, on a page ${width} px wide`, () =>
      withTab({ viewport: { width, height: 640 } }, async (tab) => {
        await tab.goto(page.url);
        for (let index = 0; index < (await words(tab).count()); index += 1) {
          const word = words(tab).nth(index);
          await word.scrollIntoViewIfNeeded();
          await word.focus();
          await tab.keyboard.press('Enter');
          const shown = await meaning(tab, index);
          const [box, near] = [await shown.boundingBox(), await word.boundingBox()];
          const name = await word.innerText();
          assert.ok(box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= 640, `${name}: ${JSON.stringify(box)}`);
          assert.ok(box.y >= near.y + near.height - 1 || box.y + box.height <= near.y + 1, `${name} is not covered`);
          const away = Math.min(Math.abs(box.y - near.y - near.height), Math.abs(near.y - box.y - box.height));
          assert.ok(away < 24, `${name}: ${away} px away`);
          assert.ok(box.width >= Math.min(width - 40, 200), `${name}: ${box.width} px wide`);
          assert.ok(await shown.evaluate((e) => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight), 'nothing to scroll');
          await tab.keyboard.press('Escape');
        }
        assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      }));
  }

  it('is found by nobody who looks for faults', async () => {
    for (const colorScheme of ['light', 'dark']) {
      await withTab({ colorScheme, viewport: { width: 360, height: 740 } }, async (tab) => {
        await open(tab);
        await axeFindsNothing(tab);
      });
    }
  });

  it('stands in its line like any other word', () =>
    withTab({}, async (tab) => {
      await tab.goto(page.url);
      const found = await tab.evaluate(() => {
        return [...document.querySelectorAll('.prose :is(p, li):has(button.word):not(:has(p, li))')].map((paragraph) => {
          const before = paragraph.getBoundingClientRect().height;
          const plain = paragraph.cloneNode(true);
          plain.querySelectorAll('.meaning').forEach((e) => e.remove());
          plain.querySelectorAll('button.word').forEach((e) => e.replaceWith(e.textContent));
          paragraph.replaceWith(plain);
          const after = plain.getBoundingClientRect().height;
          const line = parseFloat(getComputedStyle(plain).lineHeight);
          return { before: before / line, after: after / line };
        });
      });
      assert.ok(found.length > 3);
      // A phrase is not broken over two lines, so a paragraph may have a line more; never a part of one.
      for (const { before, after } of found) {
        assert.ok(Math.abs(before - after - Math.round(before - after)) < 0.05, `${before} lines, ${after} as plain text`);
        assert.ok(before - after < 1.5, `${before} lines, ${after} as plain text`);
      }
    }));

  it('never parts from the mark behind it', () =>
    withTab({ viewport: { width: 320, height: 640 } }, async (tab) => {
      for (const { url } of [page, english]) {
        await tab.goto(url);
        const parted = await tab.evaluate(() =>
          [...document.querySelectorAll('.held')].flatMap((held) => {
            const last = held.lastChild;
            if (last.nodeType !== Node.TEXT_NODE) return [];
            const range = document.createRange();
            range.selectNodeContents(last);
            const word = held.querySelector('button').getBoundingClientRect();
            return range.getBoundingClientRect().bottom > word.bottom + 8 ? [held.textContent.slice(0, 40)] : [];
          }),
        );
        assert.deepEqual(parted, []);
      }
    }));

  it('is a word on paper', () =>
    withTab({}, async (tab) => {
      await open(tab);
      await tab.emulateMedia({ media: 'print' });
      assert.equal(await tab.locator('.meaning:visible').count(), 0);
      assert.equal(await words(tab).first().evaluate((e) => getComputedStyle(e).textDecorationLine), 'none');
    }));

  it('loads its sheet only where there is one', () =>
    withTab({}, async (tab) => {
      for (const { url } of [pages.find(({ path }) => path === '/'), page, list]) {
        await tab.goto(url);
        const sheets = await tab.locator('link[href*="/glossary."]').count();
        assert.equal(sheets, (await tab.locator('.word, .words').count()) > 0 ? 1 : 0, url);
      }
    }));
});

describe('the list of all words', () => {
  it('is reached from an explanation, at the word', () =>
    withTab({}, async (tab) => {
      const shown = await open(tab, english, 1);
      const link = shown.locator('a').last();
      const address = await link.getAttribute('href');
      await link.click();
      await tab.waitForURL(address);
      const word = tab.locator(new URL(address).hash);
      assert.equal(await word.evaluate((e) => e.localName), 'dt');
      await word.scrollIntoViewIfNeeded();
      assert.ok(await word.isVisible());
    }));

  it('has its letters in the order of the alphabet', () =>
    withTab({}, async (tab) => {
      for (const [lang, url] of Object.entries(list.alternates)) {
        await tab.goto(url);
        const letters = await tab.locator('.letters a').allInnerTexts();
        assert.deepEqual(letters, [...letters].sort(new Intl.Collator(lang).compare), lang);
        const found = await tab.locator('.words dt').allInnerTexts();
        assert.deepEqual(found, [...found].sort(new Intl.Collator(lang).compare), lang);
        assert.ok(found.length > 50);
      }
    }));
});
