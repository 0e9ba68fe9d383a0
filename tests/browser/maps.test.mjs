// Labels on maps: none covers another or is cut, and each can be read, at every width and level, by day and by night.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { onEach } from './browser.mjs';
import { files, guide, pages, samples } from './site.mjs';

const LEAST_CONTRAST = 4.5;

const withMaps = [];
for (const page of pages) {
  const { name } = files.find(({ path }) => path === page.path);
  if (/class="?map-view/.test(await readFile(join(guide.folder, name), 'utf8'))) withMaps.push(page);
}

/** Runs in the page: labels that meet or that the frame cuts. `level` shows a level whatever the width. */
function crowded(level) {
  const problems = [];
  for (const svg of document.querySelectorAll('svg.map')) {
    const groups = [...svg.querySelectorAll(':scope > .l')];
    if (level !== undefined) {
      groups.forEach((group, at) => (group.style.display = at === level ? 'inline' : 'none'));
      svg.style.setProperty('--px', 3000 / [330, 520, 860, 1460, 2500][level]);
    }
    const shown = groups.filter((group) => getComputedStyle(group).display !== 'none');
    if (level === undefined && shown.length !== 1) problems.push(`${shown.length} levels at once`);
    const frame = svg.getBoundingClientRect();
    const boxes = shown.flatMap((group) => [...group.querySelectorAll('text, .number circle, a.mark > *')]).map((e) => {
      const { x, y, width, height } = e.getBBox();
      const matrix = e.getScreenCTM();
      const eighths = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => (i * Math.PI) / 4);
      const corners = e.localName === 'circle'
        ? eighths.map((a) => [x + (width / 2) * (1 + Math.cos(a)), y + (height / 2) * (1 + Math.sin(a))])
        : [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
      return {
        text: e.textContent || e.parentElement.textContent || e.parentElement.getAttribute('aria-label'),
        owner: e.closest('.number, a.mark') ?? e,
        corners: corners.map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix)),
      };
    });
    // Two convex shapes are apart when an axis along one of their sides separates them.
    const apart = (a, b) => a.some((from, i) => {
      const to = a[(i + 1) % a.length];
      const [nx, ny] = [to.y - from.y, from.x - to.x];
      const reach = (points) => points.map(({ x, y }) => x * nx + y * ny);
      const [ra, rb] = [reach(a), reach(b)];
      return Math.max(...ra) <= Math.min(...rb) || Math.max(...rb) <= Math.min(...ra);
    });
    boxes.forEach(({ text, corners, owner }, i) => {
      const cut = corners.some(({ x, y }) => x < frame.left || x > frame.right || y < frame.top || y > frame.bottom);
      if (cut) problems.push(`"${text}" is cut`);
      for (const other of boxes.slice(i + 1)) {
        if (other.owner !== owner && !apart(corners, other.corners) && !apart(other.corners, corners)) {
          problems.push(`"${text}" meets "${other.text}"`);
        }
      }
    });
  }
  return problems;
}

/** Runs in the page: the least contrast of each label with what lies under its letters. */
async function faint([withText, without, least]) {
  const pixels = async (png) => {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const [over, under] = [await pixels(withText), await pixels(without)];
  // Relative luminance and contrast as WCAG 2.2 defines them.
  const channel = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const frame = document.querySelector('.map-view').getBoundingClientRect();
  const found = [];
  for (const text of document.querySelectorAll('svg.map text')) {
    const { left, right, top, bottom, width } = text.getBoundingClientRect();
    if (!width) continue;
    const fill = luminance(getComputedStyle(text).fill.match(/[\d.]+/g).map(Number));
    let worst = Infinity;
    for (let y = Math.max(0, Math.ceil(top - frame.top)); y < Math.min(over.height, bottom - frame.top); y++) {
      for (let x = Math.max(0, Math.ceil(left - frame.left)); x < Math.min(over.width, right - frame.left); x++) {
        const at = (y * over.width + x) * 4;
        const [a, b] = [over.data.slice(at, at + 3), under.data.slice(at, at + 3)];
        // Only where the letters are solid: their edges are mixed with what lies beneath.
        if (contrast(luminance(a), fill) > 1.05 || contrast(luminance(a), luminance(b)) < 1.3) continue;
        worst = Math.min(worst, contrast(fill, luminance(b)));
      }
    }
    if (worst < least) found.push(`"${text.textContent}" ${worst.toFixed(2)}`);
  }
  return found;
}

assert.ok(withMaps.length > 10, 'the guide has maps');

/** Maps of single pages are alike. */
const sampled = withMaps.filter((page) => samples.includes(page) || !page.kind.endsWith('*') || page.kind === 'trasy/*');

for (const width of [320, 360, 768, 1280]) {
  onEach(`labels of maps at ${width} px`, sampled, { viewport: { width, height: 900 } }, async (tab) => {
    assert.deepEqual(await tab.evaluate(crowded), []);
  });
}

onEach('labels of maps at every level', withMaps, {}, async (tab) => {
  const levels = await tab.locator('svg.map').first().locator(':scope > .l').count();
  for (let level = 0; level < levels; level++) assert.deepEqual(await tab.evaluate(crowded, level), [], `level ${level}`);
});

for (const [name, options] of [['light', { colorScheme: 'light' }], ['dark', { colorScheme: 'dark' }], ['the system\'s', { colorScheme: 'dark', forcedColors: 'active' }]]) {
  onEach(`contrast of labels of maps, colours: ${name}`, sampled, options, async (tab) => {
    const view = tab.locator('.map-view').first();
    await view.scrollIntoViewIfNeeded();
    const shot = async () => (await view.screenshot()).toString('base64');
    const withText = await shot();
    // A sheet that a script has made: the page's policy stops any that is written into it.
    await tab.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('svg.map text { fill: transparent !important }');
      document.adoptedStyleSheets = [sheet];
    });
    const without = await shot();
    await tab.evaluate(() => (document.adoptedStyleSheets = []));
    assert.deepEqual(await tab.evaluate(faint, [withText, without, LEAST_CONTRAST]), []);
  });
}
