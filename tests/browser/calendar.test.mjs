// The calendar: what is ahead, what is over, and what was announced too late; the year on the wall.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { withTab } from './browser.mjs';
import { homes, pages } from './site.mjs';

const at = (kind, lang = 'pl') => pages.find((page) => page.kind === kind && page.lang === lang);
const sheets = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;
const paper = (pdf) => pdf.toString('latin1').match(/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/).slice(1).map((points) => Math.round((points / 72) * 25.4));

describe('the calendar', () => {
  it('begins with what comes soonest and keeps what is over in an archive', () =>
    withTab({}, async (tab) => {
      await tab.goto(at('kalendarz').url);
      const times = (where) => tab.locator(`${where} .when time:first-child`).evaluateAll((found) => found.map(({ dateTime }) => dateTime));
      const ahead = await times('#upcoming ~ .rows');
      assert.ok(ahead.length > 0);
      assert.deepEqual(ahead, ahead.toSorted());
      const over = await times('.archive');
      assert.deepEqual(over, over.toSorted().reverse());
      assert.ok(ahead[0] > over[0]);
      assert.equal(await tab.locator('.archive .row').first().isVisible(), false);
      await tab.locator('.archive summary').click();
      assert.ok(await tab.locator('.archive .row').first().isVisible());
    }));

  it('can be subscribed to, whole and list by list', () =>
    withTab({}, async (tab) => {
      for (const lang of Object.keys(homes)) {
        await tab.goto(at('kalendarz', lang).url);
        const feeds = await tab.locator('.exports a[type="text/calendar"]').evaluateAll((links) => links.map(({ href }) => href));
        assert.deepEqual(feeds, [`${homes[lang]}events.ics`, `${homes[lang]}calls.ics`]);
      }
      const chosen = at('kalendarz/…');
      await tab.goto(chosen.url);
      assert.equal(await tab.locator('.exports a[type="text/calendar"]').getAttribute('href'), `${chosen.url}events.ics`);
    }));

  it('says when people were invited too late', async (test) => {
    const late = [];
    await withTab({}, async (tab) => {
      for (const lang of ['pl', 'en']) {
        await tab.goto(at('kalendarz', lang).url);
        late.push(...(await tab.locator('.row .late').evaluateAll((found) => found.map((e) => e.closest('.row').querySelector('h3 a').href))));
      }
      for (const url of late) {
        await tab.goto(url);
        assert.match(await tab.locator('.notice').innerText(), /14/);
      }
    });
    if (!late.length) test.skip('no event of the guide was announced too late');
  });
});

describe('the year calendar', () => {
  it('prints a month a page or the year on one sheet, on the paper that is chosen', () =>
    withTab({ javaScriptEnabled: false }, async (tab) => {
      for (const lang of ['pl', 'en']) {
        await tab.goto(at('kalendarz/rok', lang).url);
        for (const [id, count, size] of [['a4', 12, [297, 210]], ['a3', 12, [420, 297]], ['a4-sheet', 1, [297, 210]], ['a3-sheet', 1, [420, 297]]]) {
          await tab.locator(`#${id}`).check();
          for (const year of ['this-year', 'next-year']) {
            await tab.locator(`#${year}`).check();
            const pdf = await tab.pdf({ preferCSSPageSize: true });
            assert.equal(sheets(pdf), count, `${id}, ${year}, ${lang}`);
            assert.deepEqual(paper(pdf), size, id);
          }
        }
      }
    }));

  it('loses nothing of a month on paper', () =>
    withTab({ javaScriptEnabled: false }, async (tab) => {
      await tab.emulateMedia({ media: 'print' });
      for (const lang of ['pl', 'en']) {
        await tab.goto(at('kalendarz/rok', lang).url);
        // The width of the paper within its margins, in pixels of CSS.
        for (const [id, width] of [['a4', 277], ['a3', 392], ['a4-sheet', 281], ['a3-sheet', 398]]) {
          await tab.setViewportSize({ width: Math.round((width / 25.4) * 96), height: 900 });
          await tab.evaluate((chosen) => { document.getElementById(chosen).checked = true; }, id);
          for (const year of ['this-year', 'next-year']) {
            await tab.evaluate((chosen) => { document.getElementById(chosen).checked = true; }, year);
            const months = await tab.locator(`.${year} .month`).evaluateAll((all) =>
              all.map((month) => [month.querySelector('h3').textContent, month.scrollHeight, month.clientHeight]));
            assert.deepEqual(months.filter(([, needs, has]) => has < 400 || needs > has + 1), [], `${id} ${lang}`);
          }
        }
      }
    }));

  it('has each day under its weekday, twelve months a year', () =>
    withTab({}, async (tab) => {
      await tab.goto(at('kalendarz/rok').url);
      const months = await tab.locator('.of-year').first().locator('.month').evaluateAll((found) =>
        found.map((month) => [...month.querySelectorAll('td:not(.no)')].map((day) => day.cellIndex)));
      const year = Number(await tab.locator('.of-year h2').first().innerText());
      assert.equal(months.length, 12);
      months.forEach((days, month) => {
        assert.equal(days.length, new Date(Date.UTC(year, month + 1, 0)).getUTCDate());
        days.forEach((column, day) => assert.equal(column, (new Date(Date.UTC(year, month, day + 1)).getUTCDay() + 6) % 7));
      });
    }));

  it('is a list of days where there is no room for a table', () =>
    withTab({ viewport: { width: 320, height: 640 } }, async (tab) => {
      await tab.goto(at('kalendarz/rok').url);
      const shown = tab.locator('.month td:visible');
      assert.ok((await shown.count()) > 0);
      assert.equal(await shown.count(), await tab.locator('.month td.has').count(), 'only days with something on them');
    }));
});
