// What axe cannot see: a small window, other spacing, larger text, colours of the system, no pictures, a screen reader's order,
// the focus after something has changed. (Targets: narrow.test.mjs; the way of Tab: keyboard.test.mjs.)
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { onEach, withTab } from './browser.mjs';
import { heard, measure, restyle, SPACED, TWICE } from './wcag.mjs';
import { pages, pictured, samples } from './site.mjs';

/** Measures of the page as it is now; each finding says under which conditions. */
async function found(tab, when, ...measures) {
  const all = await tab.evaluate((names) => names.flatMap((name) => window.wcag[name]()), measures);
  return all.map((what) => `${when}: ${what}`);
}

const WIDE = { width: 1280, height: 800 };
/** 1280 × 1024 at 400 %: WCAG 1.4.10. */
const ZOOMED = { width: 320, height: 256 };
const MIDDLE = { width: 768, height: 800 };

onEach('text stays whole: zoomed, spaced, twice as large', samples, {}, async (tab) => {
  await tab.evaluate(measure);
  const lost = [];
  const conditions = [
    ['as it is', WIDE, '', ['cut', 'covered']],
    ['spaced', WIDE, SPACED, ['cut', 'covered']],
    ['twice as large', WIDE, TWICE, ['cut', 'covered']],
    ['twice as large, 768 px', MIDDLE, TWICE, ['cut', 'covered']],
    ['zoomed and spaced', ZOOMED, SPACED, ['cut', 'covered']],
    ['zoomed', ZOOMED, '', ['cut', 'covered', 'hiddenStops']],
  ];
  for (const [when, viewport, css, measures] of conditions) {
    await tab.setViewportSize(viewport);
    await restyle(tab, css);
    lost.push(...(await found(tab, when, ...measures)));
  }
  await tab.setViewportSize(WIDE);
  assert.deepEqual(lost, []);
});

/** As if a screen reader ran: Chromium tells it also what is not laid out yet. */
const READ_OUT = { args: ['--force-renderer-accessibility'] };

onEach('a page as it is read out', samples, READ_OUT, async (tab) => {
  const inTurn = await heard(tab);
  const roles = inTurn.map(({ role }) => role);
  assert.deepEqual(roles.filter((role) => ['banner', 'main', 'contentinfo'].includes(role)), ['banner', 'main', 'contentinfo']);
  const navigation = roles.indexOf('navigation');
  assert.ok(navigation > roles.indexOf('banner') && navigation < roles.indexOf('main'), 'the ways through the guide come before the text');
  const headings = inTurn.filter(({ role }) => role === 'heading');
  assert.equal(headings[0].level, 1, 'no heading comes before that of the page');
  for (const [at, { level, name }] of headings.entries()) {
    assert.ok(at === 0 || level <= headings[at - 1].level + 1, `“${name}” leaves out a level`);
    assert.ok(name, 'an empty heading');
  }
  assert.deepEqual(inTurn.filter(({ focusable, name, role }) => focusable && !name && role !== 'main'), [], 'what can be used has a name');
  // Some browsers take a list without its marks for none; what Chromium says is what the markup means.
  const lists = await tab.evaluate(() => [...document.querySelectorAll(':is(ul, ol):not([role])')].filter((e) => e.checkVisibility() && e.childElementCount).length);
  assert.equal(roles.filter((role) => role === 'list').length, lists, 'lists are lists');
  await tab.evaluate(measure);
  const disorder = [];
  for (const viewport of [WIDE, MIDDLE, { width: 360, height: 800 }]) {
    await tab.setViewportSize(viewport);
    disorder.push(...(await found(tab, `${viewport.width} px`, 'disordered')));
  }
  await tab.setViewportSize(WIDE);
  assert.deepEqual(disorder, []);
});

/** As far down as a page is looked at: books are long, and much the same. */
const DEPTH = 6000;

for (const [lang, colorScheme] of [['pl', 'light'], ['en', 'dark']]) {
  const own = samples.filter((page) => page.lang === lang);
  onEach(`nothing vanishes in the system's colours (${colorScheme})`, own, { forcedColors: 'active', colorScheme }, async (tab) => {
    await tab.evaluate(measure);
    // Closed parts are as much of the page as others.
    await tab.evaluate(() => document.querySelectorAll('details').forEach((e) => (e.removeAttribute('name'), (e.open = true))));
    const height = await tab.evaluate((depth) => Math.min(depth, document.documentElement.scrollHeight), DEPTH);
    const signs = await tab.evaluate((limit) => window.wcag.signs(limit), height);
    assert.ok(signs.length > 4, 'a page has a header and a footer');
    const shot = await tab.screenshot({ fullPage: true, clip: { x: 0, y: 0, width: WIDE.width, height } });
    assert.deepEqual(await tab.evaluate(([all, png]) => window.wcag.vanished(all, png), [signs, shot.toString('base64')]), []);
  });
}

onEach('the focus shows in the system\'s colours', samples.filter(({ lang }) => lang === 'pl'), { forcedColors: 'active' }, async (tab) => {
  await tab.keyboard.press('Tab');
  const unseen = await tab.evaluate(() => {
    const looks = new Set();
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((e) => !e.disabled).flatMap((e) => {
      const look = `${e.localName} ${e.type} ${e.className} ${e.parentElement.className}`;
      if (looks.has(look) || e.closest('svg') || !e.checkVisibility({ visibilityProperty: true })) return [];
      looks.add(look);
      e.focus();
      // A card shows the focus of the link in its heading.
      const shows = [e, e.closest('.card'), e.closest('label')].some((box) => {
        if (!box) return false;
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(box);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/transparent|, 0\)/.test(outlineColor);
      });
      return shows ? [] : [e.outerHTML.slice(0, 120)];
    });
  });
  assert.deepEqual(unseen, []);
});

const PICTURES = /\.(avif|gif|jpe?g|png|svg|webp)([?#]|$)/;

onEach('a page without its pictures', samples.filter((page) => pictured.includes(page)), {}, async (tab) => {
  await tab.evaluate(measure);
  const before = await tab.evaluate(() => window.wcag.pictures());
  // On cards pictures are ornament: the heading beside them says the same.
  assert.equal(await tab.locator('img:not([alt]), figure img[alt=""]').count(), 0, 'each says what it shows');
  await tab.route(PICTURES, (route) => route.abort());
  await tab.reload();
  await tab.evaluate(measure);
  const after = await tab.evaluate(() => window.wcag.pictures());
  assert.deepEqual(after.boxes, before.boxes, 'they keep their room');
  // A picture's own proportions are finer than the whole pixels that its tag says.
  assert.ok(Math.abs(after.page - before.page) <= before.boxes.length + 1, `the page is ${after.page} px high instead of ${before.page}`);
  assert.deepEqual(await found(tab, 'without pictures', 'overPictures', 'covered'), []);
  await tab.unroute(PICTURES);
});

const withAnchors = samples.filter(({ kind }) => ['poradnik/druk', 'poradnik/slowniczek', 'o-przewodniku/jak-edytowac/*', 'dane', 'trasy/*', 'organizacje'].includes(kind));

onEach('a link within the page takes the focus along', withAnchors, {}, async (tab) => {
  const targets = await tab.evaluate(() => [...new Set([...document.querySelectorAll('main a[href*="#"]')]
    .filter((a) => a.checkVisibility() && a.pathname === location.pathname && document.getElementById(decodeURIComponent(a.hash.slice(1))))
    .map((a) => a.hash))].slice(0, 40));
  for (const hash of [targets[0], targets.at(-1)].filter(Boolean)) {
    await tab.locator(`main a[href$="${hash}"]:visible`).first().focus();
    await tab.keyboard.press('Enter');
    await tab.waitForURL((url) => url.hash === hash);
    await tab.keyboard.press('Tab');
    const next = await tab.evaluate((id) => {
      const target = document.getElementById(decodeURIComponent(id));
      const now = document.activeElement;
      if (now === document.body) return 'nowhere';
      return target.contains(now) || target.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING ? 'after' : `before it: ${now.outerHTML.slice(0, 80)}`;
    }, hash.slice(1));
    assert.equal(next, 'after', hash);
  }
});

const active = (tab) => tab.evaluate(() => document.activeElement.localName);
const page = (kind) => pages.find((one) => one.kind === kind && one.lang === 'pl');

describe('the focus is not lost', () => {
  it('when parts are opened and closed', () =>
    withTab({}, async (tab) => {
      for (const kind of ['organizacje', 'kalendarz', 'szukaj']) {
        await tab.goto(page(kind).url);
        for (const summary of (await tab.locator('summary:visible').all()).slice(0, 3)) {
          await summary.focus();
          for (let times = 0; times < 2; times += 1) {
            await tab.keyboard.press('Enter');
            assert.ok(await summary.evaluate((e) => e === document.activeElement), kind);
          }
        }
      }
    }));

  it('when the directory is chosen from', () =>
    withTab({}, async (tab) => {
      await tab.goto(page('organizacje').url);
      const field = tab.locator('.find [name=q]');
      await field.pressSequentially('zzz');
      assert.ok(await tab.locator('.find-none').isVisible());
      assert.equal(await active(tab), 'input');
      await tab.keyboard.press('Enter');
      assert.equal(await active(tab), 'input');
      await field.fill('');
      const choice = tab.locator('.find [name=areas]');
      await choice.focus();
      await tab.keyboard.press('ArrowDown');
      assert.equal(await active(tab), 'select');
    }));

  it('when something is searched for', () =>
    withTab({}, async (tab) => {
      await tab.goto(page('szukaj').url);
      await tab.getByRole('searchbox').pressSequentially('plac');
      await tab.locator('.results li').first().waitFor();
      assert.equal(await active(tab), 'input');
      await tab.keyboard.press('Enter');
      await tab.waitForTimeout(300);
      assert.equal(await active(tab), 'input');
      const kind = tab.locator('.kinds input').first();
      await kind.focus();
      await tab.keyboard.press('ArrowRight');
      await tab.waitForTimeout(300);
      assert.ok(await tab.evaluate(() => document.activeElement.closest('.kinds')?.checkVisibility()));
    }));

  it('when buttons of a map go', () =>
    withTab({}, async (tab) => {
      await tab.goto(page('mapa').url);
      await tab.locator('[data-map=in]').press('Enter');
      await tab.locator('[data-map=right]').press('0');
      assert.equal(await tab.locator('[data-map=right]').isVisible(), false);
      const now = await tab.evaluate(() => document.activeElement.closest('.map-box') && document.activeElement.checkVisibility());
      assert.ok(now, 'it is still at the map');
    }));
});

// Each measure sees what it is for: the same page with a mistake in it.
describe('a page that is broken', () => {
  const broken = async (tab, html) => {
    await tab.goto(page('404.html').url);
    await tab.evaluate(measure);
    await tab.evaluate((text) => document.querySelector('main').insertAdjacentHTML('beforeend', text), html);
  };
  const MISTAKES = [
    ['cut', 'box { display: block; overflow: hidden; block-size: 3rem }', '<box>One line<br>another<br>a third that nobody sees</box>', /a third.* is cut/],
    ['cut', 'box { display: block; white-space: nowrap }', `<box>${'wide '.repeat(80)}</box>`, /sticks out|the page is/],
    ['cut', 'box { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }', `<box>${'wide '.repeat(80)}</box>`, /is cut/],
    ['covered', 'box { display: block; block-size: 1.6rem } box + box { background: red }', '<box>One<br>that is long</box><box>Two that is long too</box>', /lie over each other/],
    ['disordered', 'box { display: flex; flex-direction: column-reverse }', '<box><p>First</p><p>Second</p></box>', /“Second”.*above/],
    ['disordered', 'box { display: flex; flex-direction: row-reverse }', '<box><p>First</p><p>Second</p></box>', /“Second”.*left of/],
    ['hiddenStops', 'box { position: fixed; inset: 0; background: red }', '<a href="#">Under</a><box></box>', /Under cannot be seen/],
    ['overPictures', 'box { display: grid } box > * { grid-area: 1 / 1 }', '<box><img alt="A view" width="300" height="200"><p>Over it</p></box>', /Over it” stands on “A view/],
  ];
  for (const [measureName, css, html, sees] of MISTAKES) {
    it(`${measureName}: ${css}`, () =>
      withTab({}, async (tab) => {
        await broken(tab, html);
        assert.deepEqual((await found(tab, '', measureName)).filter((what) => sees.test(what)), [], 'without the sheet it is well');
        await restyle(tab, css);
        assert.ok((await found(tab, '', measureName)).some((what) => sees.test(what)), `${await found(tab, '', measureName)}`);
      }));
  }

  it('vanished: a sign that keeps the colour of the ground', () =>
    withTab({ forcedColors: 'active' }, async (tab) => {
      await broken(tab, '<p><button>Gone</button></p><div><button>There</button></div>');
      await restyle(tab, 'p > button { forced-color-adjust: none; color: Canvas; background: Canvas; border: 0 }');
      const signs = (await tab.evaluate(() => window.wcag.signs(9000))).filter(({ name }) => /Gone|There/.test(name));
      const shot = (await tab.screenshot({ fullPage: true })).toString('base64');
      const gone = await tab.evaluate(([all, png]) => window.wcag.vanished(all, png), [signs, shot]);
      assert.match(gone.join(), /^<button> Gone cannot/);
    }));
});
