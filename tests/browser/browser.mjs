// One Chromium for a test file (one more for other arguments), and the tabs its tests read in.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { launch } from './chromium.mjs';

const running = new Map();
after(async () => {
  for (const browser of running.values()) await (await browser).close();
});

async function open({ args = [], ...options }) {
  const key = args.join(' ');
  if (!running.has(key)) running.set(key, launch(...args));
  const context = await (await running.get(key)).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(20_000);
  const tab = await context.newPage();
  const blocked = [];
  refused.set(tab, blocked);
  // Chromium says in the console what a content security policy has stopped, of every page and worker of the tab.
  context.on('console', (message) => {
    if (/Content Security Policy|Permissions.Policy/i.test(message.text())) blocked.push(`${message.page()?.url()}: ${message.text()}`);
  });
  return tab;
}

/** What the site's own policy has stopped in each tab: a page that asks for it is wrong, or the policy is. */
const refused = new WeakMap();

function assertNothingBlocked(tab) {
  assert.deepEqual(refused.get(tab).splice(0), []);
}

/** Gives `use` a tab with a fresh, empty profile. */
export async function withTab(options, use) {
  const tab = await open(options);
  try {
    const result = await use(tab);
    assertNothingBlocked(tab);
    return result;
  } finally {
    await tab.context().close();
  }
}

/** Tabs that are used again as long as nothing went wrong in them: opening one costs more than reading a page. */
export function tabs(options) {
  const free = [];
  return {
    async use(check) {
      const tab = free.pop() ?? (await open(options));
      try {
        await check(tab);
        assertNothingBlocked(tab);
        free.push(tab);
      } catch (error) {
        await tab.context().close();
        throw error;
      }
    },
    close: () => Promise.all(free.map((tab) => tab.context().close())),
  };
}

/** A story that holds for each of `pages`: one test a page, several at once. */
export function onEach(story, pages, options, check) {
  describe(story, { concurrency: 4 }, () => {
    const shared = tabs(options);
    after(shared.close);
    for (const page of pages) {
      it(page.path, () =>
        shared.use(async (tab) => {
          await tab.goto(page.url);
          await check(tab, page);
        }),
      );
    }
  });
}
