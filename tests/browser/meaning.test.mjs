// What pages say to machines: schema.org's words as JSON-LD, Open Graph, feeds, the sitemap. Everything is read with other
// people's libraries and held against what schema.org, sitemaps.org, Google and JSON Feed publish.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import Validator from '@adobe/structured-data-validator';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

import { expand, misuses, vocabulary } from './schemaorg.mjs';
import { files, guide, pages as all } from './site.mjs';

/** Every page but the twins that other sites show in frames: they say nothing of themselves. */
const pages = all.filter(({ path }) => !/^\/(en\/)?embed\//.test(path));
const SCRIPT = /<script type="?application\/ld\+json"?>(.*?)<\/script>/gs;
const read = (name) => readFile(join(guide.folder, name), 'utf8');
const names = (await readdir(guide.folder, { recursive: true })).sort();
const of = (page) => read(files.find(({ path }) => path === page.path).name);

/** The graphs of a page. */
const graphs = (html) => [...html.matchAll(SCRIPT)].map(([, json]) => JSON.parse(json));

/** Whether an address of this site leads to a file of it. */
function exists(address) {
  const { pathname } = new URL(address);
  const path = join(guide.folder, decodeURIComponent(pathname));
  return existsSync(pathname.endsWith('/') ? join(path, 'index.html') : path);
}

/** All addresses of this site in a value. */
function own(value, found = new Set()) {
  if (typeof value === 'string' && value.startsWith(`${guide.url}/`) && !value.includes('{')) found.add(value);
  else if (value && typeof value === 'object') Object.values(value).forEach((inner) => own(inner, found));
  return found;
}

const text = (html) => html.replace(SCRIPT, ' ').replace(/<[^>]*>/g, ' ').replace(/&nbsp;|[\u00a0\u202f]/g, ' ').replace(/&amp;/g, '&').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;|&#34;/g, '"').replace(/&#39;/g, "'").replace(/\s+/g, ' ');

describe('JSON-LD', () => {
  let examples = 0;
  const seen = new Map();
  for (const page of pages) {
    it(page.path, async () => {
      const html = await of(page);
      const found = graphs(html);
      const isHidden = files.find(({ path }) => path === page.path).noindex;
      if (isHidden && !/\/(stan|state|styl|style|zapisane|saved|404\.html)\/?$/.test(page.path)) {
        examples += 1;
        assert.equal(found.length, 0, 'an invented page says nothing to machines');
        return;
      }
      if (page.path === '/404.html') return;
      assert.equal(found.length, 1, 'one graph for each page');
      const [graph] = found;
      const nodes = graph['@graph'];
      const expanded = await expand(graph);
      assert.equal(expanded.length, nodes.length, 'every node survives');
      assert.deepEqual(misuses(expanded), []);
      const itself = nodes.find((node) => node['@id'] === page.url);
      assert.match(itself['@type'], /^(WebPage|CollectionPage)$/);
      assert.equal(itself.inLanguage, page.lang);
      for (const address of own(graph)) assert.ok(exists(address), address);
      // What a node refers to by name alone is in the graph, or the name of a page.
      const ids = new Set(nodes.map((node) => node['@id']));
      const refer = (value) => {
        if (!value || typeof value !== 'object') return;
        const keys = Object.keys(value);
        if (keys.length === 1 && keys[0] === '@id') assert.ok(ids.has(value['@id']) || exists(value['@id']) && !value['@id'].includes('#'), value['@id']);
        Object.values(value).forEach(refer);
      };
      nodes.forEach(refer);
      for (const node of nodes) {
        assert.ok(!seen.has(node['@id']) || node['@id'] === `${guide.url}/#publisher`, `${node['@id']} is ${page.path} and ${seen.get(node['@id'])}`);
        seen.set(node['@id'], page.path);
      }
      const isHome = page.kind === 'home';
      assert.equal(nodes.some((node) => node['@type'] === 'BreadcrumbList'), !isHome);
      const site = nodes.find((node) => node['@type'] === 'WebSite');
      assert.equal(Boolean(site), isHome);
      if (isHome) assert.ok(exists(site.potentialAction.target.urlTemplate.replace(/\?q=\{search_term_string\}$/, '')));
      // Translations name each other.
      const others = Object.entries(page.alternates).filter(([lang]) => lang !== page.lang).map(([, url]) => url);
      const linked = [itself.workTranslation ?? [], itself.translationOfWork ?? []].flat().map((node) => node['@id']);
      if (!page.kind.endsWith('/…') && !isHidden) assert.deepEqual(linked.sort(), others.sort());
    });
  }

  it('leaves no kind out', () => {
    const kinds = ['place', 'legend', 'tour', 'organisation', 'event', 'chapter', 'call', 'commitment', 'initiative'];
    for (const kind of kinds) assert.ok([...seen.keys()].some((id) => id.endsWith(`#${kind}`)), kind);
    assert.ok(examples > 0, 'there are examples to leave out');
  });

  it('has what Google asks of rich results', async () => {
    const validator = new Validator(vocabulary);
    const issues = [];
    for (const page of pages) {
      for (const { '@graph': nodes } of graphs(await of(page))) {
        const data = {};
        for (const node of nodes) for (const type of [node['@type']].flat()) (data[type] ??= []).push({ '@context': 'https://schema.org', ...node });
        const found = await validator.validate({ jsonld: data, microdata: {}, rdfa: {}, errors: [] });
        issues.push(...found.filter(({ severity }) => severity === 'ERROR').map(({ issueMessage, path }) => `${page.path} ${JSON.stringify(path)}: ${issueMessage}`));
        for (const node of nodes.filter((node) => /Event$|^Festival$/.test(node['@type']))) {
          assert.ok(node.name && node.startDate && node.location, node['@id']);
          for (const place of [node.location].flat()) assert.ok(place.name || place.url, node['@id']);
          assert.match(node.startDate, /^\d{4}-\d\d-\d\d(T\d\d:\d\d:00\+0[12]:00)?$/);
        }
        for (const node of nodes.filter((node) => node['@type'] === 'ImageObject')) {
          assert.ok(node.contentUrl && (node.creator ?? node.creditText ?? node.license), node['@id']);
        }
        for (const node of nodes.filter((node) => node['@type'] === 'Article')) assert.ok(node.headline && node.author.name, node['@id']);
      }
    }
    assert.deepEqual(issues, []);
  });

  it('says what the page says', async () => {
    // Words that stand for things on the page: names, texts, addresses, numbers of registers.
    const KEYS = ['streetAddress', 'text', 'abstract', 'telephone', 'email', 'value', 'headline', 'audienceType', 'keywords', 'genre', 'caption'];
    const silent = [];
    for (const page of pages.filter(({ kind }) => kind.endsWith('/*'))) {
      const html = await of(page);
      const said = text(html).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
      const visit = (value, key) => {
        if (Array.isArray(value)) value.forEach((inner) => visit(inner, key));
        else if (value && typeof value === 'object') Object.entries(value).forEach(([name, inner]) => visit(inner, name));
        else if (KEYS.includes(key) && typeof value === 'string') {
          for (const sentence of value.split(/(?<=[.!?]) /)) {
            const bare = sentence.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
            if (!said.includes(bare)) silent.push(`${page.path} ${key}: ${sentence}`);
          }
        }
      };
      visit(graphs(html));
    }
    assert.deepEqual(silent, []);
  });

  it('a misuse is found', async () => {
    const wrong = { '@context': 'https://schema.org', '@graph': [
      { '@type': 'TouristAttraction', architect: 'x', yearBuilt: 1950, geo: 'here' },
      { '@type': 'Legende', name: 'x' },
      { '@type': 'Event', startDate: 'tomorrow', location: { '@type': 'ImageObject', caption: 'x' } },
    ] };
    const found = misuses(await expand(wrong)).map((misuse) => misuse.split(': ')[1]);
    assert.deepEqual(found.sort(), ['"here" is none of GeoShape,GeoCoordinates', '"tomorrow" is none of Date,DateTime', 'ImageObject is none of Text,PostalAddress,VirtualLocation,Place', 'Legende has no name', 'TouristAttraction has no yearBuilt', 'no property architect', 'no type Legende'].sort());
    const google = await new Validator(vocabulary).validate({ jsonld: { BreadcrumbList: [{ '@context': 'https://schema.org', '@type': 'BreadcrumbList', itemListElement: [{ '@type': 'ListItem', position: 1 }] }] }, microdata: {}, rdfa: {}, errors: [] });
    assert.ok(google.some(({ severity }) => severity === 'ERROR'));
  });
});

describe('Open Graph', () => {
  const locales = { pl: 'pl_PL', en: 'en_GB' };
  for (const page of pages.filter(({ path }) => path !== '/404.html')) {
    it(page.path, async () => {
      const html = await of(page);
      const metas = [...html.matchAll(/<meta\b[^>]*>/g)].map(([tag]) => {
        const get = (name) => tag.match(new RegExp(`\\b${name}=(?:"([^"]*)"|([^\\s>]*))`))?.slice(1).find((value) => value !== undefined);
        return [get('property') ?? get('name'), get('content')];
      });
      const values = (key) => metas.filter(([name]) => name === key).map(([, value]) => value);
      const one = (key) => {
        assert.equal(values(key).length, 1, key);
        return values(key)[0];
      };
      for (const key of ['og:title', 'og:description', 'og:site_name', 'og:image:alt', 'og:image:width', 'og:image:height']) assert.ok(one(key), key);
      assert.equal(one('og:url'), page.url);
      assert.equal(one('og:locale'), locales[page.lang]);
      const others = Object.keys(page.alternates).filter((lang) => lang !== page.lang).map((lang) => locales[lang]);
      if (others.length) assert.deepEqual(values('og:locale:alternate'), others);
      assert.ok(exists(one('og:image')));
      assert.match(one('twitter:card'), /^summary/);
      const type = one('og:type');
      const isPlace = page.kind === 'miejsca/*';
      assert.equal(type === 'place', isPlace);
      assert.equal(values('place:location:latitude').length, isPlace ? 1 : 0);
      if (/^(legendy|trasy|organizacje|kalendarz|poradnik)\/\*$/.test(page.kind)) assert.equal(type, 'article');
      if (type === 'article') assert.match(one('article:modified_time'), /^\d{4}-\d\d-\d\d/);
    });
  }
});

describe('feeds', () => {
  const atoms = names.filter((name) => name.endsWith('atom.xml'));
  const jsons = names.filter((name) => name.endsWith('feed.json'));
  let isJsonFeed;
  before(async () => {
    const schema = async (name) => JSON.parse(await readFile(fileURLToPath(new URL(`schemas/${name}.json`, import.meta.url)), 'utf8'));
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addSchema(await schema('json-feed-1'));
    isJsonFeed = ajv.compile(await schema('json-feed'));
  });

  it('there is one of each kind for every section with news, in both languages', () => {
    assert.deepEqual(atoms.map((name) => name.replace('atom.xml', '')).sort(), jsons.map((name) => name.replace('feed.json', '')).sort());
    for (const folder of ['', 'en/', 'legendy/', 'en/legends/', 'kalendarz/', 'en/calendar/', 'organizacje/', 'poradnik/']) assert.ok(atoms.includes(`${folder}atom.xml`), folder);
  });

  /** What no reader of feeds could follow or show. */
  function portable(html, at) {
    for (const [, name, value] of html.matchAll(/\s(href|src|poster)="([^"]*)"/g)) {
      assert.match(value, /^(https?|mailto|tel):/, `${at}: ${name}=${value}`);
      if (value.startsWith(guide.url)) assert.ok(exists(value), `${at}: ${value}`);
    }
    for (const [, set] of html.matchAll(/\ssrcset="([^"]*)"/g)) for (const one of set.split(', ')) assert.match(one, /^https?:/, at);
    assert.doesNotMatch(html, /<(button|script|style|form|input|iframe)\b|popover|\son\w+=/, at);
  }

  for (const name of atoms) {
    it(name, async () => {
      const xml = await read(name);
      XmlDocument.fromString(xml).dispose();
      const feed = parseAtomFeed(xml);
      assert.equal(feed.id, `${guide.url}/${name}`);
      assert.ok(feed.title.value && feed.updated && feed.entries.length);
      assert.equal(feed.links.find(({ rel }) => rel === 'self').href, `${guide.url}/${name}`);
      for (const { href } of feed.links) assert.ok(exists(href), href);
      const updated = feed.entries.map((entry) => entry.updated);
      // RFC 3339, and the feed is as new as its newest entry.
      for (const time of [feed.updated, ...updated]) assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)$/);
      assert.equal(new Date(feed.updated).getTime(), Math.max(...updated.map((time) => new Date(time).getTime())));
      assert.equal(new Set(feed.entries.map(({ id }) => id)).size, feed.entries.length);
      for (const entry of feed.entries) {
        assert.ok(entry.title && entry.authors[0].name && exists(entry.links[0].href), entry.id);
        portable(entry.content?.value ?? entry.content ?? entry.summary?.value ?? entry.summary, entry.id);
      }
    });
  }

  for (const name of jsons) {
    it(name, async () => {
      const json = await read(name);
      const feed = JSON.parse(json);
      assert.ok(isJsonFeed(feed), JSON.stringify(isJsonFeed.errors));
      assert.equal(feed.version, 'https://jsonfeed.org/version/1.1');
      assert.equal(parseJsonFeed(feed).items.length, feed.items.length);
      assert.equal(feed.feed_url, `${guide.url}/${name}`);
      assert.ok(exists(feed.home_page_url), feed.home_page_url);
      for (const item of feed.items) {
        assert.ok(exists(item.url), item.url);
        if (item.image) assert.ok(exists(item.image), item.image);
        portable(item.content_html, item.id);
      }
      const { entries } = parseAtomFeed(await read(name.replace('feed.json', 'atom.xml')));
      assert.deepEqual(feed.items.map(({ id }) => id), entries.map(({ id }) => id));
    });
  }

  it('are found from the pages they speak of, and name their section', async () => {
    for (const page of pages.filter(({ path }) => path !== '/404.html')) {
      const html = await of(page);
      const links = [...html.matchAll(/<link\b[^>]*application\/(?:atom\+xml|feed\+json)[^>]*>/g)].map(([tag]) => tag.match(/href="?([^"\s>]*)/)[1]);
      assert.ok(links.length === 2 || links.length === 3, `${page.path}: ${links}`);
      for (const link of links) assert.ok(exists(link), link);
    }
    const section = await read('legendy/index.html');
    assert.match(section, /href="?[^"\s>]*\/legendy\/feed\.json/);
    assert.match(JSON.parse(await read('legendy/feed.json')).title, /Legendy$/);
    assert.match(parseAtomFeed(await read('en/legends/atom.xml')).title.value, /Legends$/);
  });
});

describe('sitemap', () => {
  it('is what sitemaps.org and Google publish', async () => {
    // The parts of other namespaces that a sitemap may have: an alternate (Google) and pictures (Google, image sitemaps).
    const schema = `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
      <xsd:import namespace="http://www.sitemaps.org/schemas/sitemap/0.9" schemaLocation="node_modules/sitemap/schema/sitemap.xsd"/>
      <xsd:import namespace="http://www.w3.org/1999/xhtml" schemaLocation="schemas/sitemap-link.xsd"/>
      <xsd:import namespace="http://www.google.com/schemas/sitemap-image/1.1" schemaLocation="schemas/sitemap-image.xsd"/>
    </xsd:schema>`;
    const { xmlRegisterFsInputProviders } = await import('libxml2-wasm/lib/nodejs.mjs');
    xmlRegisterFsInputProviders();
    const document = XmlDocument.fromString(schema, { url: fileURLToPath(new URL('all.xsd', import.meta.url)) });
    const validator = XsdValidator.fromDoc(document);
    const xml = await read('sitemap.xml');
    validator.validate(XmlDocument.fromString(xml));
    assert.ok(xml.includes('<image:loc>') && xml.includes('hreflang='));
    const wrong = xml.replace('<image:loc>', '<image:where>').replace('</image:loc>', '</image:where>');
    assert.throws(() => validator.validate(XmlDocument.fromString(wrong)));
  });

  it('names only what is there, and versions name each other', async () => {
    const xml = await read('sitemap.xml');
    for (const [, address] of xml.matchAll(/<(?:loc|image:loc)>(.*?)</g)) assert.ok(exists(address), address);
    const versions = new Map(pages.map(({ url, alternates }) => [url, alternates]));
    for (const { url, alternates, lang } of pages) {
      if (Object.keys(alternates).length) assert.equal(alternates[lang], url);
      for (const other of Object.values(alternates)) assert.deepEqual(versions.get(other), alternates, other);
    }
  });
});
