// The open data, read by those who did not write them: the published schemas of Data Package and Table Schema, csv-parse,
// check-geojson, and frictionless (Python, `FRICTIONLESS` is its program), which checks every row and every reference.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';

import { check } from '@placemarkio/check-geojson';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'csv-parse/sync';

import { REPO } from './huta.mjs';
import { files, guide } from './site.mjs';

const folder = join(guide.folder, 'dane');
const read = (name) => readFile(join(folder, name), 'utf8');
const descriptor = JSON.parse(await read('datapackage.json'));
const tables = descriptor.resources.filter(({ type }) => type === 'table');
const LANGUAGES = ['pl', 'en'];

/** Whether an address of this site leads to a file, and its anchor to something in it. */
async function leads(address) {
  const { pathname, hash } = new URL(address);
  const path = join(guide.folder, pathname, pathname.endsWith('/') ? 'index.html' : '');
  if (!existsSync(path)) return false;
  return !hash || new RegExp(`\\bid="?${hash.slice(1)}["\\s>]`).test(await readFile(path, 'utf8'));
}

/** The rows of a table as its CSV has them. */
async function rows({ path }) {
  const text = await read(path);
  assert.ok(text.startsWith('\ufeff'), 'spreadsheets need the mark');
  return parse(text, { bom: true, columns: true });
}

/** A cell of CSV as its column says it is to be read (Table Schema, version 2). */
function cell(text, field) {
  const bare = text.replace(/^'(?=[=+\-@\t\r\n])/, '');
  if (field['x-delimiter']) return bare === '' ? [] : bare.split(field['x-delimiter']).map((item) => cell(item, { type: field['x-itemType'] }));
  if (bare === '') return null;
  switch (field.type) {
    case 'integer': assert.match(bare, /^-?\d+$/); return Number(bare);
    case 'number': assert.match(bare, /^-?\d+(\.\d+)?$/); return Number(bare);
    case 'boolean': assert.match(bare, /^(true|false)$/); return bare === 'true';
    case 'date': assert.match(bare, /^\d{4}-\d\d-\d\d$/); assert.ok(!Number.isNaN(Date.parse(bare))); return bare;
    default: assert.equal(field.type, 'string'); return bare;
  }
}

function holds(value, { name, format, constraints = {} }, at) {
  if (value === null) return assert.ok(!constraints.required, `${at} has no ${name}`);
  if (constraints.enum) assert.ok(constraints.enum.includes(value), `${at} ${name}: ${value}`);
  if (constraints.pattern) assert.match(value, new RegExp(constraints.pattern), `${at} ${name}`);
  if (constraints.minimum !== undefined) assert.ok(value >= constraints.minimum, `${at} ${name}`);
  if (constraints.maximum !== undefined) assert.ok(value <= constraints.maximum, `${at} ${name}`);
  if (format === 'uri') assert.ok(URL.canParse(value), `${at} ${name}: ${value}`);
  if (format === 'email') assert.match(value, /^[^@\s]+@[^@\s]+$/, `${at} ${name}`);
  return undefined;
}

describe('the description', () => {
  it('is a Data Package of version 2', async () => {
    const schema = async (name) => JSON.parse(gunzipSync(await readFile(fileURLToPath(new URL(`schemas/${name}.json.gz`, import.meta.url)))));
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    const isPackage = ajv.compile(await schema('data-package-2.0'));
    assert.ok(isPackage(descriptor), JSON.stringify(isPackage.errors?.slice(0, 3)));
    const isSchema = ajv.compile(await schema('table-schema-2.0'));
    for (const table of tables) assert.ok(isSchema(table.schema), `${table.name}: ${JSON.stringify(isSchema.errors?.slice(0, 3))}`);
    assert.ok(!isPackage({ ...descriptor, resources: [] }));
    const [first, ...rest] = tables[0].schema.fields;
    assert.ok(!isSchema({ ...tables[0].schema, fields: [{ ...first, type: 'texte' }, ...rest] }));
  });

  it('names every file there is, with its size, and no other', async () => {
    const there = (await readdir(folder)).filter((name) => !/^(index\.html|datapackage\.json)$/.test(name)).sort();
    assert.deepEqual(descriptor.resources.map(({ path }) => path).sort(), there);
    for (const { path, bytes } of descriptor.resources) assert.equal((await readFile(join(folder, path))).length, bytes, path);
    assert.equal(new Set(descriptor.resources.map(({ name }) => name)).size, descriptor.resources.length);
  });

  it('says what every column means, in both languages', () => {
    for (const { name, schema } of tables) {
      for (const field of schema.fields) {
        for (const language of LANGUAGES) assert.ok(field[`title_${language}`], `${name} ${field.name}`);
      }
    }
  });

  it('has licences, and where the map comes from', () => {
    assert.deepEqual(descriptor.licenses.map(({ name }) => name), ['CC-BY-SA-4.0', 'ODbL-1.0']);
    assert.match(descriptor.sources[0].title, /OpenStreetMap/);
  });

  it('is valid for frictionless', { skip: !process.env.FRICTIONLESS && 'FRICTIONLESS is not set' }, async () => {
    const { stdout } = await promisify(execFile)(process.env.FRICTIONLESS, ['validate', '--json', join(folder, 'datapackage.json')], { maxBuffer: 1 << 26 });
    const report = JSON.parse(stdout);
    assert.equal(report.valid, true, JSON.stringify(report.tasks.flatMap(({ errors }) => errors).slice(0, 3)));
    assert.equal(report.tasks.length, descriptor.resources.length);
  });
});

describe('tables', () => {
  const ids = new Map();
  before(async () => {
    for (const table of tables) ids.set(table.name, new Set((await rows(table)).map(({ id }) => id)));
  });

  for (const table of tables) {
    const { fields, foreignKeys = [] } = table.schema;
    it(`${table.name}: every row is what its columns say, and the same in every form`, async () => {
      const read_ = await rows(table);
      assert.ok(read_.length > 0);
      const records = read_.map((row) => {
        assert.deepEqual(Object.keys(row), fields.map(({ name }) => name));
        return Object.fromEntries(fields.map((field) => [field.name, cell(row[field.name], field)]));
      });
      for (const record of records) for (const field of fields) holds(record[field.name], field, record.id);
      const json = JSON.parse(await read(table.path.replace('.csv', '.json')));
      assert.deepEqual(json, records);
      const geo = descriptor.resources.find(({ path }) => path === table.path.replace('.csv', '.geojson'));
      const placed = records.filter(({ latitude }) => latitude !== null && latitude !== undefined);
      if (!geo) return assert.equal(placed.length, 0);
      const collection = check(await read(geo.path));
      for (const { id, properties, geometry } of collection.features) {
        assert.equal(id, properties.id);
        const { latitude, longitude, ...rest } = records.find((record) => record.id === id);
        assert.deepEqual(properties, rest);
        if (geometry.type === 'Point') assert.deepEqual(geometry.coordinates, [longitude, latitude]);
        else {
          assert.match(geometry.type, /LineString$/);
          const [line] = [geometry.coordinates].map((coordinates) => (geometry.type === 'LineString' ? coordinates : coordinates[0]));
          assert.ok(line.length > 2);
        }
      }
      if (table.name === 'tours') return assert.equal(collection.features.length, records.length);
      return assert.deepEqual(collection.features.map(({ id }) => id), placed.map(({ id }) => id));
    });

    it(`${table.name}: identifiers are paths of files, addresses lead to pages`, async () => {
      const read_ = await rows(table);
      assert.equal(ids.get(table.name).size, read_.length, 'each once');
      for (const row of read_) {
        const path = join(REPO, 'content', row.id.split('#')[0]);
        assert.ok(existsSync(`${path}.md`) || existsSync(join(path, 'index.md')), row.id);
        for (const language of LANGUAGES) {
          const url = row[`url_${language}`];
          assert.ok(url && await leads(url), `${row.id} ${language}: ${url}`);
          const page = files.find((file) => file.path === new URL(url).pathname);
          const html = await readFile(join(guide.folder, page.name), 'utf8');
          assert.match(html, new RegExp(`<html [^>]*\\blang="?${language}\\b`));
        }
        assert.equal(row.licence, 'CC-BY-SA-4.0');
      }
      for (const { fields: [field], reference } of foreignKeys) {
        for (const row of read_.filter((row) => row[field])) assert.ok(ids.get(reference.resource).has(row[field]), `${row.id} ${field}: ${row[field]}`);
      }
    });
  }

  it('hold everything that is on the site, and nothing invented', async () => {
    const all = [...ids.values()].flatMap((of) => [...of]).join('\n');
    assert.doesNotMatch(all, /przyklad/);
    for (const [name, section] of Object.entries({ places: 'miejsca', legends: 'legendy', tours: 'trasy', organisations: 'organizacje', events: 'kalendarz', calls: 'fundusze', commitments: 'obietnice', initiatives: 'pomysly', chapters: 'poradnik' })) {
      const folders = await readdir(join(REPO, 'content', section), { withFileTypes: true });
      const pages = folders.filter((entry) => entry.isDirectory() && existsSync(join(REPO, 'content', section, entry.name, 'index.md')));
      assert.deepEqual([...ids.get(name)].sort(), pages.map((entry) => `${section}/${entry.name}`).sort(), name);
    }
    assert.ok(ids.get('exchange').size > 0);
  });
});

describe('the page', () => {
  for (const path of ['/dane/', '/en/data/']) {
    it(path, async () => {
      const html = await readFile(join(guide.folder, files.find((file) => file.path === path).name), 'utf8');
      const links = [...html.matchAll(/<a\b[^>]*?href=(?:"([^"]*)"|([^\s>]*))/g)].map(([, quoted, bare]) => quoted ?? bare);
      for (const { path: name } of descriptor.resources) assert.ok(links.includes(`${guide.url}/dane/${name}`), name);
      assert.ok(links.includes(`${guide.url}/dane/datapackage.json`));
      for (const link of links.filter((link) => link.startsWith(guide.url))) assert.ok(await leads(link), link);
      for (const { schema } of tables) for (const { name } of schema.fields) assert.ok(html.includes(`<code>${name}</code>`), name);
      const [, json] = html.match(/<script type="?application\/ld\+json"?>(.*?)<\/script>/s);
      const set = JSON.parse(json)['@graph'].find((node) => node['@type'] === 'Dataset');
      assert.deepEqual(set.distribution.map(({ contentUrl }) => contentUrl).sort(), [...descriptor.resources.map(({ path: name }) => name), 'datapackage.json'].map((name) => `${guide.url}/dane/${name}`).sort());
      assert.ok(set.description.length >= 50 && set.license && set.creator.name, 'what Google asks of a data set');
    });
  }
});
