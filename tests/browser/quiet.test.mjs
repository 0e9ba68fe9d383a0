// A page says nothing, fails at nothing, asks nobody else and leaves nothing behind.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { tabs } from './browser.mjs';
import { guide, several } from './site.mjs';

const { use, close } = tabs({});

/** Reads `url` to its end: nothing may go wrong. An error that `allowed` matches is not one. */
function read(url, { status = 200, allowed = /^$/ } = {}) {
  return use(async (tab) => {
    const heard = [];
    tab.on('console', (message) => heard.push(`console: ${message.text()}`));
    tab.on('pageerror', (error) => heard.push(`error: ${error.message}`));
    tab.on('requestfailed', (request) => {
      // What Chromium itself gave up (the icon of the page before) did not fail.
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') heard.push(`failed: ${request.url()}`);
    });
    tab.on('request', (request) => {
      if (!request.url().startsWith(`${guide.url}/`)) heard.push(`another origin: ${request.url()}`);
    });
    tab.on('response', (response) => {
      const expected = response.url() === url ? status : 200;
      if (response.status() !== expected) heard.push(`status ${response.status()}: ${response.url()}`);
    });
    await tab.goto(url);
    await tab.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await tab.waitForLoadState('networkidle');
    const cookies = await tab.context().cookies();
    heard.push(...cookies.map(({ name }) => `cookie: ${name}`), ...(await tab.evaluate(stored)));
    tab.removeAllListeners();
    assert.deepEqual(heard.filter((line) => !allowed.test(line)), []);
  });
}

async function stored() {
  const databases = await indexedDB.databases();
  const workers = await navigator.serviceWorker.getRegistrations();
  return [
    ...Object.keys(localStorage).map((key) => `localStorage: ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage: ${key}`),
    ...databases.map(({ name }) => `database: ${name}`),
    ...(await caches.keys()).map((key) => `cache: ${key}`),
    ...workers.map(({ scope }) => `service worker: ${scope}`),
  ];
}

describe('a page is quiet', { concurrency: 4 }, () => {
  after(close);

  for (const { path, url } of several) {
    it(path, () => read(url));
  }

  it('at an address that does not exist, however deep', () =>
    read(`${guide.url}/ulica/ktorej/nie-ma/`, { status: 404, allowed: /^console: .*status of 404/ }));
});
