// axe-core finds nothing.
import assert from 'node:assert/strict';

import axe from 'axe-core';

import { onEach } from './browser.mjs';
import { pages, samples } from './site.mjs';

const OPTIONS = {
  resultTypes: ['violations'],
  rules: { 'target-size': { enabled: true } },
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

async function check(tab) {
  await tab.evaluate(axe.source);
  const { passes, violations } = await tab.evaluate((options) => window.axe.run(options), OPTIONS);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
  assert.ok(passes.length > 10, 'axe looked at the page');
  assert.deepEqual(found, []);
}

onEach('axe, wide and light', pages, { colorScheme: 'light' }, check);
onEach('axe, wide and dark', samples, { colorScheme: 'dark' }, check);
onEach('axe, narrow and light', samples, { colorScheme: 'light', viewport: { width: 320, height: 640 } }, check);
