// Nothing moves while a page is loading or being scrolled.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { withTab } from './browser.mjs';
import { samples } from './site.mjs';

function watch() {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { sources, value } of list.getEntries()) {
      window.shifts.push(`${value}: ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.textContent).join(', ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

async function scrollThrough() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await document.fonts.ready;
  await frame();
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await frame();
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  return window.shifts;
}

for (const width of [360, 1280]) {
  describe(`layout shift at ${width} px`, { concurrency: 4 }, () => {
    for (const { path, url } of samples) {
      it(path, () =>
        withTab({ viewport: { width, height: 800 } }, async (tab) => {
          await tab.addInitScript(watch);
          await tab.goto(url);
          assert.deepEqual(await tab.evaluate(scrollThrough), []);
        }),
      );
    }
  });
}
