// The guide on real web servers, with the snippets that huta wrote: at the root of a host by plain nginx, and below a path, with
// everything compressed, by nginx with Brotli and by Caddy. Then it is read there, and nothing may lie outside of the path.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { withTab } from './browser.mjs';
import { build, REPO } from './huta.mjs';
import { headersFor, readRules } from './server.mjs';
import { caddy, freePort, nginx } from './servers.mjs';
import { guide, samples } from './site.mjs';

const BASE = '/some/path/';
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.geojson': 'application/geo+json; charset=utf-8',
  '.gpx': 'application/gpx+xml; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.kml': 'application/vnd.google-earth.kml+xml; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.vcf': 'text/vcard; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.xml': 'application/xml; charset=utf-8',
};
const DATA = ['.csv', '.geojson', '.gpx', '.ics', '.json', '.kml', '.vcf', '.xml'];
const SENT = ['content-security-policy', 'permissions-policy', 'referrer-policy', 'x-content-type-options', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'access-control-allow-origin'];
const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync, identity: (bytes) => bytes };

/** One request as it goes over the line: nothing unpacks the answer or follows it elsewhere. */
function ask(port, path, encoding = 'identity') {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: encodeURI(path), headers: { 'accept-encoding': encoding } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    asked.on('error', reject).end();
  });
}

async function filesOf(site) {
  const names = (await readdir(site, { recursive: true })).sort();
  const isFile = await Promise.all(names.map(async (name) => (await stat(join(site, name))).isFile()));
  return names.filter((name, at) => isFile[at] && !/(^|\/)[._]|\.(br|gz)$/.test(name));
}

/** What every server must do with the site in `site`, which it has at `base`. */
function serves(name, server, base) {
  describe(name, () => {
    let port, site, files, rules;
    before(async () => {
      ({ port, site } = await server());
      files = await filesOf(site);
      rules = await readRules(join(site, '_headers'));
    });
    const address = (file) => base + file.replace(/(^|\/)index\.html$/, '$1');

    it('every file has its type, its bytes, and the headers that the site asks for', async () => {
      const wrong = [];
      const kinds = new Set();
      for (const file of files.filter((file) => file !== '404.html')) {
        const { status, headers, body } = await ask(port, address(file));
        const ending = extname(file);
        kinds.add(ending);
        if (status !== 200) wrong.push(`${file}: ${status}`);
        if (headers['content-type'] !== TYPES[ending]) wrong.push(`${file}: ${headers['content-type']}`);
        if (!body.equals(await readFile(join(site, file)))) wrong.push(`${file}: other bytes`);
        const wanted = headersFor(rules, address(file));
        // Of `_headers`, only documents have a policy.
        const names = ['.html', '.svg'].includes(ending) ? SENT : SENT.slice(1);
        for (const name of names.filter((name) => headers[name] !== wanted[name])) wrong.push(`${file}: ${name}: ${headers[name]}, not ${wanted[name]}`);
        if ((headers['access-control-allow-origin'] === '*') !== DATA.includes(ending)) wrong.push(`${file}: another site may ${headers['access-control-allow-origin']}`);
        const isHashed = /\.[0-9a-f]{16,20}\.|^processed_images\//.test(file);
        const kept = isHashed ? 'public, max-age=31536000, immutable' : 'no-cache';
        if (headers['cache-control'] !== kept) wrong.push(`${file}: ${headers['cache-control']}`);
      }
      assert.deepEqual(wrong, []);
      assert.deepEqual(['.css', '.csv', '.geojson', '.gpx', '.html', '.ics', '.js', '.json', '.kml', '.svg', '.vcf', '.webp', '.xml'].filter((kind) => !kinds.has(kind)), []);
    });

    it('what is not there answers with the page for that, and is not kept', async () => {
      const lost = await readFile(join(site, '404.html'));
      for (const path of ['ulica/ktorej/nie-ma/', 'nie-ma.css', 'processed_images/', 'processed_images/nie-ma.webp', '.huta', '.hosting/nginx.conf', '.hosting/Caddyfile']) {
        const { status, headers, body } = await ask(port, base + path);
        assert.deepEqual([status, headers['content-type'], headers['cache-control']], [404, TYPES['.html'], 'no-cache'], path);
        assert.ok(body.equals(lost), path);
        assert.match(headers['content-security-policy'], /^default-src 'none';.*frame-ancestors 'none'/);
      }
    });

    it('a folder without its slash leads to the page', async () => {
      const { status, headers } = await ask(port, `${base}miejsca`);
      assert.ok(status === 301 || status === 308, `${status}`);
      assert.equal(headers.location, `${base}miejsca/`);
    });
  });
}

/** What is sent compressed is the same, and smaller. */
function compresses(name, server, encodings) {
  describe(`${name}, compressed`, () => {
    for (const encoding of encodings) {
      it(encoding, async () => {
        const { port, site } = await server();
        const files = await filesOf(site);
        let compressed = 0;
        for (const file of files.filter((file) => file !== '404.html')) {
          const whole = await readFile(join(site, file));
          const { headers, body } = await ask(port, BASE + file.replace(/(^|\/)index\.html$/, '$1'), encoding);
          const said = headers['content-encoding'] ?? 'identity';
          assert.ok(said === encoding || said === 'identity', `${file}: ${said}`);
          assert.ok(UNPACK[said](body).equals(whole), `${file} is another file when unpacked`);
          assert.equal(headers['content-type'], TYPES[extname(file)], file);
          if (said === 'identity') continue;
          compressed++;
          assert.match(headers.vary ?? '', /accept-encoding/i, file);
          assert.ok(body.length < whole.length, file);
        }
        const pages = files.filter((file) => /\.(css|html)$/.test(file)).length;
        assert.ok(encoding === 'identity' ? compressed === 0 : compressed > pages, `${compressed} files are compressed`);
      });
    }
  });
}

const running = [];
after(() => Promise.all(running.map(({ stop }) => stop())));

const once = (make) => {
  let made;
  return () => (made ??= make());
};

const root = once(async () => {
  const port = await freePort();
  running.push(await nginx(port, guide.folder, guide.folder, { brotli: false }));
  return { port, site: guide.folder };
});

/** The guide below a path. Its address has the port of nginx; Caddy serves the same files on its own. */
const built = once(async () => {
  const port = await freePort();
  const www = await mkdtemp(join(tmpdir(), 'huta-path-'));
  process.on('exit', () => rmSync(www, { recursive: true, force: true }));
  const site = join(www, 'some', 'path');
  await build(REPO, site, `http://127.0.0.1:${port}${BASE.slice(0, -1)}`, [], true);
  return { port, www, site };
});
const below = once(async () => {
  const { port, www, site } = await built();
  running.push(await nginx(port, www, site, { brotli: true }));
  return { port, site, said: running.at(-1).said };
});
const byCaddy = once(async () => {
  const { www, site } = await built();
  const port = await freePort();
  running.push(await caddy(port, www, site));
  return { port, site, said: running.at(-1).said };
});

serves('plain nginx, at the root', root, '/');
serves('nginx, below a path', below, BASE);
serves('Caddy, below a path', byCaddy, BASE);
compresses('nginx', below, ['br', 'gzip', 'identity']);
compresses('Caddy', byCaddy, ['br', 'gzip', 'identity']);

it('nginx prefers Brotli', async () => {
  const { port } = await below();
  assert.equal((await ask(port, BASE, 'gzip, deflate, br, zstd')).headers['content-encoding'], 'br');
});

it('servers do not complain about the snippets', async () => {
  const complaints = [...(await below()).said, ...(await byCaddy()).said].filter((line) => /\[(warn|error|crit|emerg)\]|"level":"error"/.test(line));
  // What is not there is asked for on purpose.
  assert.deepEqual(complaints.filter((line) => !/No such file|is forbidden|404/.test(line)), []);
});

describe('the content security policy', () => {
  it('is on in these tests, and what it stops fails them', async () => {
    const write = (tab) => tab.goto(guide.url).then(() => tab.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p style="color: red">a</p>')));
    await assert.rejects(withTab({}, write), /Content Security Policy/);
  });

  it('leaves a map that is opened by itself its colours, and data in pages alone', async () => {
    const { port, site } = await below();
    const map = (await filesOf(site)).find((file) => /^trasy\/.*\.svg$/.test(file));
    await withTab({}, async (tab) => {
      await tab.goto(`http://127.0.0.1:${port}${BASE}${map}`);
      const strokes = await tab.evaluate(() => [...document.querySelectorAll('.street, .route')].map((path) => getComputedStyle(path).strokeWidth));
      assert.ok(strokes.length && strokes.every((width) => parseFloat(width) > 2), `${strokes}`);
      await tab.goto(`${guide.url}/miejsca/`);
      assert.ok(await tab.locator('script[type="application/ld+json"]').count());
    });
  });
});

describe('below a path', () => {
  it('every address in every file is below it, and leads to a file', async () => {
    const { port, site } = await below();
    const origin = `http://127.0.0.1:${port}`;
    const files = await filesOf(site);
    const there = new Set(files);
    const wrong = new Set();
    for (const file of files.filter((file) => TYPES[extname(file)].includes('utf-8'))) {
      const text = await readFile(join(site, file), 'utf8');
      const addresses = [...text.matchAll(/http:\/\/127\.0\.0\.1:\d+[^\s"'<>\\)|,;&]*/g)].map(([address]) => address);
      if (file.endsWith('.html')) {
        // Other than in texts, an address that begins with a slash is of the host and not of the site.
        const attributes = text.matchAll(/\s(?:href|src|action|data-[a-z]+)=["']?(\/[^\s"'>]*)/g);
        for (const [, address] of attributes) wrong.add(`${file}: ${address}`);
      }
      for (const address of addresses) {
        if (!address.startsWith(origin + BASE.slice(0, -1))) wrong.add(`${file}: ${address}`);
        const path = decodeURI(address.slice(origin.length + BASE.length).split(/[?#]/)[0]);
        const target = path === '' || path.endsWith('/') ? `${path}index.html` : path;
        // Folders of search indexes and the like are told to scripts.
        if (!there.has(target) && !files.some((name) => name.startsWith(path))) wrong.add(`${file}: ${address} is not there`);
      }
    }
    assert.deepEqual([...wrong].slice(0, 20), []);
  });

  it('pages ask for nothing outside of it', async () => {
    const { port } = await below();
    const home = `http://127.0.0.1:${port}${BASE}`;
    await withTab({}, async (tab) => {
      const wrong = [];
      tab.on('request', (asked) => asked.url().startsWith(home) || asked.url().startsWith('data:') || wrong.push(asked.url()));
      tab.on('response', (answer) => answer.status() >= 400 && wrong.push(`${answer.status()} ${answer.url()}`));
      tab.on('pageerror', (error) => wrong.push(error.message));
      for (const { path } of samples.filter(({ path, lang }) => lang === 'pl' && path !== '/404.html')) {
        await tab.goto(home + path.slice(1), { waitUntil: 'networkidle' });
      }
      assert.deepEqual(wrong, []);
    });
  });

  it('search, maps, pictures, the other language and the page for what is lost work', async () => {
    const { port } = await below();
    const home = `http://127.0.0.1:${port}${BASE}`;
    await withTab({}, async (tab) => {
      await tab.goto(home);
      await tab.locator('.langs a[hreflang=en]').click();
      assert.equal(tab.url(), `${home}en/`);
      await tab.goto(`${home}szukaj/?q=kopiec`);
      const first = tab.locator('main .search a[href]').first();
      await first.waitFor();
      assert.ok((await first.evaluate((a) => a.href)).startsWith(home));
      await tab.goto(`${home}trasy/`);
      await tab.locator('main a[href*="/trasy/"]').first().click();
      await tab.locator('.map-tools [data-map=in]').click();
      assert.ok(await tab.locator('.map-box[data-zoomed]').count());
      const answer = await tab.goto(`${home}nie/ma/tego/`);
      assert.equal(answer.status(), 404);
      assert.equal(await tab.evaluate(() => [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)), true);
      await tab.locator('main a').first().click();
      assert.equal(tab.url(), home);
    });
  });
});
