// Nothing moves while a page is loading or being scrolled.
import assert from 'node:assert/strict';

import { onEach } from './browser.mjs';
import { inTurn, pictured, several } from './site.mjs';

/** Runs in the page: reads it to its end and tells what has moved since it began to load. */
async function shifts() {
  const moved = [];
  const what = ({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.textContent;
  // Lists at the right edge of the header grow to the left while their links arrive, if a frame falls between two of them:
  // a hair's breadth. What is below would be told if the header's height changed.
  const arriving = ({ sources, value }) => value < 0.01 && sources.every(({ node }) => node?.parentElement?.closest('body > header'));
  const observer = new PerformanceObserver((list) => {
    moved.push(...list.getEntries().filter((entry) => !arriving(entry))
      .map(({ sources, value }) => `${value}: ${sources.map(what).join(', ')}`));
  });
  observer.observe({ type: 'layout-shift', buffered: true });
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await document.fonts.ready;
  await frame();
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await frame();
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  return moved;
}

const read = [...new Set([...inTurn, ...several.filter((page) => pictured.includes(page))])];

for (const width of [360, 1280]) {
  onEach(`layout shift at ${width} px`, read, { viewport: { width, height: 800 } }, async (tab) => {
    assert.deepEqual(await tab.evaluate(shifts), []);
  });
}
