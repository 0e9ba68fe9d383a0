// Lighthouse has nothing to say against pages but how fast they were measured: that is lighthouse.mjs.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { judging } from './lighthouse.mjs';
import { pages } from './site.mjs';

const CATEGORIES = ['accessibility', 'best-practices', 'seo'];
const PATHS = ['/', '/trasy/krzyz-i-wolnosc/', '/en/organisations/'];

it('accessibility, best practices and search engines', async () => {
  await judging(CATEGORIES, async (judge) => {
    for (const path of PATHS) {
      const { scores, blamed } = await judge(pages.find((page) => page.path === path));
      assert.deepEqual(scores, Object.fromEntries(CATEGORIES.map((name) => [name, 100])), `${path}\n${blamed.join('\n')}`);
    }
  });
});
