// `huta serve`: looking at a site while it is written.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer, get } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { withTab } from './browser.mjs';
import { serve } from './huta.mjs';

const PAGE = 'content/strona.md';
const page = (text) => `---\ntitle: Strona\n---\n\n${text}\n`;
const html = (content) =>
  `<!doctype html><html lang="pl"><head><title>Próba</title><link rel="stylesheet" href="/x.css"></head><body>${content}</body></html>\n`;

const SITE = {
  'huta.toml': 'base_url = "https://example.org"\ndefault_language = "pl"\ntitle = "Próba"\n',
  'content/_index.md': '---\ntitle: Próba\n---\n',
  [PAGE]: page('Pierwsza wersja.'),
  'templates/index.html': html('<h1>{{ section.title }}</h1>'),
  'templates/page.html': html('<h1>{{ page.title }}</h1><main>{{ page.content | safe }}</main>'),
  'templates/section.html': html('<h1>{{ section.title }}</h1>'),
  'content/inna.md': '---\ntitle: Inna\nobcy: 1\n---\n\nInna strona.\n',
  'static/x.css': 'main { color: rgb(1, 1, 1) }',
  'static/skrypt.js': 'globalThis.loaded = true;',
  'templates/404.html': html('<h1>Nie ma takiej strony</h1>'),
};

/** What the server answers to a path that is sent as it is written here. */
function raw(url, path) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path }, async (response) => {
      const body = (await response.setEncoding('utf8').toArray()).join('');
      resolve({ status: response.statusCode, body });
    }).on('error', reject);
  });
}

async function until(holds) {
  for (const end = Date.now() + 20_000; !(await holds()); await sleep(50)) {
    assert.ok(Date.now() < end, `not in time: ${holds}`);
  }
}

describe('huta serve', () => {
  let root;
  let server;
  const write = async (name, text) => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  };
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'huta-site-'));
    for (const [name, text] of Object.entries(SITE)) await write(name, text);
    server = await serve(root);
  });
  after(async () => {
    await server?.stop();
    await rm(root, { recursive: true, force: true });
  });

  it('shows an edit without being asked', () =>
    withTab({}, async (tab) => {
      await tab.goto(`${server.url}/strona/`);
      assert.equal(await tab.locator('main').innerText(), 'Pierwsza wersja.');
      await write(PAGE, page('Druga wersja.'));
      await tab.getByText('Druga wersja.').waitFor();
      await write('templates/page.html', html('<main>{{ page.content | safe }}</main><p>Nowy szablon.</p>'));
      await tab.getByText('Nowy szablon.').waitFor();
      assert.equal(await tab.locator('main').innerText(), 'Druga wersja.');
    }));

  it('shows an edit that is built while the page is still being loaded', () =>
    withTab({}, async (tab) => {
      await write(PAGE, page('Wersja przed.'));
      await until(async () => (await raw(server.url, '/strona/')).body.includes('Wersja przed.'));
      let goOn;
      const built = new Promise((resolve) => (goOn = resolve));
      await tab.route(/\/__huta\/panel\.js/, async (route) => {
        await built;
        await route.continue();
      });
      await tab.goto(`${server.url}/strona/`, { waitUntil: 'commit' });
      await tab.getByText('Wersja przed.').waitFor();
      await write(PAGE, page('Wersja po.'));
      await until(async () => (await raw(server.url, '/strona/')).body.includes('Wersja po.'));
      await sleep(200);
      goOn();
      await tab.getByText('Wersja po.').waitFor();
    }));

  it('shows what is wrong with an edit over the last good version, until it is mended', () =>
    withTab({}, async (tab) => {
      await tab.goto(`${server.url}/strona/`);
      await write(PAGE, page('Dobra wersja.'));
      await tab.getByText('Dobra wersja.').waitFor();
      const errors = tab.locator('#huta-errors');
      assert.equal(await errors.count(), 0);

      await write(PAGE, page('Zła wersja.\n\nZobacz [plac](@/miejsca/plac.md).'));
      await errors.waitFor();
      assert.match(await errors.innerText(), /content\/strona\.md:7:15\b/, 'file and line');
      assert.match(await errors.innerText(), /@\/miejsca\/plac\.md/, 'the line itself');
      assert.equal(await tab.locator('main').innerText(), 'Dobra wersja.');
      const { x, y } = await errors.boundingBox();
      const isOnTop = await tab.evaluate(() => Boolean(document.elementFromPoint(40, 20).closest('#huta-errors')));
      assert.deepEqual([x, y, isOnTop], [0, 0, true], 'over the page');

      await write(PAGE, page('Naprawiona wersja.'));
      await tab.getByText('Naprawiona wersja.').waitFor();
      assert.equal(await errors.count(), 0);
    }));

  it('lets go of the errors when they are closed', () =>
    withTab({}, async (tab) => {
      const errors = tab.locator('#huta-errors');
      const broken = (name) => write(PAGE, page(`[x](@/${name}.md)`));
      await tab.goto(`${server.url}/strona/`);
      await broken('a');
      await errors.getByRole('button').click();
      assert.equal(await errors.count(), 0);
      await tab.reload();
      await tab.locator('huta-panel').waitFor({ state: 'attached' });
      assert.equal(await errors.count(), 0, 'the same errors stay closed');
      await broken('b');
      await errors.waitFor();
      await tab.keyboard.press('Escape');
      assert.equal(await errors.count(), 0);
      await write(PAGE, page('Dobrze.'));
      await tab.getByText('Dobrze.').waitFor();
    }));

  it('changes plain text in the open page, and loads it again where more has changed', () =>
    withTab({}, async (tab) => {
      /** What the page would be if it were loaded now, and what it is. */
      const both = () => tab.evaluate(async () => {
        const whole = (doc) => doc.querySelector('main').outerHTML;
        const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
        return [whole(document), whole(fresh)];
      });
      const marked = () => tab.evaluate(() => globalThis.mine === true);
      await write(PAGE, page('Raz.\n\nDwa.\n\n- trzy'));
      await until(async () => (await raw(server.url, '/strona/')).body.includes('trzy'));
      await tab.goto(`${server.url}/strona/`);
      await sleep(500);
      await tab.evaluate(() => (globalThis.mine = true));
      const texts = ['Raz, **dwa**.\n\nDwa.\n\n- trzy', 'Zero.\n\nRaz.\n\nDwa.\n\n- trzy\n- cztery', 'Dwa.\n\n- cztery\n- [pięć](@/inna.md)', '## Nic\n\nKoniec.'];
      for (const [at, text] of texts.entries()) {
        await write(PAGE, page(`${text}\n\nEdycja ${at}.`));
        await tab.getByText(`Edycja ${at}.`).waitFor();
        const [is, fresh] = await both();
        assert.equal(is, fresh, text);
        assert.ok(await marked(), `not loaded again: ${text}`);
      }
      await write(PAGE, page('<details open><summary>Ktoś go szuka.</summary></details>'));
      await tab.getByText('Ktoś go szuka.').waitFor();
      await tab.waitForFunction(() => globalThis.mine !== true);
    }));

  it('stays where the reader is, and at another page does nothing', () =>
    withTab({}, async (tab) => {
      const long = (text) => page(`${text}\n\n${'Akapit.\n\n'.repeat(200)}`);
      await write(PAGE, long('Długa strona.'));
      await until(async () => (await raw(server.url, '/strona/')).body.includes('Długa'));
      await tab.goto(`${server.url}/strona/`);
      await tab.evaluate(() => scrollTo(0, 2345));
      await write(PAGE, long('Dłuższa strona.'));
      await tab.getByText('Dłuższa strona.').waitFor({ state: 'attached' });
      await tab.waitForFunction(() => scrollY === 2345);
      await tab.evaluate(() => (globalThis.mine = true));
      await write('content/inna.md', '---\ntitle: Inna\n---\n\nZupełnie inna.\n');
      await until(async () => (await raw(server.url, '/inna/')).body.includes('Zupełnie inna'));
      await sleep(500);
      assert.equal(await tab.evaluate(() => globalThis.mine), true, 'not loaded again');
      await write('content/inna.md', SITE['content/inna.md']);
    }));

  it('puts a new style sheet in place of the old one without loading the page again', () =>
    withTab({}, async (tab) => {
      await tab.goto(`${server.url}/strona/`);
      await tab.locator('huta-panel').waitFor({ state: 'attached' });
      await tab.evaluate(() => (globalThis.mine = true));
      const colour = () => tab.evaluate(() => getComputedStyle(document.querySelector('main')).color);
      assert.equal(await colour(), 'rgb(1, 1, 1)');
      for (const number of [2, 3]) {
        await write('static/x.css', `main { color: rgb(${number}, 1, 1) }`);
        await until(async () => (await colour()) === `rgb(${number}, 1, 1)`);
      }
      await tab.waitForFunction(() => document.querySelectorAll('link[rel=stylesheet]').length === 1);
      assert.equal(await tab.evaluate(() => globalThis.mine), true, 'not loaded again');
    }));

  it('says in the corner what is wrong with the open page', () =>
    withTab({}, async (tab) => {
      await write(PAGE, page('Zobacz [plac](plac.md).'));
      await until(async () => (await raw(server.url, '/strona/')).body.includes('plac'));
      await tab.goto(`${server.url}/strona/`);
      const count = tab.getByRole('button', { name: 'This page: warnings: 1' });
      await count.waitFor();
      const card = tab.locator('huta-panel #card');
      assert.equal(await card.isVisible(), false);
      // With the keyboard, from the page's end.
      for (let presses = 0; presses < 20; presses += 1) {
        await tab.keyboard.press('Tab');
        if (await count.evaluate((button) => button.getRootNode().activeElement === button)) break;
      }
      await tab.keyboard.press('Enter');
      const said = await card.innerText();
      assert.match(said, /warning .plac\.md. does not lead to a page/);
      assert.match(said, /content\/strona\.md:5:15/);
      assert.match(said, /a link to a page starts with @\//, 'help');
      assert.match(said, /Warnings and hints of other pages: 1/);
      assert.doesNotMatch(said, /obcy/);
      const href = await card.getByRole('link', { name: 'content/strona.md:5:15' }).getAttribute('href');
      assert.equal(href, `vscode://file${await realpath(root)}/content/strona.md:5:15`);
      await tab.keyboard.press('Escape');
      assert.equal(await card.isVisible(), false);
      assert.equal(await count.evaluate((button) => button.getRootNode().activeElement === button), true, 'the focus stays');
      // Mended: it is said without being asked.
      await write(PAGE, page('Bez odnośnika.'));
      await tab.getByRole('button', { name: 'This page: Nothing to mend.' }).waitFor();
    }));

  it('leaves the page as it is published', () =>
    withTab({ colorScheme: 'dark' }, async (tab) => {
      const size = () => tab.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
      await tab.route(/\/__huta\//, (route) => route.abort());
      await tab.goto(`${server.url}/strona/`);
      const before = await size();
      await tab.unroute(/\/__huta\//);
      await tab.addInitScript(() => {
        globalThis.shifts = [];
        new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
      });
      await tab.goto(`${server.url}/strona/`);
      const bar = tab.locator('huta-panel .bar');
      await bar.waitFor();
      assert.deepEqual(await size(), before);
      assert.deepEqual(await tab.evaluate(() => shifts.length), 0);
      assert.equal(await tab.locator('body huta-panel').count(), 0, 'outside of the body');
      const paper = () => bar.evaluate((element) => getComputedStyle(element).backgroundColor);
      const dark = await paper();
      await tab.emulateMedia({ colorScheme: 'light' });
      assert.notEqual(await paper(), dark);
      await tab.emulateMedia({ media: 'print' });
      assert.equal(await bar.isVisible(), false);
    }));

  it('tells file and line of what is clicked', () =>
    withTab({ permissions: ['clipboard-read', 'clipboard-write'] }, async (tab) => {
      await write(PAGE, page('Pierwszy akapit.\n\nDrugi ma [odnośnik](@/inna.md).\n\n- jeden\n- dwa'));
      await until(async () => (await raw(server.url, '/strona/')).body.includes('odnośnik'));
      await tab.goto(`${server.url}/strona/`);
      const edit = tab.getByRole('button', { name: 'Show places in files (key E)' });
      await edit.waitFor();
      const status = tab.locator('huta-panel').getByRole('status');
      await tab.keyboard.press('e');
      assert.equal(await edit.getAttribute('aria-pressed'), 'true');
      await tab.getByText('Drugi ma').click();
      assert.match(await status.innerText(), /^content\/strona\.md:7\b/);
      await tab.waitForFunction(async () => (await navigator.clipboard.readText()) === 'content/strona.md:7');
      await tab.getByRole('link', { name: 'odnośnik' }).click();
      await tab.getByText('dwa', { exact: true }).click();
      assert.match(await status.innerText(), /^content\/strona\.md:10\b/);
      const href = await status.getByRole('link').getAttribute('href');
      assert.equal(href, `vscode://file${await realpath(root)}/content/strona.md:10`);
      assert.equal(new URL(tab.url()).pathname, '/strona/', 'a link is not followed');
      await tab.getByText('Nowy szablon.').click();
      assert.match(await status.innerText(), /^content\/strona\.md This does not come from the page's text/);
      // It stays on when the page is loaded again, and lets go.
      await write(PAGE, page('Nowy akapit.'));
      await tab.getByText('Nowy akapit.').click();
      assert.match(await status.innerText(), /^content\/strona\.md:5\b/);
      await edit.click();
      assert.equal(await edit.getAttribute('aria-pressed'), 'false');
      await tab.reload();
      await edit.waitFor();
      assert.equal(await edit.getAttribute('aria-pressed'), 'false');
    }));

  it('shows a site that could not be built at first as soon as it can', () =>
    withTab({}, async (tab) => {
      const other = await mkdtemp(join(tmpdir(), 'huta-site-'));
      await mkdir(join(other, 'content'));
      const started = await serve(other);
      try {
        await tab.goto(started.url);
        await tab.getByText('This site cannot be built.').waitFor();
        for (const [name, text] of Object.entries(SITE)) {
          await mkdir(dirname(join(other, name)), { recursive: true });
          await writeFile(join(other, name), text);
        }
        await tab.getByRole('heading', { name: 'Próba' }).waitFor();
        assert.equal(await tab.locator('#huta-errors').count(), 0);
      } finally {
        await started.stop();
        await rm(other, { recursive: true, force: true });
      }
    }));

  it('answers an unknown address with the page of the site and status 404', () =>
    withTab({}, async (tab) => {
      const response = await tab.goto(`${server.url}/nie/ma/`);
      assert.equal(response.status(), 404);
      assert.equal(await tab.locator('h1').innerText(), 'Nie ma takiej strony');
    }));

  it('does not answer with files outside the site', async () => {
    assert.equal((await raw(server.url, '/strona/index.html')).status, 200);
    const up = '../'.repeat(8);
    const ways = [up, `strona/${up}`, up.replaceAll('/', '%2f'), up.replaceAll('/', '%5c'), up.replaceAll('.', '%2e')];
    const paths = [...ways.map((way) => `/${way}etc/passwd`), '//etc/passwd', '/%2fetc/passwd', '/strona/%00', '/..'];
    for (const path of paths) {
      const { status, body } = await raw(server.url, path);
      assert.ok(status === 400 || status === 404, `${path}: ${status}`);
      assert.doesNotMatch(body, /root:/, path);
    }
  });

  it('stands in frames of other sites, and tells them nothing', () =>
    withTab({}, async (tab) => {
      const host = createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end(`<!doctype html><title>Gospodarz</title><body><iframe src="${server.url}/strona/"></iframe>`);
      });
      await new Promise((resolve) => host.listen(0, '127.0.0.1', resolve));
      /** What a page of the host at `name` gets hold of. */
      const reached = async (name) => {
        await tab.goto(`http://${name}:${host.address().port}/`);
        await tab.frameLocator('iframe').locator('main').waitFor();
        await tab.frameLocator('iframe').locator('huta-panel .count').waitFor();
        return tab.evaluate(async (url) => {
          const asked = (mode) => fetch(`${url}/__huta/news?path=/strona/`, { mode }).then(() => true, () => false);
          const loaded = (path) => new Promise((resolve) => {
            const script = document.createElement('script');
            script.onload = () => resolve(true);
            script.onerror = () => resolve(false);
            script.src = url + path;
            document.body.append(script);
          });
          return { read: await asked('cors'), asked: await asked('no-cors'), panel: await loaded('/__huta/panel.js'), script: await loaded('/skrypt.js') };
        }, server.url);
      };
      try {
        // To a browser another name is another site, and another port another origin.
        for (const name of ['localhost', '127.0.0.1']) {
          assert.deepEqual(await reached(name), { read: false, asked: false, panel: false, script: true }, name);
        }
      } finally {
        host.closeAllConnections();
        host.close();
      }
    }));

  it('ends at Ctrl-C and leaves nothing behind', async () => {
    const TMPDIR = await mkdtemp(join(root, 'tmp-'));
    const other = await serve(root, { TMPDIR });
    assert.equal(await other.stop(), 0);
    await assert.rejects(fetch(other.url));
    assert.deepEqual(await readdir(TMPDIR), []);
  });
});
