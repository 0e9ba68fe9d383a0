// On the narrowest phone nothing sticks out and every link can be hit with a thumb.
import assert from 'node:assert/strict';

import { onEach } from './browser.mjs';
import { inTurn } from './site.mjs';

const WIDTH = 320;

/** Runs in the page: text that reaches past the edge, unless it can be scrolled to in a box of its own. */
function sticksOut(width) {
  const scrolls = (e) => e !== document.body && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    // Labels of maps have a test of their own.
    if (!data.trim() || !parentElement.checkVisibility() || parentElement.closest('svg') || scrolls(parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const { left, right } = range.getBoundingClientRect();
    if (left < -0.5 || right > width + 0.5) found.push(`${data.trim().slice(0, 40)}: from ${left} to ${right} px`);
  }
  return found;
}

/**
 * Runs in the page: links and controls smaller than 24 × 24 px. A link in a line of text is as tall as the line
 * (the inline exception of WCAG 2.5.8). What is drawn small may still be hit around it, so the corners are tried.
 * Links in the main text that are kept apart (the spacing exception) are left to axe.
 */
function small() {
  const TARGETS = ':is(header, nav, footer, .card) a[href], .skip, button, input, select, textarea, summary, [role="button"]';
  const SIDE = 24;
  const isBlock = (e) => !/^(inline|contents|none)$/.test(getComputedStyle(e).display);
  const block = (e) => (isBlock(e) ? e : block(e.parentElement));
  const isInText = (link) => {
    if (getComputedStyle(link).display !== 'inline') return false;
    const line = block(link.parentElement);
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (/\w/.test(data) && !link.contains(parentElement) && block(parentElement) === line) return true;
    }
    return false;
  };
  const isHit = (target, box) => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const reach = SIDE / 2 - 0.5;
    return [[-1, -1], [1, -1], [-1, 1], [1, 1]].every(([dx, dy]) => {
      const hit = document.elementFromPoint(x + dx * reach, y + dy * reach);
      return hit && target.contains(hit);
    });
  };
  return [...document.querySelectorAll(TARGETS)]
    .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !isInText(target))
    .flatMap((target) => {
      const size = target.getBoundingClientRect();
      if (size.width >= SIDE && size.height >= SIDE) return [];
      target.scrollIntoView({ block: 'center' });
      const box = target.getClientRects()[0];
      return isHit(target, box) ? [] : [`${target.textContent.trim().slice(0, 40)}: ${size.width} × ${size.height}`];
    });
}

onEach(`a page at ${WIDTH} px`, inTurn, { viewport: { width: WIDTH, height: 640 } }, async (tab) => {
  assert.deepEqual(await tab.evaluate(sticksOut, WIDTH), []);
  assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), WIDTH, 'no horizontal scroll');
  assert.deepEqual(await tab.evaluate(small), [], 'targets of at least 24 × 24 px');
});
