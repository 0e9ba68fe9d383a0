// Content cannot attack readers: the guide of `hostile.mjs`, in which every field holds something hostile, is opened page by page in
// Chromium, without any content security policy, and compared with the same guide of harmless words.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTrap } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { parse as parseCsv } from 'csv-parse/sync';
import ICAL from 'ical.js';
import { XmlDocument } from 'libxml2-wasm';
import { parse as parseHtml, parseFragment } from 'parse5';
import { chromium } from 'playwright-core';

import { ARGS, executablePath } from './chromium.mjs';
import { buildHostile, cases } from './hostile.mjs';

const parent = await mkdtemp(join(tmpdir(), 'huta-hostile-'));
process.on('exit', () => rmSync(parent, { recursive: true, force: true }));

const TYPES = {
  '.css': 'text/css', '.geojson': 'application/json', '.gpx': 'application/xml', '.html': 'text/html; charset=utf-8', '.jpg': 'image/jpeg',
  '.js': 'text/javascript', '.json': 'application/json', '.kml': 'application/xml', '.png': 'image/png', '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json', '.webp': 'image/webp', '.xml': 'application/xml',
};

/** Files as they lie there, without one header that would protect anybody. */
async function serve(folder) {
  const server = createServer(async (request, response) => {
    try {
      const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
      const name = path.endsWith('/') ? `${path}index.html` : path;
      const body = await readFile(join(folder, name));
      response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'text/plain; charset=utf-8' }).end(body);
    } catch {
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>404</title>');
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${server.address().port}`;
}

const [site, calmSite] = ['site', 'calm-site'].map((name) => join(parent, name));
const [home, calmHome] = await Promise.all([serve(site), serve(calmSite)]);
const { guide, refused } = await buildHostile(parent, { hostile: home, calm: calmHome });
const placed = new Map(guide.placed.map((one) => [one.name, one]));

const list = async (folder) => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
const files = await list(site);
const calmFiles = new Set(await list(calmSite));
const read = (name) => readFile(join(site, name), 'utf8');
const readCalm = (name) => readFile(join(calmSite, name), 'utf8');
const having = (...endings) => files.filter((name) => endings.includes(extname(name)));

/** What the cases in a text are called, and where they stand; other words may stand before a name, as in addresses. */
function culprits(text) {
  const names = new Set();
  for (const [run] of text.matchAll(/[a-z0-9]+(?:-[a-z0-9]+)+/g)) {
    const words = run.split('-');
    for (const [end, word] of words.entries()) {
      if (!/^\d+$/.test(word)) continue;
      for (let start = 0; start < end; start++) {
        const name = words.slice(start, end + 1).join('-');
        if (placed.has(name)) names.add(name);
      }
    }
  }
  return [...names].slice(0, 4).map((name) => `${placed.get(name).one.id} in ${placed.get(name).place}`).join('; ') || NOBODY;
}
const NOBODY = 'a case that does not tell its name';

/** One line a failure, so that the list can be read; with HOSTILE_REPORT it is written to a file as well. */
const reported = [];
function assertNone(found, what) {
  reported.push(...found.map((one) => `${what}: ${one}`));
  if (process.env.HOSTILE_REPORT) writeFileSync(process.env.HOSTILE_REPORT, `${reported.join('\n')}\n`);
  assert.equal(found.length, 0, `${what}: ${found.length}\n${found.slice(0, 60).join('\n')}`);
}

describe('the cases', () => {
  it('are many, and stand everywhere', () => {
    assert.ok(cases.length >= 150);
    assert.equal(new Set(cases.map(({ id }) => id)).size, cases.length);
    const [places, fields] = [new Map(), new Map()];
    for (const { one, place } of guide.placed) {
      places.set(one.id, (places.get(one.id) ?? new Set()).add(place));
      fields.set(place, (fields.get(place) ?? new Set()).add(one.id));
    }
    // A drawing and the name of a file have only one place each.
    const few = cases.filter(({ id, as }) => !['svg', 'name'].includes(as) && (places.get(id)?.size ?? 0) < 3).map(({ id }) => id);
    assert.deepEqual(few, [], 'in fewer than three places');
    const thin = [...fields].filter(([place, ids]) => !place.includes(' body, ') && !place.startsWith('en ') && !['track name', 'drawing', 'name of a picture'].includes(place) && ids.size < 15 && !place.startsWith('section ')).map(([place, ids]) => `${place}: ${ids.size}`);
    assert.deepEqual(thin, [], 'fields with fewer than fifteen cases');
    console.log(`# ${cases.length} cases at ${guide.placed.length} places of ${fields.size} kinds, ${refused.size} of them refused by huta; ${files.length} files`);
  });
});

/** Elements that the theme writes and no editor may: how many there are is compared. */
const WATCHED = new Set(('applet base body button dialog embed fencedframe form frame frameset head html iframe image input link main marquee math meta ' +
  'noembed noframes noscript object option param plaintext portal script select style template textarea title xmp').split(' '));
/** Names that the theme's links and scripts ask for. */
const OWN_IDS = new Set(['main', 'nav']);
const FETCHED = new Set(['src', 'poster', 'background', 'data', 'lowsrc', 'dynsrc', 'manifest', 'ping', 'archive', 'code', 'codebase', 'classid', 'attributionsrc', 'longdesc', 'profile']);
const LINKED = new Set(['href', 'action', 'formaction', 'cite', 'xlink:href', 'from', 'to', 'values', 'content']);
const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:', 'geo:', 'webcal:']);

const protocol = (text, base) => {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
};

/** What a document could do harm with: for each a word on it, and where it stands. */
function signs(html, isPart = false) {
  const found = [];
  const options = { sourceCodeLocationInfo: true, scriptingEnabled: false };
  const note = (sign, at) => found.push([sign, at]);
  const visit = (node) => {
    const at = node.sourceCodeLocation?.startOffset ?? 0;
    const name = node.tagName;
    if (name) {
      const get = (wanted) => node.attrs.find((attr) => attr.name === wanted)?.value;
      const foreign = node.namespaceURI !== 'http://www.w3.org/1999/xhtml';
      if (WATCHED.has(name) && !(isPart && ['html', 'head', 'body'].includes(name))) {
        const isTask = name === 'input' && get('type') === 'checkbox' && get('disabled') !== undefined;
        // Sheets come with what they are for, and their addresses are looked at below.
        const isSheet = name === 'link' && get('rel') === 'stylesheet';
        if (!isTask && !isSheet) note(`<${name}${get('http-equiv') ? ` http-equiv=${get('http-equiv')}` : ''}>`, at);
      }
      for (const { name: attr, prefix, value } of node.attrs) {
        const full = prefix ? `${prefix}:${attr}` : attr;
        if (/^on|:on/i.test(full)) note(`${full}=`, at);
        if (/^(style|srcdoc|autofocus|contenteditable|is|popover|popovertarget|commandfor|http-equiv|formaction|ping|form|usemap|accesskey|draggable|nonce)$/.test(full)) note(`${full}=`, at);
        if (/^(ng|v|x|hx)-|^[@:]/.test(full)) note(`${full}=`, at);
        if (full.startsWith('data-') && !['data-lang', 'data-placeholder'].includes(full)) note(`${full}=`, at);
        if (full === 'id' && OWN_IDS.has(value)) note(`id=${value}`, at);
        const urls = full === 'srcset' || full === 'imagesrcset' ? value.split(',').map((part) => part.trim().split(/\s/)[0]) : FETCHED.has(full) || LINKED.has(full) ? [value] : [];
        for (const text of urls) {
          if (full === 'content' && name !== 'meta') continue;
          const url = protocol(text.replace(/^\s*\d+\s*;\s*url\s*=\s*/i, ''), home);
          if (!url) continue;
          const fetches = FETCHED.has(full) || full.endsWith('srcset') || (full === 'href' && (name === 'link' || (foreign && name !== 'a')));
          const isOwn = url.origin === home || url.origin === calmHome;
          if (!SCHEMES.has(url.protocol) && full !== 'content') note(`${full}=${url.protocol}`, at);
          else if (/^(javascript|vbscript|data):$/.test(url.protocol)) note(`${full}=${url.protocol}`, at);
          else if (fetches && !isOwn && !(name === 'link' && /license|canonical|alternate/.test(get('rel') ?? ''))) note(`${full}=${url.host}`, at);
        }
      }
    }
    for (const child of node.childNodes ?? []) visit(child);
    if (node.content) visit(node.content);
  };
  visit(isPart ? parseFragment(html, options) : parseHtml(html, options));
  return found;
}

function counted(found) {
  const counts = new Map();
  for (const [sign] of found) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  return counts;
}

/** Signs beyond those that the harmless version has, with what stands around them. */
function beyond(name, html, allowed, isPart) {
  const found = signs(html, isPart);
  const counts = counted(found);
  return [...counts].filter(([sign, count]) => count > (allowed.get(sign) ?? 0)).flatMap(([sign, count]) => {
    // Which of them are too many cannot be known; those with a case nearby are.
    const around = found.filter(([one]) => one === sign).map(([, at]) => html.slice(at, at + 260));
    const guilty = around.filter((text) => culprits(text.slice(0, 200)) !== NOBODY);
    return (guilty.length ? guilty : around.slice(-1)).slice(0, 8).map((text) => `${name}: ${sign} ${count} instead of ${allowed.get(sign) ?? 0}: ${culprits(text)} | ${JSON.stringify(text.slice(0, 160))}`);
  });
}

describe('files', () => {
  /** The most of each sign that any harmless page has, for pages whose address comes from what was written. */
  const most = new Map();
  const allowed = new Map();
  before(async () => {
    for (const name of [...calmFiles].filter((name) => name.endsWith('.html'))) {
      const counts = counted(signs(await readCalm(name)));
      allowed.set(name, counts);
      for (const [sign, count] of counts) most.set(sign, Math.max(most.get(sign) ?? 0, count));
    }
  });

  it('are the same as of the harmless guide', () => {
    const known = (name) => calmFiles.has(name) || /^(en\/)?tags\//.test(name) || /^[\w-]+\.[0-9a-f]{20}\./.test(name) || name.startsWith('processed_images/') || name.startsWith('search/') || culprits(name) !== NOBODY;
    assertNone(files.filter((name) => !known(name)).map((name) => `${name}: ${culprits(name)}`), 'a file that nobody expects');
  });

  it('of HTML have nothing that only the theme may write', async () => {
    const found = [];
    for (const name of having('.html')) found.push(...beyond(name, await read(name), allowed.get(name) ?? most));
    assertNone(found, 'markup');
  });

  it('of linked data say what they say', async () => {
    const keys = new Set();
    const blocks = (html) => [...html.matchAll(/<script type="?application\/ld\+json"?>(.*?)<\/script/gs)].map(([, text]) => text);
    for (const name of [...calmFiles].filter((name) => name.endsWith('.html'))) for (const block of blocks(await readCalm(name))) for (const path of paths(JSON.parse(block))) keys.add(path);
    const found = [];
    for (const name of having('.html')) {
      const html = await read(name);
      const calm = calmFiles.has(name) ? blocks(await readCalm(name)).length : undefined;
      const own = blocks(html);
      if (calm !== undefined && own.length !== calm) found.push(`${name}: ${own.length} blocks instead of ${calm}`);
      for (const block of own) found.push(...strangers(name, () => JSON.parse(block), keys));
    }
    assertNone(found, 'linked data');
  });

  it('of CSV have the records of the harmless guide, and no formula', async () => {
    const found = [];
    for (const name of having('.csv')) {
      const options = { bom: true, relax_column_count: false };
      const [rows, calm] = [parseCsv(await read(name), options), parseCsv(await readCalm(name), options)];
      if (rows.length !== calm.length) found.push(`${name}: ${rows.length} records instead of ${calm.length}`);
      assert.deepEqual(rows[0], calm[0], name);
      for (const row of rows) {
        for (const [at, cell] of row.entries()) {
          if (/^[=+@\t\r-]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell)) found.push(`${name}, ${rows[0][at]}: ${culprits(cell)} | ${JSON.stringify(cell.slice(0, 120))}`);
        }
      }
    }
    assertNone(found, 'cells');
  });

  it('of JSON have the shape of the harmless guide', async () => {
    const found = [];
    for (const name of having('.json', '.geojson', '.webmanifest')) {
      const text = await read(name);
      if (name.startsWith('search/') || name.startsWith('en/search/')) {
        JSON.parse(text);
        continue;
      }
      const calm = calmFiles.has(name) ? JSON.parse(await readCalm(name)) : undefined;
      const value = JSON.parse(text);
      const records = (set) => (Array.isArray(set) ? set.length : (set?.features ?? set?.items ?? []).length);
      if (calm && records(value) !== records(calm)) found.push(`${name}: ${records(value)} records instead of ${records(calm)}`);
      if (calm) found.push(...strangers(name, () => value, new Set(paths(calm))));
      for (const [key, html] of htmlIn(value)) found.push(...beyond(`${name} ${key}`, html, key === 'html' ? new Map([['<iframe>', 1], ['style=', 1]]) : new Map(), true));
    }
    assertNone(found, 'JSON');
  });

  it('of XML have the elements of the harmless guide', async () => {
    const found = [];
    for (const name of having('.xml', '.gpx', '.kml')) {
      const shape = (text) => {
        const document = XmlDocument.fromString(text);
        const counts = new Map();
        const texts = [];
        const visit = (element, path) => {
          const here = `${path}/${element.name}`;
          counts.set(here, (counts.get(here) ?? 0) + 1);
          for (const { name } of element.attrs) counts.set(`${here}@${name}`, (counts.get(`${here}@${name}`) ?? 0) + 1);
          const children = [];
          for (let child = element.firstChild; child; child = child.next) if (child.constructor.name === 'XmlElement') children.push(child);
          if (!children.length) texts.push([here, element.content]);
          for (const child of children) visit(child, here);
        };
        visit(document.root, '');
        document.dispose();
        return { counts, texts };
      };
      try {
        const own = shape(await read(name));
        if (calmFiles.has(name)) {
          const { counts } = shape(await readCalm(name));
          // A page may be listed under another address, and a picture may be missing, but nothing is added.
          for (const [path, count] of own.counts) if (count > (counts.get(path) ?? 0)) found.push(`${name}: ${path} ${count} instead of ${counts.get(path) ?? 0}`);
        }
        for (const [path, text] of own.texts) {
          if (/\/(content|summary|description)$/.test(path) && text.includes('<')) found.push(...beyond(`${name} ${path}`, text, new Map(), true));
          if (/\/(url|loc|link)$/.test(path) && text && !/^https?:/.test(text)) found.push(`${name} ${path}: ${text}`);
        }
      } catch (error) {
        found.push(`${name}: ${error.message}`);
      }
    }
    assertNone(found, 'XML');
  });

  it('of calendars and cards have the lines of the harmless guide', async () => {
    const found = [];
    for (const name of having('.ics', '.vcf')) {
      const text = await read(name);
      for (const [sign] of text.matchAll(/\r(?!\n)|(?<!\r)\n|[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g)) found.push(`${name}: ${JSON.stringify(sign)} in a line`);
      const lines = (unfolded) => unfolded.replace(/\r\n[ \t]/g, '').split('\r\n').filter(Boolean);
      const shape = (line) => line.match(/^([\w-]+(?:;[\w-]+=(?:"[^"\r\n]*"|[^;:"\r\n]*))*):/)?.[1].replace(/="?[^;"]*"?/g, '=') ?? `no property: ${line.slice(0, 80)}`;
      const own = counted(lines(text).map((line) => [shape(line)]));
      ICAL.parse(text);
      if (!calmFiles.has(name)) continue;
      const calm = counted(lines(await readCalm(name)).map((line) => [shape(line)]));
      for (const [property, count] of own) if (count > (calm.get(property) ?? 0)) found.push(`${name}: ${property} ${count} instead of ${calm.get(property) ?? 0}`);
      for (const line of lines(text)) if (/^(URL|ATTACH|SOURCE|IMAGE)[;:]/.test(line) && !/:(https?:|mailto:|tel:)/.test(line)) found.push(`${name}: ${line.slice(0, 120)}`);
    }
    assertNone(found, 'calendars and cards');
  });

  it('for web servers have the lines of the harmless guide', async () => {
    const found = [];
    const skeleton = (text) => text.split('\n').map((line) => line.trim().split(/[\s:{]/)[0].replace(/[0-9a-f]{16,}/g, '').replace(/\d+/g, '')).filter((word) => !word.startsWith('/') && !word.startsWith('~'));
    for (const name of files.filter((name) => /^(_headers|robots\.txt)$|\.conf$|Caddyfile$/.test(name))) {
      const [own, calm] = [skeleton(await read(name)), skeleton(await readCalm(name))].map((words) => counted(words.map((word) => [word])));
      for (const [word, count] of own) if (!calm.has(word)) found.push(`${name}: ${word} ${count} times`);
    }
    assertNone(found, 'files for web servers');
  });
});

/** Every way to a value, with lists as one. */
function paths(value, path = '') {
  if (Array.isArray(value)) return value.flatMap((item) => paths(item, `${path}[]`));
  if (value === null || typeof value !== 'object') return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => paths(item, `${path}.${key}`))];
}

/** Ways that the harmless version does not have, and addresses that run. */
function strangers(name, get, known) {
  try {
    const value = get();
    const ways = [...new Set(paths(value))].filter((path) => !known.has(path)).map((path) => `${name}: ${path} is new`);
    return ways.concat(addressesIn(value).filter(([, url]) => /^\s*(javascript|vbscript|data|file):/i.test(url)).map(([key, url]) => `${name}: ${key}: ${url} ${culprits(url)}`));
  } catch (error) {
    return [`${name}: ${error.message}`];
  }
}

function addressesIn(value) {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => (typeof item === 'string' ? (/url|website|link|href|src|online|sameas|permalink|@id|image/i.test(key) ? [[key, item]] : []) : addressesIn(item)));
}

function htmlIn(value) {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => (typeof item === 'string' ? (/html$/.test(key) ? [[key, item]] : []) : htmlIn(item)));
}

describe('in Chromium', () => {
  let browser, trap;
  const caught = [];
  before(async () => {
    trap = createTrap((socket) => {
      // The name of the host stands in the greeting of TLS, or in the request. Chromium itself asks its makers too.
      socket.on('error', () => {});
      socket.once('data', (bytes) => {
        const [host] = bytes.toString('latin1').match(/[\w.-]*(evil\.invalid|example\.org)/) ?? [];
        if (host) caught.push(`a connection to ${host}`);
        socket.destroy();
      });
      socket.setTimeout(1000, () => socket.destroy());
    });
    await new Promise((resolve) => trap.listen(0, '127.0.0.1', resolve));
    trap.unref();
    // Every name leads into the trap, so that not even a connection without a request stays unseen.
    browser = await chromium.launch({ executablePath, args: [...ARGS, `--host-resolver-rules=MAP * 127.0.0.1:${trap.address().port}, EXCLUDE 127.0.0.1`, '--autoplay-policy=no-user-gesture-required'] });
  });
  after(() => browser?.close());

  /** Tabs in which nothing may happen; `happened` tells what did. */
  async function watch(options = {}) {
    const context = await browser.newContext({ serviceWorkers: 'block', ...options });
    context.setDefaultTimeout(15_000);
    const happened = [];
    const own = new Set();
    const address = (page) => page?.url().replace(home, '').slice(0, 120);
    const note = (page, what, text = '') => happened.push(`${page?.asked ?? address(page)}: ${what}: ${culprits(decoded(text))} | ${text.slice(0, 160)}`);
    await context.addInitScript(() => {
      const native = console.info.bind(console);
      Object.defineProperty(window, 'probe', { configurable: false, writable: false, value: (name) => native(`probe:${name}`) });
    });
    context.on('console', (message) => message.text().startsWith('probe:') && note(message.page(), 'a script ran', message.text()));
    context.on('weberror', (error) => note(error.page(), 'an error of a script', error.error().message));
    context.on('dialog', (dialog) => {
      note(dialog.page(), 'a dialogue', dialog.message());
      dialog.dismiss().catch(() => {});
    });
    context.on('request', (request) => {
      const url = request.url();
      const isData = url.startsWith('data:') && request.resourceType() !== 'document';
      if (!url.startsWith(`${home}/`) && !isData && !url.startsWith('blob:') && url !== 'about:blank') note(request.frame()?.page?.(), `a request (${request.resourceType()})`, url);
    });
    context.on('page', (page) => {
      if (own.size < (options.tabs ?? 3)) return own.add(page);
      note(page, 'a new window', page.url());
      page.close().catch(() => {});
    });
    return { context, happened, note };
  }

  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  /** Sets off whatever waits for a reader; tells what a page should not have. */
  const poke = () => {
    const odd = [];
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) {
          odd.push(`<${element.localName} ${name}="${value}">`);
          element.dispatchEvent(new Event(name.slice(2)));
        }
        if (/^(xlink:)?href$/.test(name) && ['a', 'area'].includes(element.localName)) {
          const url = URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI) : undefined;
          if (url && !/^(https?|mailto|tel|geo|webcal):$/.test(url.protocol)) {
            odd.push(`<${element.localName} ${name}="${value}">`);
            element.click?.();
          }
        }
      }
    }
    for (const element of (document.querySelector('main') ?? document).querySelectorAll('*')) {
      // An event that is no MouseEvent runs handlers and follows no link.
      for (const type of ['error', 'load', 'focus', 'mouseover', 'click', 'animationend', 'toggle', 'pointerover']) element.dispatchEvent(new Event(type, { cancelable: true }));
    }
    if (document.cookie) odd.push(`cookie ${document.cookie}`);
    if (window.name) odd.push(`name of the window ${window.name}`);
    if (document.domain && document.domain !== '127.0.0.1') odd.push(`domain ${document.domain}`);
    if (document.baseURI !== location.href) odd.push(`base ${document.baseURI}`);
    return odd;
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 25));

  it('every document is quiet', async () => {
    const TABS = 3;
    const { context, happened, note } = await watch({ tabs: TABS });
    const waiting = having('.html', '.svg', '.xml', '.gpx', '.kml').filter((name) => !/^(en\/)?.*oembed\.xml$/.test(name) || /h0\/|otwarte/.test(name));
    // Old addresses and first sheets lead to pages of the guide.
    const redirects = async (name) => name.endsWith('.html') && /http-equiv="?refresh/.test(await read(name)) && (culprits(name) !== NOBODY || calmFiles.has(name));
    const work = async () => {
      const page = await context.newPage();
      for (let name; (name = waiting.pop()) !== undefined;) {
        const path = `/${name.replace(/(^|\/)index\.html$/, '$1').split('/').map(encodeURIComponent).join('/')}`;
        page.asked = decodeURIComponent(path);
        // A section that leads elsewhere does so, by `redirect_to`; its schemes are looked at with the markup.
        if (name.startsWith('o-przewodniku/prowadzi')) continue;
        try {
          await page.goto(home + path, { waitUntil: 'load' });
          if (await redirects(name)) continue;
          for (const odd of await page.evaluate(poke)) note(page, 'in the document', odd);
          await page.evaluate(settle);
          if (page.url() !== home + path) note(page, 'led away', page.url());
        } catch (error) {
          // Where a page leads away at once nothing can be asked any more.
          if (!error.message.includes('Execution context was destroyed') || !(await redirects(name))) note(page, 'could not be read', error.message);
        }
      }
    };
    await Promise.all(Array.from({ length: TABS }, work));
    await context.close();
    assertNone([...new Set(happened)], 'what happened');
  });

  it('results of the search are quiet', async () => {
    const { context, happened, note } = await watch({ tabs: 1 });
    const page = await context.newPage();
    for (const [path, query] of [['/szukaj/', 'Hutoproba'], ['/szukaj/', 'spokojnie słowo'], ['/en/search/', 'Hutoproba'], ['/embed/szukaj/', 'Hutoproba'], ['/szukaj/', '<img src=x onerror=probe`search`>'], ['/szukaj/', '"><script>probe("search")</script>']]) {
      page.asked = `${path}?q=${query}`;
      await page.goto(`${home}${path}?q=${encodeURIComponent(query)}`);
      if (path.startsWith('/embed')) continue;
      await page.waitForTimeout(500);
      // All results, a part after another.
      for (let turn = 0; turn < 60 && (await page.evaluate(() => !document.querySelector('.search .more').hidden)); turn++) {
        const before = await page.locator('.results > *').count();
        await page.evaluate(() => document.querySelector('.search .more button').click());
        await page.waitForFunction((before) => document.querySelectorAll('.results > *').length > before, before);
      }
      if (query === 'Hutoproba') assert.ok((await page.locator('.results > *').count()) > 100, page.asked);
      const odd = await page.locator('.results :not(li, a, p, span, mark, h2, h3, div)').evaluateAll((all) => all.map((element) => element.outerHTML));
      for (const html of odd) note(page, 'in the results', html);
      for (const text of await page.evaluate(poke)) note(page, 'in the document', text);
      await page.evaluate(settle);
    }
    await context.close();
    assertNone(happened, 'what happened');
  });

  it('pictures over the page, and pages that were saved, are quiet', async () => {
    const { context, happened, note } = await watch({ tabs: 1, serviceWorkers: 'allow' });
    const page = await context.newPage();
    for (const k of [0, 3, 6, 9]) {
      page.asked = `/miejsca/h${k}/`;
      await page.goto(`${home}/miejsca/h${k}/`);
      const picture = page.locator('figure.pic a').first();
      if (await picture.count()) await picture.click();
      for (const odd of await page.evaluate(poke)) note(page, 'in the document', odd);
    }
    page.asked = '/trasy/h1/';
    await page.goto(`${home}/trasy/h1/`);
    for (const name of ['Zapisz…', 'Zapisz']) await page.getByRole('button', { name, exact: true }).click();
    await page.locator('.offline [role=status]').filter({ hasText: /^Zapisano/ }).waitFor({ timeout: 30_000 });
    page.asked = '/zapisane/';
    await page.goto(`${home}/zapisane/`);
    await page.waitForTimeout(500);
    for (const odd of await page.evaluate(poke)) note(page, 'in the document', odd);
    await page.evaluate(settle);
    await context.close();
    assertNone(happened, 'what happened');
  });

  it('nobody connected anywhere else', () => {
    assertNone(caught, 'connections');
  });
});
