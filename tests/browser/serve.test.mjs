// `huta serve`: looking at a site while it is written.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { withTab } from './browser.mjs';
import { serve } from './huta.mjs';

const PAGE = 'content/strona.md';
const page = (text) => `---\ntitle: Strona\n---\n\n${text}\n`;
const html = (content) => `<!doctype html><html lang="pl"><head><title>Próba</title></head><body>${content}</body></html>\n`;

const SITE = {
  'huta.toml': 'base_url = "https://example.org"\ndefault_language = "pl"\ntitle = "Próba"\n',
  'content/_index.md': '---\ntitle: Próba\n---\n',
  [PAGE]: page('Pierwsza wersja.'),
  'templates/index.html': html('<h1>{{ section.title }}</h1>'),
  'templates/page.html': html('<h1>{{ page.title }}</h1><main>{{ page.content | safe }}</main>'),
  'templates/section.html': html('<h1>{{ section.title }}</h1>'),
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
      await tab.route(/\/__huta\/reload\.js/, async (route) => {
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

  it('ends at Ctrl-C and leaves nothing behind', async () => {
    const TMPDIR = await mkdtemp(join(root, 'tmp-'));
    const other = await serve(root, { TMPDIR });
    assert.equal(await other.stop(), 0);
    await assert.rejects(fetch(other.url));
    assert.deepEqual(await readdir(TMPDIR), []);
  });
});
