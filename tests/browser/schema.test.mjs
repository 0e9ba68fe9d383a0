// The JSON Schemas that `huta schema` writes, by another validator: every file of the guide is right by them, every mistake is
// found where it is, and what huta says of bad files (tests/errors) they say too, as far as one value can be judged alone.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';

import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { isMap, LineCounter, parseDocument } from 'yaml';

import { HUTA, REPO } from './huta.mjs';

const run = promisify(execFile);
const OTHERS = ['page', 'content', 'section', 'translation', 'glossary', 'gallery'];
const scratch = await mkdtemp(join(tmpdir(), 'huta-schema-'));
after(() => rm(scratch, { recursive: true }));

/** The validators of a copy of a site, by the names of their files. */
async function schemas(name, ...layers) {
  const site = join(scratch, name);
  for (const layer of layers) {
    await mkdir(site, { recursive: true });
    for (const part of ['huta.toml', 'content']) {
      await cp(join(layer, part), join(site, part), { recursive: true }).catch(() => {});
    }
  }
  await run(HUTA, ['schema', '--root', site, '--lang', 'en']);
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  const all = {};
  for (const file of await readdir(join(site, 'schemas'))) {
    all[file.replace('.schema.json', '')] = ajv.compile(JSON.parse(await readFile(join(site, 'schemas', file), 'utf8')));
  }
  return all;
}

/** The YAML of a file with the line it begins in, or nothing. */
function yaml(name, text) {
  if (name.endsWith('.yaml')) return { text, first: 0 };
  const found = text.match(/^\uFEFF?---[ \t]*\r?\n(.*?)^---[ \t]*$/ms);
  return found && { text: found[1], first: 1 };
}

/** The schema for a file, as its name and its block say. */
function schemaFor(name, data, all) {
  if (name.endsWith('glossary.yaml')) return 'glossary';
  if (name.endsWith('gallery.yaml')) return 'gallery';
  if (/(^|\/)_index(\.\w+)?\.md$/.test(name)) return 'section';
  if (/\.en\.md$/.test(name)) return 'translation';
  const kinds = Object.keys(all).filter((kind) => !OTHERS.includes(kind));
  const own = kinds.filter((kind) => data && kind in data);
  return own.length > 1 ? 'content' : own[0] ?? 'page';
}

/** The lines that the errors of a file stand in. */
function lines(errors, document, counter, first) {
  const at = (node) => node?.range && counter.linePos(node.range[0]).line + first;
  return errors.flatMap(({ instancePath, schemaPath, params }) => {
    const steps = instancePath.split('/').slice(1).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const node = steps.length ? document.getIn(steps, true) : document.contents;
    const key = (map, name) => isMap(map) && map.items.find((pair) => String(pair.key) === String(name))?.key;
    const owner = steps.length > 1 ? document.getIn(steps.slice(0, -1), true) : document.contents;
    const name = params.additionalProperty ?? schemaPath.match(/dependencies\/(\w+)\/not$/)?.[1];
    const extra = name && at(key(node, name));
    const whole = [at(node), at(key(owner, steps.at(-1))), steps.length ? undefined : 1];
    return (extra ? [extra] : whole).filter(Boolean);
  });
}

/** What the schemas say of a file: nothing where it cannot be read as YAML. */
function judge(name, text, all) {
  const found = yaml(name, text);
  if (!found) return undefined;
  const counter = new LineCounter();
  const document = parseDocument(found.text, { lineCounter: counter });
  if (document.errors.length) return undefined;
  // How often a text may refer to itself is huta's to say.
  const data = document.toJS({ maxAliasCount: -1 }) ?? (name.endsWith('.yaml') ? null : {});
  const schema = schemaFor(name, data, all);
  const errors = all[schema](data) ? [] : all[schema].errors;
  return { schema, errors, lines: new Set(lines(errors, document, counter, found.first)), data };
}

async function files(folder) {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.filter((name) => /\.(md|yaml)$/.test(name)).sort();
}

const told = ({ errors }) => errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);

const guide = await schemas('guide', REPO);

describe('every file of the guide', async () => {
  const names = await files(join(REPO, 'content'));
  it('is there', () => assert.ok(names.length > 200, `${names.length} files`));
  for (const name of names) {
    it(name, async () => {
      const found = judge(name, await readFile(join(REPO, 'content', name), 'utf8'), guide);
      assert.deepEqual(told(found), []);
      // What is right by its own schema is right by the one for folders with pages of several kinds.
      if (!['section', 'translation', 'glossary', 'gallery'].includes(found.schema)) {
        assert.ok(guide.content(found.data), JSON.stringify(guide.content.errors));
      }
    });
  }
});

/** A good page of every kind: each mistake below is made in one of them. */
const GOOD = {
  place: { at: [50.07, 20.03], access: { wheelchair: 'yes' }, dates: [{ on: '1960-04', what: 'x' }] },
  legend: { verdict: true, place: 'plac' },
  tour: { stops: [{ place: 'a', minutes: 5 }, { at: [50.07, 20.03], title: 'B' }] },
  organisation: { form: 'foundation', areas: ['culture'], krs: '0000123456', email: 'a@b.pl', website: 'https://a.pl' },
  exchange: { by: 'x', needs: [{ id: 'stoly', category: 'equipment', what: 'x', until: '2027-05-31' }] },
  chapter: { part: 'money', in_short: ['a', 'b', 'c'], reviewed: '2026-11-25' },
  event: { start: '2026-12-05T17:00', end: '2026-12-05 19:00:00', type: 'walk' },
  call: { funder: 'x', who: ['informal'], season: [11, 12], yearly: true },
  commitment: { promised: 'x', document: 'x', status: 'late', due: '2028', evidence: [{ title: 'x' }] },
  initiative: { topic: 'picnic', stage: 'idea', since: '2019' },
};

/** Kind, what is changed (`undefined` takes a key away), the place of the error and its sort. */
const BAD = [
  ['place', { at: undefined }, '/place', 'required'],
  ['place', { at: [20.03, 50.07] }, '/place/at/0', 'minimum'],
  ['place', { at: [50.07] }, '/place/at', 'minItems'],
  ['place', { at: [50.07, 20.03, 1] }, '/place/at', 'maxItems'],
  ['place', { at: '50.07, 20.03' }, '/place/at', 'type'],
  ['place', { at: ['50.07', 20.03] }, '/place/at/0', 'type'],
  ['place', { adress: 'x' }, '/place', 'additionalProperties'],
  ['place', { built: 1960 }, '/place/built', 'type'],
  ['place', { address: null }, '/place/address', 'type'],
  ['place', { access: { wheelchair: 'maybe' } }, '/place/access/wheelchair', 'enum'],
  ['place', { access: { wheelchiar: 'yes' } }, '/place/access', 'additionalProperties'],
  ['place', { dates: [{ on: '1960-13', what: 'x' }] }, '/place/dates/0/on', 'pattern'],
  ['place', { dates: [{ on: 1960, what: 'x' }] }, '/place/dates/0/on', 'type'],
  ['place', { dates: [{ on: '1960' }] }, '/place/dates/0', 'required'],
  ['legend', { verdict: 'partialy' }, '/legend/verdict', 'enum'],
  ['legend', { place: undefined }, '/legend', 'anyOf'],
  ['tour', { stops: [{ place: 'a' }] }, '/tour/stops', 'minItems'],
  ['tour', { stops: [{ place: 'a' }, { title: 'b' }] }, '/tour/stops/1', 'anyOf'],
  ['tour', { stops: [{ place: 'a', minutes: -1 }, { place: 'b' }] }, '/tour/stops/0/minutes', 'minimum'],
  ['tour', { stops: [{ place: 'a', minutes: 1441 }, { place: 'b' }] }, '/tour/stops/0/minutes', 'maximum'],
  ['organisation', { areas: [] }, '/organisation/areas', 'minItems'],
  ['organisation', { areas: 'culture' }, '/organisation/areas', 'type'],
  ['organisation', { areas: ['kultura'] }, '/organisation/areas/0', 'enum'],
  ['organisation', { krs: '123' }, '/organisation/krs', 'pattern'],
  ['organisation', { krs: 1234567890 }, '/organisation/krs', 'type'],
  ['organisation', { email: 'biuro' }, '/organisation/email', 'pattern'],
  ['organisation', { website: 'www.a.pl' }, '/organisation/website', 'pattern'],
  ['exchange', { by: undefined }, '/exchange', 'anyOf'],
  ['exchange', { needs: undefined }, '/exchange', 'anyOf'],
  ['exchange', { needs: [] }, '/exchange', 'anyOf'],
  ['exchange', { needs: [{ id: 'Stoły', category: 'room', what: 'x' }] }, '/exchange/needs/0/id', 'pattern'],
  ['exchange', { needs: [{ id: 'a', category: 'sala', what: 'x' }] }, '/exchange/needs/0/category', 'enum'],
  ['chapter', { in_short: ['a', 'b'] }, '/chapter/in_short', 'minItems'],
  ['chapter', { reviewed: undefined }, '/chapter', 'required'],
  ['chapter', { review_months: 121 }, '/chapter/review_months', 'maximum'],
  ['event', { start: '2026-12-32' }, '/event/start', 'pattern'],
  ['event', { start: '5 grudnia' }, '/event/start', 'pattern'],
  ['event', { start: '2026-12-05T17:00Z' }, '/event/start', 'pattern'],
  ['event', { cancelled: 'tak' }, '/event/cancelled', 'type'],
  ['call', { closes: '31.12.2026' }, '/call/closes', 'pattern'],
  ['call', { closes: '2026-02-30' }, '/call/closes', 'pattern'],
  ['call', { season: [11] }, '/call/season', 'minItems'],
  ['call', { season: [11, 13] }, '/call/season/1', 'maximum'],
  ['commitment', { status: undefined }, '/commitment', 'required'],
  ['commitment', { evidence: [{ url: 'https://a.pl' }] }, '/commitment/evidence/0', 'required'],
  ['initiative', { partners: 'x' }, '/initiative/partners', 'type'],
];

describe('mistakes in a block', () => {
  for (const [kind, block] of Object.entries(GOOD)) {
    it(`${kind} without one`, () => {
      assert.ok(guide[kind]({ title: 'x', [kind]: block }), JSON.stringify(guide[kind].errors));
    });
  }
  for (const [kind, change, path, keyword] of BAD) {
    it(`${kind} ${JSON.stringify(change)}`, () => {
      const block = Object.fromEntries(Object.entries({ ...GOOD[kind], ...change }).filter(([, value]) => value !== undefined));
      const data = { title: 'x', [kind]: block };
      for (const name of [kind, 'content']) {
        assert.equal(guide[name](data), false);
        const found = guide[name].errors.map((error) => `${error.instancePath} ${error.keyword}`);
        assert.ok(found.includes(`${path} ${keyword}`), found.join('\n'));
      }
    });
  }
});

/** Schema, front matter, the place of the error and its sort. */
const ELSEWHERE = [
  ['place', { title: 'x' }, '', 'required'],
  ['place', { title: 7, place: GOOD.place }, '/title', 'type'],
  ['place', { tytul: 'x', place: GOOD.place }, '', 'additionalProperties'],
  ['place', { date: '30.06.2026', place: GOOD.place }, '/date', 'pattern'],
  ['place', { place: GOOD.place, legend: GOOD.legend }, '', 'additionalProperties'],
  ['content', { place: GOOD.place, legend: GOOD.legend }, '', 'not'],
  ['page', { draft: 'yes' }, '/draft', 'type'],
  ['page', { weight: -1 }, '/weight', 'minimum'],
  ['page', { sources: [{ url: 'https://a.pl' }] }, '/sources/0', 'required'],
  ['page', { verified: 'wczoraj' }, '/verified', 'pattern'],
  ['page', { gallery: [{ alt: 'x' }] }, '/gallery/0', 'required'],
  ['page', { gallery: [{ file: 'a.jpg', licence: 'za zgodą' }] }, '/gallery/0/licence', 'pattern'],
  ['page', { gallery: [{ file: 'a.jpg', alt: { de: 'x' } }] }, '/gallery/0/alt', 'additionalProperties'],
  ['section', { sort_by: 'order' }, '/sort_by', 'enum'],
  ['section', { facets: ['colour'] }, '/facets/0', 'enum'],
  ['translation', { place: { at: [50.07, 20.03] } }, '/place', 'additionalProperties'],
  ['translation', { tour: { stops: [{ note: 'x' }] } }, '/tour/stops/0', 'anyOf'],
  ['translation', { exchange: { needs: [{ what: 'x' }] } }, '/exchange/needs/0', 'required'],
  ['glossary', [{ id: 'a', word: { pl: 'x' } }], '/0', 'required'],
  ['glossary', [{ id: 'a', word: { pl: '' }, means: {} }], '/0/word/pl', 'pattern'],
  ['glossary', { id: 'a' }, '', 'type'],
  ['gallery', { pictures: [{ file: 'a.jpg', date: '60.' }] }, '/pictures/0/date', 'pattern'],
];

describe('mistakes elsewhere', () => {
  for (const [schema, data, path, keyword] of ELSEWHERE) {
    it(`${schema} ${JSON.stringify(data)}`, () => {
      assert.equal(guide[schema](data), false);
      const found = guide[schema].errors.map((error) => `${error.instancePath} ${error.keyword}`);
      assert.ok(found.includes(`${path} ${keyword}`), found.join('\n'));
    });
  }
});

/** What huta says of a file that a schema can say too. */
const DECIDABLE = [
  'unknown-key',
  'wrong-type',
  'missing-key',
  'invalid-value',
  'coordinates-out-of-range',
  'unknown-facet',
  'unknown-licence',
  'unknown-language',
];

/** Messages of those codes that need more than one value, or another file. */
const BEYOND = [
  /end \(.*\) is before the start/,
  /ends before it starts/,
  /must both have a time/,
  /is later than the event/,
  /is on this page twice/,
  /cannot be an (old )?address/,
  /cannot be part of an address/,
  /in the file's name is not a language/,
  /there is no file/,
  /the track .* cannot be used/,
  /no address can be made/,
  /is already in line/,
  /the original has no such item/,
  /there already is/,
  /does not say when one can apply/,
];

/** The messages of a transcript. */
const hutaSays = (message) =>
  [...message.matchAll(/^(error|warning|hint)\[([\w-]+)\]: (.*)\n\s*--> content\/([^:\n]+)(?::(\d+))?/gm)].map(
    ([, severity, code, text, file, line]) => ({ severity, code, text, file, line: Number(line ?? 1) }),
  );

describe('what huta says of bad files', async () => {
  const errors = join(REPO, 'tests/errors');
  const base = join(errors, '_base');
  const common = await schemas('base', base);
  let compared = 0;
  const cases = (await readdir(errors)).filter((name) => name !== '_base').sort();
  for (const name of cases.filter((name) => !name.startsWith('check-'))) {
    const names = await files(join(errors, name, 'content'));
    if (!(await stat(join(errors, name)))?.isDirectory() || !names.length) continue;
    it(name, async () => {
      const own = await stat(join(errors, name, 'huta.toml')).catch(() => undefined);
      // A configuration that cannot be used gives no schemas.
      const all = own ? await schemas(name, base, join(errors, name)).catch(() => undefined) : common;
      if (!all) return;
      const said = hutaSays(await readFile(join(errors, name, 'expected.en.txt'), 'utf8'));
      for (const file of names) {
        const text = await readFile(join(errors, name, 'content', file)).then((bytes) => bytes.toString());
        const found = judge(file, text, all);
        if (!found) continue;
        const ofFile = said.filter((message) => message.file === file);
        const decidable = ofFile.filter(
          ({ severity, code, text }) =>
            severity === 'error' && DECIDABLE.includes(code) && !BEYOND.some((beyond) => beyond.test(text)),
        );
        for (const { line, text } of decidable) {
          compared += 1;
          assert.ok(found.lines.has(line), `${file}:${line}: ${text}\n${told(found).join('\n')}\n${[...found.lines]}`);
        }
        if (!decidable.length) {
          // huta only advises against these, and reads on; or cannot read at all.
          const other = ofFile.some(({ code }) => ['structured-override', 'front-matter-syntax'].includes(code));
          if (!other) assert.deepEqual(told(found), [], file);
        }
      }
    });
  }
  after(() => assert.ok(compared > 60, `${compared} messages compared`));
});

/** A snippet as VS Code puts it in, with the first of each choice. */
const expanded = ({ body }) =>
  body
    .join('\n')
    .replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d+/g, 'x');

describe('snippets', async () => {
  const text = await readFile(join(scratch, 'guide/.vscode/huta.code-snippets'), 'utf8');
  const all = JSON.parse(text.replace(/^\/\/.*\n/, ''));
  const kinds = Object.keys(GOOD);
  for (const [name, snippet] of Object.entries(all)) {
    it(name, () => {
      const document = parseDocument(expanded(snippet));
      assert.deepEqual(document.errors, []);
      const [kind] = name.split('.');
      // A key of a block stands in a good one, so that it alone can be wrong; only a text that stands for a name may be.
      const data = kinds.includes(name)
        ? document.toJS()
        : kinds.includes(kind)
          ? { [kind]: { ...GOOD[kind], ...document.toJS() } }
          : document.toJS();
      const schema = kinds.includes(kind) ? kind : 'page';
      const found = guide[schema](data) ? [] : guide[schema].errors;
      assert.deepEqual(found.filter(({ keyword }) => !['pattern', 'minItems', 'minLength'].includes(keyword)), []);
    });
  }
});

it('a schema that is no schema of huta is not overwritten', async () => {
  const site = join(scratch, 'guide');
  await writeFile(join(site, 'schemas/place.schema.json'), '{}');
  await assert.rejects(run(HUTA, ['schema', '--root', site, '--lang', 'en']), /file-exists/);
  assert.equal(await readFile(join(site, 'schemas/place.schema.json'), 'utf8'), '{}');
});
