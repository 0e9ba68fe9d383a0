// Pages of the guide in frames of another site, by both snippets that the guide's own page writes, in a real browser.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';

import { unfurl } from 'unfurl.js';

import { onEach, withTab } from './browser.mjs';
import { axeFindsNothing } from './axe.mjs';
import { files, frames, guide, homes } from './site.mjs';

/** The smallest policy under which a host can show frames of the guide. */
const POLICY = `default-src 'none'; script-src ${guide.url}; frame-src ${guide.url}`;

const twins = files.map(({ path }) => path).filter((path) => /^\/(en\/)?embed\//.test(path));
/** One of each kind in each language. */
const samples = [...new Map(twins.map((path) => [path.replace(/(embed\/[^/]+\/).+/, '$1…'), path])).values()];

/** A site of its own: another port is another origin. */
async function startHost() {
  const pages = new Map();
  const server = createServer((request, response) => {
    const html = pages.get(request.url);
    response.writeHead(html ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': html?.policy ?? POLICY });
    response.end(html?.text);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  let count = 0;
  return {
    url,
    close: () => server.close(),
    /** Puts a page on the host; gives its address. */
    page(body, policy) {
      const path = `/${(count += 1)}`;
      pages.set(path, { text: `<!doctype html><html lang="pl"><meta charset="utf-8"><title>Gospodarz</title>${body}`, policy });
      return url + path;
    },
  };
}

const element = (path, more = '') => `<nowa-huta src="${guide.url}${path}"${more}><a href="${guide.url}">Przewodnik</a></nowa-huta><script async src="${guide.url}/embed.js"></script>`;
const iframe = (path) => `<iframe src="${guide.url}${path}" title="Przewodnik" width="100%" height="700" loading="lazy" allow="geolocation" style="border:0"></iframe>`;

/** Waits until the frame is as tall as what is in it. */
async function fits(tab) {
  const frame = await (await tab.waitForSelector('nowa-huta iframe')).contentFrame();
  await frame.waitForLoadState('load');
  const measure = async () => {
    const outer = await tab.evaluate(() => document.querySelector('nowa-huta iframe').getBoundingClientRect().height);
    const inner = await frame.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
    return { outer, inner };
  };
  let last;
  for (const end = Date.now() + 10_000; Date.now() < end; await tab.waitForTimeout(50)) {
    last = await measure();
    if (last.outer === last.inner && last.inner > 100) return { frame, height: last.outer };
  }
  return assert.fail(`the frame has ${last.outer} px, its content ${last.inner}`);
}

/** Tells whatever the browser says of a page and its frames. */
function listen(tab) {
  const said = [];
  tab.on('console', (message) => said.push(message.text()));
  tab.on('pageerror', (error) => said.push(error.message));
  return said;
}

describe('frames on another site', () => {
  let host;
  before(async () => (host = await startHost()));
  after(() => host.close());

  it('are there for every kind in both languages', () => {
    const kinds = (start) => new Set(samples.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length).split('/')[0]));
    assert.deepEqual([...kinds('/embed/')].sort(), ['kalendarz', 'legendy', 'mapa', 'miejsca', 'organizacje', 'szukaj', 'trasy']);
    assert.deepEqual([...kinds('/en/embed/')].sort(), ['calendar', 'legends', 'map', 'organisations', 'places', 'search', 'tours']);
  });

  for (const path of samples) {
    it(`follow their content: ${path}`, () =>
      withTab({ viewport: { width: 1000, height: 800 } }, async (tab) => {
        const said = listen(tab);
        await tab.goto(host.page(`<p>Przed.</p>${element(path)}<p>Po.</p>`));
        const { frame, height } = await fits(tab);
        assert.equal(await frame.locator('h1').count(), 1);
        await tab.setViewportSize({ width: 360, height: 800 });
        const narrow = await fits(tab);
        assert.ok(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no scroll bar below');
        // As when a font comes late.
        await frame.evaluate(() => (document.documentElement.style.fontSize = '150%'));
        const large = await fits(tab);
        assert.ok(large.height > narrow.height, `${large.height} > ${narrow.height}`);
        await frame.evaluate(() => (document.documentElement.style.fontSize = ''));
        await tab.setViewportSize({ width: 1000, height: 800 });
        assert.equal((await fits(tab)).height, height);
        assert.deepEqual(said, []);
        assert.deepEqual(await tab.context().cookies(), []);
        for (const part of tab.frames()) {
          assert.deepEqual(await part.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]), [0, 0, 0]);
        }
      }));

    it(`stand in a plain frame: ${path}`, () =>
      withTab({}, async (tab) => {
        const said = listen(tab);
        // The style attribute of the snippet is the host's own: a host without such styles sees a border.
        await tab.goto(host.page(iframe(path), `default-src 'none'; frame-src ${guide.url}; style-src 'unsafe-inline'`));
        const frame = await (await tab.waitForSelector('iframe')).contentFrame();
        await frame.locator('h1').first().waitFor({ state: 'attached' });
        assert.equal(await tab.evaluate(() => document.querySelector('iframe').getBoundingClientRect().height), 700);
        assert.equal(await frame.evaluate(() => getComputedStyle(document.body).overflowY), 'visible');
        assert.deepEqual(said, []);
      }));
  }

  it('let the keyboard through', () =>
    withTab({}, async (tab) => {
      const path = samples.find((sample) => sample.startsWith('/embed/organizacje'));
      await tab.goto(host.page(`<a id="a" href="#">Przed</a>${element(path)}<a id="z" href="#">Po</a>`));
      const { frame } = await fits(tab);
      const links = await frame.locator('a').count();
      await tab.focus('#a');
      for (let at = 0; at < links; at += 1) {
        await tab.keyboard.press('Tab');
        assert.equal(await frame.evaluate((n) => document.querySelectorAll('a')[n] === document.activeElement, at), true, `link ${at}`);
      }
      await tab.keyboard.press('Tab');
      assert.equal(await tab.evaluate(() => document.activeElement.id), 'z');
    }));

  it('look as the host asks, and go on doing so', () =>
    withTab({ colorScheme: 'light' }, async (tab) => {
      const path = samples.find((sample) => sample.startsWith('/embed/miejsca'));
      await tab.goto(host.page(element(path, ' theme="dark" accent="#ffee00"')));
      const { frame } = await fits(tab);
      const look = () => frame.evaluate(() => {
        const of = (node, what) => getComputedStyle(node)[what];
        return [of(document.body, 'backgroundColor'), of(document.querySelector('.kind'), 'color'), of(document.querySelector('.map-view') ?? document.body, 'backgroundColor')];
      });
      assert.deepEqual((await look()).slice(0, 2), ['rgb(16, 22, 29)', 'rgb(255, 238, 0)']);
      const [,, night] = await look();
      await tab.evaluate(() => document.querySelector('nowa-huta').setAttribute('theme', 'light'));
      await frame.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(244, 246, 243)');
      const [, kind, day] = await look();
      assert.notEqual(day, night);
      // Yellow cannot be read on paper: it is as dark as it must be.
      const luminance = await frame.evaluate((colour) => colour.match(/\d+/g).map((c) => (c / 255) ** 2.2).reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0), kind);
      assert.ok((0.79 + 0.05) / (luminance + 0.05) >= 4.4, kind);
      await tab.evaluate(() => document.querySelector('nowa-huta').setAttribute('accent', 'url(//evil)'));
      await frame.waitForFunction(() => !document.documentElement.hasAttribute('data-accent'));
    }));

  it('speak the language that the host asks for', () =>
    withTab({}, async (tab) => {
      const path = samples.find((sample) => sample.startsWith('/embed/trasy'));
      await tab.goto(host.page(element(path, ' lang="en"')));
      const frame = await (await tab.waitForSelector('nowa-huta iframe')).contentFrame();
      await frame.waitForFunction(() => document.documentElement.lang === 'en' && document.readyState === 'complete');
      assert.match(frame.url(), /\/en\/embed\/tours\//);
      assert.equal(await frame.locator('link[rel=canonical]').getAttribute('href'), homes.en + frame.url().match(/embed\/([^?]*)/)[1]);
      await fits(tab);
    }));

  it('do not listen to strangers', () =>
    withTab({}, async (tab) => {
      const path = samples.find((sample) => sample.startsWith('/embed/legendy'));
      const stranger = await startHost();
      const shout = stranger.page('<script>addEventListener("load",()=>{for(const height of [1,19999,-5,"x",{}])parent.postMessage({huta:"height",height},"*");document.body.append("powiedziane")})</script><body>', "default-src 'none'; script-src 'unsafe-inline'");
      await tab.goto(host.page(`${element(path)}<iframe id="stranger" src="${shout}"></iframe>`, `default-src 'none'; script-src ${guide.url}; frame-src *`));
      const { frame, height } = await fits(tab);
      await (await (await tab.waitForSelector('#stranger')).contentFrame()).getByText('powiedziane').waitFor();
      // The host itself is no stranger to its frame, but it is one to its script.
      await tab.evaluate(() => {
        for (const data of [{ huta: 'height', height: 7 }, 'height', null, { huta: 'options', theme: 'dark' }]) postMessage(data, '*');
      });
      await tab.waitForTimeout(200);
      assert.equal((await fits(tab)).height, height);
      // A frame that was told of another host does not listen to this one.
      const before = await frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await frame.evaluate(() => location.replace(location.href.replace(/host=[^&]*/, 'host=https%3A%2F%2Fexample.org')));
      await tab.waitForTimeout(300);
      await tab.evaluate((origin) => document.querySelector('nowa-huta iframe').contentWindow.postMessage({ huta: 'options', theme: 'dark' }, origin), guide.url);
      await tab.waitForTimeout(200);
      assert.equal(await frame.evaluate(() => getComputedStyle(document.body).backgroundColor), before);
      stranger.close();
    }));

  it('show nothing but the guide', () =>
    withTab({}, async (tab) => {
      await tab.goto(host.page(`${element('/embed/mapa/').replace(/src="[^"]*"/, 'src="https://example.org/"')}`));
      await tab.waitForFunction(() => customElements.get('nowa-huta'));
      assert.equal(await tab.locator('iframe').count(), 0);
      assert.equal(await tab.getByRole('link', { name: 'Przewodnik' }).isVisible(), true);
    }));
});

onEach('axe in a frame, wide and dark', frames, { colorScheme: 'dark' }, axeFindsNothing);
onEach('axe in a frame, narrow and light', frames, { colorScheme: 'light', viewport: { width: 320, height: 640 } }, axeFindsNothing);

describe('scripts of frames', () => {
  const size = async (name) => brotliCompressSync(await readFile(join(guide.folder, name))).length;
  it('are small', async () => {
    assert.ok((await size('embed.js')) <= 1_000);
    assert.ok((await size('embed-frame.js')) <= 1_500);
  });
});

describe('oEmbed', () => {
  it('is found and understood by a program that other sites use', async () => {
    for (const path of samples) {
      const page = path.replace('embed/', '');
      const { oEmbed } = await unfurl(guide.url + page, { oembed: true });
      assert.equal(oEmbed?.type, 'rich', page);
      assert.equal(oEmbed.version, '1.0');
      assert.ok(oEmbed.width > 0 && oEmbed.height > 0);
      assert.match(oEmbed.html, new RegExp(`^<iframe src="${guide.url}${path}" `));
    }
  });

  it('says the same as JSON and as XML', async () => {
    for (const path of twins) {
      const page = guide.url + path.replace('embed/', '');
      const json = await (await fetch(`${page}oembed.json`)).json();
      const text = await (await fetch(`${page}oembed.xml`)).text();
      const plain = (xml) => xml.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name]);
      const xml = Object.fromEntries([...text.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, name, value]) => [name, plain(value)]));
      assert.deepEqual(xml, Object.fromEntries(Object.entries(json).map(([name, value]) => [name, String(value)])), page);
    }
  });
});

describe('the page that writes the code', () => {
  for (const [lang, address] of [['pl', `${homes.pl}osadz/`], ['en', `${homes.en}embed-guide/`]]) {
    it(`writes code that works: ${lang}`, async () => {
      const host = await startHost();
      await withTab({ permissions: ['clipboard-read', 'clipboard-write'] }, async (tab) => {
        const said = listen(tab);
        await tab.goto(address);
        const select = tab.locator('select[name=p]');
        const value = await select.locator('optgroup option').first().getAttribute('value');
        await select.selectOption(value);
        await tab.locator('input[name=theme][value=dark]').check();
        await tab.locator('input[name=own]').check();
        await tab.locator('input[name=accent]').fill('#12ab34');
        assert.equal(new URL(tab.url()).searchParams.get('p'), value);
        const { frame } = await fits(tab);
        await frame.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(16, 22, 29)');
        await tab.locator('[data-copy=element]').click();
        await tab.getByText(lang === 'pl' ? 'Skopiowano.' : 'Copied.').waitFor();
        const code = await tab.evaluate(() => navigator.clipboard.readText());
        assert.equal(code, await tab.locator('[data-snippet=element]').innerText());
        const plain = await tab.locator('[data-snippet=frame]').innerText();
        assert.deepEqual(said, []);
        await tab.goto(host.page(code));
        await fits(tab);
        await tab.goto(host.page(plain, `default-src 'none'; frame-src ${guide.url}; style-src 'unsafe-inline'`));
        const shown = await (await tab.waitForSelector('iframe')).contentFrame();
        await shown.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(16, 22, 29)');
      });
      host.close();
    });
  }

  it('has code to copy without scripts', () =>
    withTab({ javaScriptEnabled: false }, async (tab) => {
      await tab.goto(`${homes.pl}osadz/`);
      assert.match(await tab.locator('[data-snippet=element]').innerText(), /^<nowa-huta src="http[^"]*\/embed\/mapa\/"><a href=.*<\/script>$/);
      assert.equal(await tab.locator('[data-copy]:visible').count(), 0);
    }));
});
