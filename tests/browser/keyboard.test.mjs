// Everything can be done with a keyboard, and the reader always sees where they are.
import assert from 'node:assert/strict';

import { onEach } from './browser.mjs';
import { remember } from './focus.mjs';
import { samples } from './site.mjs';

for (const [colorScheme, read] of [['light', samples], ['dark', samples.filter(({ lang }) => lang === 'pl')]]) {
  onEach(`Tab visits everything in order and shows where it is (${colorScheme})`, read, { colorScheme }, async (tab) => {
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
