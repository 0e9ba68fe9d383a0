// Pictures: the version that fits the screen, and the full view by keyboard, finger and without JavaScript.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { axeFindsNothing } from './axe.mjs';
import { withTab } from './browser.mjs';
import { pages, photographed } from './site.mjs';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const page = pages.find(({ path }) => path === '/miejsca/plac-centralny/');
const english = pages.find(({ url }) => url === page.alternates.en);
const single = pages.find(({ path }) => path === '/miejsca/arka-pana/');

const viewer = (tab) => tab.locator('dialog.viewer');
const links = (tab) => tab.locator('.pic > a');
const shown = (tab) => viewer(tab).locator('img').getAttribute('alt');
const alt = (tab, index) => links(tab).nth(index).locator('img').getAttribute('alt');
const focused = (tab) => tab.evaluate(() => document.activeElement.getAttribute('href') ?? document.activeElement.dataset.does);

async function open(tab, { url } = page, index = 0) {
  await tab.goto(url);
  await links(tab).nth(index).focus();
  await tab.keyboard.press('Enter');
  await viewer(tab).waitFor();
}

describe('a picture over the page', () => {
  it('is opened, turned and closed by keyboard', () =>
    withTab({}, async (tab) => {
      await open(tab);
      const last = (await links(tab).count()) - 1;
      assert.ok(last > 0, 'a page with several pictures');
      assert.equal(await shown(tab), await alt(tab, 0));
      assert.equal(await viewer(tab).getAttribute('aria-label'), await alt(tab, 0));
      assert.equal(await focused(tab), 'close', 'the focus is in the dialog');
      await tab.keyboard.press('ArrowLeft');
      assert.equal(await shown(tab), await alt(tab, 0), 'there is nothing before the first');
      await tab.keyboard.press('ArrowRight');
      assert.equal(await shown(tab), await alt(tab, 1));
      const said = (await viewer(tab).getByRole('status').innerText()).replaceAll('\u00a0', ' ');
      assert.ok(said.startsWith(`2 z ${last + 1}`) && said.includes((await alt(tab, 1)).replaceAll('\u00a0', ' ')), said);
      await tab.keyboard.press('Home');
      assert.equal(await shown(tab), await alt(tab, 0));
      await tab.keyboard.press('End');
      assert.equal(await shown(tab), await alt(tab, last));
      await tab.keyboard.press('ArrowRight');
      assert.equal(await shown(tab), await alt(tab, last), 'there is nothing after the last');
      await tab.keyboard.press('Escape');
      assert.equal(await viewer(tab).isVisible(), false);
      assert.equal(await focused(tab), await links(tab).first().getAttribute('href'), 'the focus is back on the link');
    }));

  it('is opened, turned and closed by mouse', () =>
    withTab({}, async (tab) => {
      await tab.goto(page.url);
      await links(tab).nth(1).click();
      await viewer(tab).waitFor();
      assert.equal(await shown(tab), await alt(tab, 1));
      await viewer(tab).getByRole('button', { name: 'Poprzedni obraz' }).click();
      assert.equal(await shown(tab), await alt(tab, 0));
      assert.equal(await viewer(tab).getByRole('button', { name: 'Poprzedni obraz' }).getAttribute('aria-disabled'), 'true');
      await viewer(tab).getByRole('button', { name: 'Następny obraz' }).click();
      assert.equal(await shown(tab), await alt(tab, 1));
      await viewer(tab).locator('.stage').click({ position: { x: 2, y: 2 } });
      assert.equal(await viewer(tab).isVisible(), false, 'a click beside the picture closes');
      assert.equal(await focused(tab), await links(tab).nth(1).getAttribute('href'));
    }));

  it('is turned by a finger that moves sideways, and only so', () =>
    withTab(PHONE, async (tab) => {
      await tab.goto(page.url);
      await links(tab).first().tap();
      await viewer(tab).waitFor();
      const client = await tab.context().newCDPSession(tab);
      const swipe = async (...points) => {
        const touch = (type, touchPoints) => client.send('Input.dispatchTouchEvent', { type, touchPoints });
        await touch('touchStart', [points[0]]);
        for (const point of points.slice(1)) await touch('touchMove', [point]);
        await touch('touchEnd', []);
      };
      const at = (x, y = 370) => ({ x, y });
      await swipe(at(300), at(220), at(80));
      assert.equal(await shown(tab), await alt(tab, 1));
      await swipe(at(300), at(220), at(80));
      assert.equal(await shown(tab), await alt(tab, 1), 'there is nothing after the last');
      await swipe(at(100), at(110, 450), at(120, 560));
      assert.equal(await shown(tab), await alt(tab, 1), 'up and down is no swipe');
      await swipe(at(80), at(200), at(300));
      assert.equal(await shown(tab), await alt(tab, 0));
    }));

  it('says whose it is, in the words of the page', () =>
    withTab({}, async (tab) => {
      await open(tab, english);
      for (const name of ['Close', 'Previous picture', 'Next picture']) {
        const box = await viewer(tab).getByRole('button', { name, exact: true }).boundingBox();
        assert.ok(box.width >= 44 && box.height >= 44, `${name}: ${box.width} × ${box.height}`);
      }
      assert.match(await viewer(tab).getByRole('status').innerText(), /^1 of 2/);
      const caption = await links(tab).first().locator('+ figcaption').innerText();
      assert.equal(await viewer(tab).locator('.says').innerText(), caption);
      assert.equal(await viewer(tab).locator('.says a[rel=license]').count(), 1);
    }));

  it('needs no buttons to turn when it is alone', () =>
    withTab({}, async (tab) => {
      await open(tab, single);
      assert.equal(await viewer(tab).getByRole('button').count(), 1);
      await tab.keyboard.press('ArrowRight');
      assert.equal(await shown(tab), await alt(tab, 0));
    }));

  it('leaves the page behind it where it is', () =>
    withTab({}, async (tab) => {
      await open(tab, page, 1);
      const place = () => tab.evaluate(() => [scrollY, document.querySelector('h1').getBoundingClientRect().x]);
      const before = await place();
      await tab.mouse.move(640, 400);
      await tab.mouse.wheel(0, 600);
      await tab.waitForTimeout(200);
      assert.deepEqual(await place(), before);
      await tab.keyboard.press('Escape');
      assert.deepEqual(await place(), before);
    }));

  for (const [name, viewport] of Object.entries({ phone: { width: 320, height: 568 }, 'phone on its side': { width: 640, height: 320 }, desk: { width: 1280, height: 800 } })) {
    it(`is whole on a ${name}`, () =>
      withTab({ viewport }, async (tab) => {
        await open(tab);
        const box = await viewer(tab).locator('img').boundingBox();
        assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= viewport.width && box.y + box.height <= viewport.height, JSON.stringify(box));
        assert.ok(box.width > viewport.width / 3, `${box.width} px`);
        assert.ok(Math.abs(box.width / box.height - 1.5) < 0.02, 'in its proportions');
        assert.ok(await viewer(tab).evaluate((e) => e.scrollWidth <= e.clientWidth), 'nothing to scroll sideways');
        await axeFindsNothing(tab);
      }));
  }

  it('does not move for those who asked for that, and has edges in forced colours', () =>
    withTab({ reducedMotion: 'reduce', forcedColors: 'active' }, async (tab) => {
      await open(tab);
      const style = await viewer(tab).evaluate((e) => ({
        animation: getComputedStyle(e.querySelector('picture')).animationName,
        border: getComputedStyle(e.querySelector('button')).borderTopWidth,
      }));
      assert.deepEqual(style, { animation: 'none', border: '1px' });
    }));
});

describe('a picture as a link', () => {
  async function leadsToPicture(tab) {
    const address = await links(tab).first().getAttribute('href');
    const [answer] = await Promise.all([tab.waitForResponse(new URL(address, page.url).href), links(tab).first().click()]);
    await tab.waitForURL(address);
    assert.match(answer.headers()['content-type'], /^image\//);
  }

  it('leads to the picture without JavaScript', () =>
    withTab({ javaScriptEnabled: false }, async (tab) => {
      for (const { url } of [page, photographed.find(({ kind }) => kind === 'miejsca/*')]) {
        await tab.goto(url);
        await leadsToPicture(tab);
      }
    }));

  it('leads to the picture when the full view has lost its sheet', () =>
    withTab({}, async (tab) => {
      await tab.route('**/gallery.*.css', (route) => route.abort());
      await tab.goto(page.url);
      await leadsToPicture(tab);
    }));

  it('opens in a new tab for those who ask for one', () =>
    withTab({}, async (tab) => {
      await tab.goto(page.url);
      const [other] = await Promise.all([tab.context().waitForEvent('page'), links(tab).first().click({ modifiers: ['Control'] })]);
      await other.close();
      assert.equal(await viewer(tab).count(), 0);
    }));
});

/** Runs in the page: every picture that comes in several widths, how wide it is, and which version was taken. */
async function taken() {
  const images = [...document.querySelectorAll('img[srcset]')];
  for (const image of images) {
    image.scrollIntoView();
    // A lazy picture begins to load when it comes into view.
    while (!image.complete || !image.currentSrc) await new Promise((resolve) => setTimeout(resolve, 20));
    await image.decode();
  }
  return images.map((image) => {
    const sources = [image, ...image.parentElement.querySelectorAll('source')];
    const versions = sources.flatMap(({ srcset }) => srcset.split(', ').map((version) => version.split(' ')));
    const widths = versions.map(([, width]) => parseInt(width, 10)).sort((a, b) => a - b);
    const [, chosen] = versions.find(([url]) => url === image.currentSrc);
    // What `sizes` comes to is what a picture taken from `srcset` calls its natural width.
    return { alt: image.alt, at: image.clientWidth, said: image.naturalWidth, chosen: parseInt(chosen, 10), type: image.currentSrc.split('.').at(-1), widths };
  });
}

describe('a picture in several widths', { concurrency: 2 }, () => {
  const kinds = [...new Map(photographed.map((page) => [page.kind, page])).values()];
  assert.ok(kinds.length >= 3, 'a page with such a picture, a list, the home page');

  for (const width of [360, 1280]) {
    for (const deviceScaleFactor of [1, 3]) {
      it(`is taken in the one that fits ${width} px × ${deviceScaleFactor}`, async () => {
        // A fresh tab for each: a version that is in the cache already is taken instead of a smaller one.
        for (const { url, path } of kinds) {
          await withTab({ viewport: { width, height: 800 }, deviceScaleFactor }, async (tab) => {
            await tab.goto(url);
            const found = await tab.evaluate(taken);
            assert.ok(found.length, path);
            for (const { at, chosen, widths, type } of found) {
              const fits = widths.find((version) => version >= at * deviceScaleFactor) ?? widths.at(-1);
              assert.equal(chosen, fits, `${path}: ${at} px`);
              assert.equal(type, 'webp');
            }
          });
        }
      });
    }
  }

  for (const width of [320, 480, 680, 768, 1000, 1100, 1280, 1920]) {
    it(`is as wide as its sizes say, at ${width} px`, async () => {
      for (const { url, path } of kinds) {
        await withTab({ viewport: { width, height: 800 } }, async (tab) => {
          await tab.goto(url);
          for (const { at, said } of await tab.evaluate(taken)) {
            assert.ok(said > 0.85 * at && said < 1.3 * at, `${path}: ${at} px wide, said ${said}`);
          }
        });
      }
    });
  }
});
