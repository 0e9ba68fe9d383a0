// One Chromium for a test file, and the tabs its tests read in.
import { after, describe, it } from 'node:test';

import { launch } from './chromium.mjs';

let running;
after(async () => (await running)?.close());

async function open(options) {
  running ??= launch();
  const context = await (await running).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(20_000);
  return context.newPage();
}

/** Gives `use` a tab with a fresh, empty profile. */
export async function withTab(options, use) {
  const tab = await open(options);
  try {
    return await use(tab);
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
