// Everything can be done with a keyboard, and the reader always sees where they are.
import assert from 'node:assert/strict';

import { onEach } from './browser.mjs';
import { remember } from './focus.mjs';
import { samples } from './site.mjs';

for (const [colorScheme, read] of [['light', samples], ['dark', samples.filter(({ lang }) => lang === 'pl')]]) {
  onEach(`Tab visits everything in order and shows where it is (${colorScheme})`, read, { colorScheme }, async (tab) => {
    // What is in a frame is another page.
    await tab.evaluate(() => document.querySelector('iframe')?.remove());
    await tab.evaluate(remember);
    const names = await tab.evaluate(() => window.names);
    assert.ok(names.length > 8, 'a page has a header and a footer');
    const problems = [];
    for (const [expected, name] of names.entries()) {
      await tab.keyboard.press('Tab');
      const { index, problem } = await tab.evaluate(() => {
        const index = window.current();
        return { index, problem: index < 0 ? '' : window.problem() };
      });
      assert.equal(names[index], name, `stop ${expected + 1}`);
      assert.equal(index, expected, `stop ${expected + 1}: ${name}`);
      if (problem) problems.push(`${name}: ${problem}`);
    }
    assert.deepEqual(problems, []);
    await tab.keyboard.press('Tab');
    assert.ok((await tab.evaluate(() => window.current())) <= 0, 'Tab leaves the page after its last link');
  });
}

onEach('the skip link leads past the header', samples, {}, async (tab) => {
  await tab.keyboard.press('Tab');
  const link = tab.locator(':focus');
  const target = await link.getAttribute('href');
  assert.match(target, /^#./, 'the first stop is a link within the page');
  const box = await link.boundingBox();
  assert.ok(box.x >= 0 && box.y >= 0 && box.height >= 24, 'it can be seen while it has focus');
  await tab.keyboard.press('Enter');
  await tab.waitForURL((url) => url.hash === target);
  await tab.keyboard.press('Tab');
  const where = await tab.evaluate(() => document.activeElement.closest('header, main, footer, body').localName);
  assert.equal(where, 'main', 'the next stop is in the main text');
});

onEach('the menu of a narrow screen opens, leads to every section and closes', samples.filter(({ kind }) => !kind.endsWith('/…')), { viewport: { width: 320, height: 640 } }, async (tab) => {
  const [menu, links] = [tab.locator('.menu'), tab.locator('#nav a')];
  assert.equal(await tab.locator('#nav a:visible').count(), 0, 'it is closed at first');
  await menu.press('Enter');
  assert.equal(await tab.locator('#nav a:visible').count(), await links.count());
  for (const box of await links.evaluateAll((all) => all.map((link) => link.getBoundingClientRect().toJSON()))) {
    assert.ok(box.height >= 44 && box.left >= 0 && box.right <= 320, JSON.stringify(box));
  }
  await tab.keyboard.press('Tab');
  assert.ok(await links.first().evaluate((link) => link === document.activeElement), 'its first link comes next');
  await tab.keyboard.press('Escape');
  assert.equal(await tab.locator('#nav a:visible').count(), 0);
  assert.ok(await menu.evaluate((button) => button === document.activeElement), 'and back where it was opened');
});
