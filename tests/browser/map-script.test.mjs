// What the script adds to a map: zoom, pan, layers, "where am I".
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { withTab } from './browser.mjs';
import { pages } from './site.mjs';

const tour = pages.find(({ kind, lang }) => kind === 'trasy/*' && lang === 'pl');
const overview = pages.find(({ kind, lang }) => kind === 'mapa' && lang === 'pl');
const place = pages.find(({ path }) => path === '/miejsca/plac-centralny/');

const viewBox = (tab) => tab.locator('svg.map').first().evaluate((svg) => svg.getAttribute('viewBox').split(' ').map(Number));
const level = (tab) =>
  tab.locator('svg.map').first().evaluate((svg) =>
    [...svg.querySelectorAll(':scope > .l')].findIndex((group) => getComputedStyle(group).display !== 'none'));
const press = (tab, name) => tab.locator(`[data-map=${name}]`).first().click();

async function open(tab, page) {
  await tab.goto(page.url);
  await tab.locator('.map-tools:not([hidden])').first().waitFor();
}

describe('the script of maps', () => {
  it('zooms and pans by buttons, and shows the level that fits', () =>
    withTab({ viewport: { width: 360, height: 800 } }, async (tab) => {
      await open(tab, tour);
      const whole = await viewBox(tab);
      assert.equal(await level(tab), 0);
      assert.equal(await tab.locator('[data-map=left]').first().isVisible(), false, 'nothing to pan yet');
      for (let i = 0; i < 3; i++) await press(tab, 'in');
      const zoomed = await viewBox(tab);
      assert.ok(zoomed[2] < whole[2] / 4, `${zoomed}`);
      assert.ok((await level(tab)) > 1);
      await press(tab, 'right');
      assert.ok((await viewBox(tab))[0] > zoomed[0]);
      await press(tab, 'up');
      assert.ok((await viewBox(tab))[1] < zoomed[1]);
      await press(tab, 'all');
      assert.deepEqual(await viewBox(tab), whole);
      assert.equal(await level(tab), 0);
      assert.equal(await tab.locator('[data-map=all]').first().getAttribute('aria-disabled'), 'true');
    }));

  it('zooms and pans by keys, and leaves the arrows to the page while nothing is zoomed', () =>
    withTab({}, async (tab) => {
      await open(tab, tour);
      await tab.locator('.map-view').first().focus();
      await tab.keyboard.press('ArrowDown');
      const whole = await viewBox(tab);
      assert.deepEqual(whole.slice(0, 2), [0, 0]);
      await tab.keyboard.press('+');
      const zoomed = await viewBox(tab);
      await tab.keyboard.press('ArrowRight');
      assert.ok((await viewBox(tab))[0] > zoomed[0]);
      await tab.keyboard.press('0');
      assert.deepEqual(await viewBox(tab), whole);
    }));

  it('is dragged when zoomed, and a drag follows no link', () =>
    withTab({}, async (tab) => {
      await open(tab, overview);
      await press(tab, 'in');
      await press(tab, 'in');
      const before = await viewBox(tab);
      await tab.locator('.map-view').first().evaluate((view) => view.scrollIntoView({ block: 'center' }));
      const { x, y } = await tab.evaluate(() => {
        const { left, top, right, bottom } = document.querySelector('.map-view').getBoundingClientRect();
        const inside = [...document.querySelectorAll('svg.map a.mark')].map((a) => a.getBoundingClientRect())
          .find((r) => r.width && r.left > left + 80 && r.right < right - 80 && r.top > top + 80 && r.bottom < bottom - 80);
        return { x: inside.left + inside.width / 2, y: inside.top + inside.height / 2 };
      });
      await tab.mouse.move(x, y);
      await tab.mouse.down();
      await tab.mouse.move(x - 60, y - 40, { steps: 5 });
      await tab.mouse.up();
      const after = await viewBox(tab);
      assert.ok(after[0] > before[0] && after[1] > before[1], `${before} ${after}`);
      assert.equal(tab.url(), overview.url);
    }));

  it('hides and shows layers, also without the script', async () => {
    for (const javaScriptEnabled of [true, false]) {
      await withTab({ javaScriptEnabled }, async (tab) => {
        await tab.goto(overview.url);
        const legends = tab.locator('svg.map .l .legend:visible');
        assert.ok((await legends.count()) > 0);
        await tab.locator('input[name=legend]').uncheck();
        assert.equal(await legends.count(), 0);
        assert.ok((await tab.locator('svg.map .l .place:visible').count()) > 0);
      });
    }
  });

  it('follows a mark to its page', () =>
    withTab({}, async (tab) => {
      await open(tab, overview);
      const mark = tab.locator('svg.map a.mark.place:visible').first();
      const href = await mark.getAttribute('href');
      await mark.click();
      assert.equal(tab.url(), href);
    }));

  it('asks where the reader is only when told to, and is right', () =>
    withTab({ geolocation: { latitude: 50.07197, longitude: 20.0374, accuracy: 12 }, permissions: ['geolocation'] }, async (tab) => {
      await tab.addInitScript(() => {
        window.asked = 0;
        const { watchPosition } = Geolocation.prototype;
        Geolocation.prototype.watchPosition = function (...rest) {
          window.asked += 1;
          return watchPosition.apply(this, rest);
        };
      });
      await open(tab, place);
      assert.equal(await tab.evaluate(() => window.asked), 0);
      await press(tab, 'here');
      await tab.locator('svg.map .here').waitFor();
      assert.match(await tab.locator('.map-says').first().innerText(), /12\sm/);
      const off = await tab.evaluate(() => {
        const middle = (selector) => {
          const { left, top, width, height } = document.querySelector(selector).getBoundingClientRect();
          return [left + width / 2, top + height / 2];
        };
        const shown = [...document.querySelectorAll('svg.map .mark.main')].find((e) => e.getBoundingClientRect().width);
        shown.id = 'shown';
        const [a, b] = [middle('.here circle'), middle('#shown')];
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
      });
      assert.ok(off < 1.5, `the place itself is ${off} px away`);
      await press(tab, 'here');
      assert.equal(await tab.locator('svg.map .here').count(), 0, 'pressed again, it forgets');
      await tab.context().setGeolocation({ latitude: 52.23, longitude: 21.01 });
      await press(tab, 'here');
      await tab.waitForFunction(() => document.querySelector('.map-says').textContent.includes('poza'));
    }));

  it('says so when the browser does not allow it', () =>
    withTab({ permissions: [] }, async (tab) => {
      await tab.addInitScript(() => {
        Geolocation.prototype.watchPosition = (_, failed) => setTimeout(() => failed({ code: 1 }));
      });
      await open(tab, place);
      await press(tab, 'here');
      await tab.waitForFunction(() => document.querySelector('.map-says').textContent.includes('zgadza'));
      assert.equal(await tab.locator('[data-map=here]').first().getAttribute('aria-pressed'), 'false');
    }));
});

