// What axe-core finds in a page.
import assert from 'node:assert/strict';

import axe from 'axe-core';

const OPTIONS = {
  resultTypes: ['violations'],
  rules: { 'target-size': { enabled: true } },
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

/** The page as it is now has nothing that axe would mend. */
export async function axeFindsNothing(tab) {
  await tab.evaluate(axe.source);
  const { passes, violations } = await tab.evaluate((options) => window.axe.run(options), OPTIONS);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
  assert.ok(passes.length > 10, 'axe looked at the page');
  assert.deepEqual(found, []);
}
