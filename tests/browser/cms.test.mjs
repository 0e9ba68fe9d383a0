// Editing in a browser: the real Sveltia CMS on the configuration that huta writes and on the guide's own files.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import Ajv from 'ajv';
import { parse } from 'yaml';

import { tabs, withTab } from './browser.mjs';
import { buildWithCms, canSave, changed, contentFiles, field, isSaving, layFiles, openCms, openEntry, openLast, pane, save, TAB } from './cms.mjs';
import { build, REPO } from './huta.mjs';
import { guide } from './site.mjs';

const KINDS = ['place', 'legend', 'tour', 'organisation', 'exchange', 'chapter', 'event', 'call', 'commitment', 'initiative'];
/** Hosts that the CMS asks: for its own parts, for letters, and whether the service is well. */
const HOSTS = ['unpkg.com', 'cdn.jsdelivr.net', 'www.githubstatus.com'];

const site = await buildWithCms();
const files = await contentFiles();
const config = parse(await readFile(join(site.folder, 'admin/config.yml'), 'utf8'));

/** Front matter and body of a page. */
function split(text) {
  const [, front, body] = text.toString().match(/^---\n([^]*?)\n---\n([^]*)$/);
  return { front: parse(front), body: body.trim() };
}

/** Dotted paths of everything that a value says, list items alike. */
function paths(value, path = '') {
  if (Array.isArray(value)) return value.flatMap((item) => paths(item, `${path}[]`));
  if (value === null || typeof value !== 'object') return [`${path} ${typeof value}`];
  return Object.entries(value).flatMap(([key, item]) => paths(item, path ? `${path}.${key}` : key));
}

/** Pages of a kind that together say everything that any of them says, two at least. */
function telling(kind) {
  const pages = Object.entries(files)
    .filter(([path]) => path.endsWith('/index.md'))
    .map(([path, text]) => ({ path, said: new Set(paths(split(text).front)), front: split(text).front }))
    .filter(({ front }) => kind in front);
  const left = new Set(pages.flatMap(({ said }) => [...said]));
  const chosen = [];
  while (left.size > 0 || chosen.length < 2) {
    const news = ({ said }) => [...said].filter((path) => left.has(path)).length;
    const next = pages.filter((page) => !chosen.includes(page)).sort((a, b) => news(b) - news(a))[0];
    chosen.push(next);
    next.said.forEach((path) => left.delete(path));
  }
  return chosen.map(({ path }) => path);
}

const collectionOf = (path) => path.split('/').slice(1, -2).join('-');
const nameOf = (path) => path.split('/').at(-2);

/** The editor's tab: the CMS is opened in it once, on a copy of the guide that keeps what is changed. */
const desk = tabs(TAB);
const heard = new WeakMap();
after(desk.close);

/** Lets an editor do something, and gives everything that has changed since the guide was laid in. */
async function edit(use, { except } = {}) {
  let changes;
  await desk.use(async (tab) => {
    if (!heard.has(tab)) heard.set(tab, await openCms(tab, site.url, files));
    const { wrong } = heard.get(tab);
    await use(tab, heard.get(tab));
    assert.deepEqual(wrong.splice(0).filter((text) => !except?.test(text)), []);
    changes = await changed(tab, files);
  });
  return changes;
}

/** Builds the guide with changed files; anything that huta calls an error rejects. */
async function rebuild(changes) {
  const root = await mkdtemp(join(tmpdir(), 'huta-edited-'));
  try {
    for (const name of ['content', 'themes', '.cache', 'huta.toml']) await cp(join(REPO, name), join(root, name), { recursive: true });
    await layFiles(root, changes);
    const output = join(root, 'public');
    await build(root, output, 'https://example.org');
    return { read: (path) => readFile(join(output, path), 'utf8') };
  } finally {
    setTimeout(() => rm(root, { recursive: true, force: true }), 5000).unref();
  }
}

describe('the configuration of the CMS', () => {
  it('is what the CMS says it must be', async () => {
    const schema = join(createRequire(import.meta.url).resolve('@sveltia/cms'), '../../schema/sveltia-cms.json');
    const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(await readFile(schema, 'utf8')));
    assert.ok(validate(config), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
    const broken = structuredClone(config);
    broken.i18n.structure = 'many_files';
    assert.ok(!validate(broken), 'the schema would notice');
  });

  it('has a form for every kind of page in every folder', () => {
    const folders = new Set(config.collections.filter(({ folder }) => folder).map(({ folder }) => folder));
    const pages = Object.keys(files).filter((path) => /\/index\.md$/.test(path));
    assert.deepEqual(folders, new Set(pages.map((path) => path.split('/').slice(0, -2).join('/'))));
    for (const kind of KINDS) {
      assert.ok(config.collections.some(({ fields }) => fields?.some(({ name }) => name === kind)), kind);
    }
  });

  it('is there only where a repository is named, and is nothing for readers', async () => {
    assert.ok(!existsSync(join(guide.folder, 'admin')));
    assert.doesNotMatch(await readFile(join(guide.folder, 'robots.txt'), 'utf8'), /admin/);
    const robots = await readFile(join(site.folder, 'robots.txt'), 'utf8');
    assert.match(robots, /^Disallow: \/admin\/$/m);
    assert.match(robots, /^Disallow: \/en\/admin\/$/m);
    assert.doesNotMatch(await readFile(join(site.folder, 'sitemap.xml'), 'utf8'), /\/admin\//);
    for (const language of ['', 'en/']) {
      assert.match(await readFile(join(site.folder, `${language}admin/index.html`), 'utf8'), /<meta content=noindex name=robots>/);
    }
  });
});

describe('an editor', () => {
  /** The last changes: all that were made before are in them. */
  let changes = {};

  it('finds the pages of a section', () =>
    edit(async (tab, { asked }) => {
      await tab.goto(`${site.url}/admin/#/collections/miejsca`);
      const titles = Object.keys(files)
        .filter((path) => /^content\/miejsca\/[^/]+\/index\.md$/.test(path))
        .map((path) => split(files[path]).front.title);
      assert.ok(titles.length >= 8);
      for (const title of titles) await tab.getByText(title, { exact: true }).first().waitFor();
      const hosts = new Set(asked.map((address) => new URL(address).hostname));
      assert.deepEqual([...hosts].filter((host) => !HOSTS.includes(host)), []);
    }));

  it('sees both languages side by side, with what is said once only in the original', () =>
    edit(async (tab) => {
      await openEntry(tab, 'miejsca', 'arka-pana');
      const [polish, english] = [pane(tab, 'Polski'), pane(tab, 'Angielski')];
      const value = (within, label) => field(within, label).getByRole('textbox').first().inputValue();
      assert.equal(await value(polish, 'Tytuł'), 'Arka Pana');
      assert.equal(await value(english, 'Tytuł'), split(files['content/miejsca/arka-pana/index.en.md']).front.title);
      assert.equal(await value(polish, 'Współrzędne'), split(files['content/miejsca/arka-pana/index.md']).front.place.at.join(', '));
      assert.equal(await field(english, 'Współrzędne').count(), 0);
      const [left, right] = await Promise.all([polish, english].map((one) => one.boundingBox()));
      assert.ok(left.x + left.width <= right.x + 1, 'beside each other');
    }));

  it('changes a position by hand and on the map', async () => {
    const path = 'content/miejsca/arka-pana/index.md';
    changes = await edit(async (tab) => {
      await openEntry(tab, 'miejsca', 'arka-pana');
      const at = field(pane(tab, 'Polski'), 'Współrzędne');
      const input = at.getByRole('textbox');
      await input.fill('ani jedno');
      await at.getByRole('alert').waitFor();
      await input.fill('50,08 20,03');
      const map = at.getByRole('img');
      await map.scrollIntoViewIfNeeded();
      const drawn = await map.locator('image').evaluate((image) => fetch(image.href.baseVal).then((response) => response.ok));
      assert.ok(drawn, 'the map of the guide');
      const { width, height } = await map.boundingBox();
      // The middle of the map is the position that it was opened with; a point to the right lies east of it.
      await map.click({ position: { x: width / 2 + 40, y: height / 2 } });
      const [latitude, longitude] = (await input.inputValue()).split(', ').map(Number);
      const [was, west] = split(files[path]).front.place.at;
      assert.ok(Math.abs(latitude - was) < 0.0005, `${latitude} ${was}`);
      assert.ok(longitude > west && longitude < west + 0.02, `${longitude} ${west}`);
      await at.getByRole('button', { name: 'Przybliż' }).click();
      await input.fill('50.08321, 20.03123');
      await save(tab);
    });
    assert.deepEqual(split(changes[path]).front.place.at, [50.08321, 20.03123]);
  });

  it('adds a stop to a tour, and both languages have it', async () => {
    const path = 'content/trasy/miasto-na-rysunku/index.md';
    changes = await edit(async (tab) => {
      await openEntry(tab, 'trasy', 'miasto-na-rysunku');
      const [polish, english] = ['Polski', 'Angielski'].map((language) => field(pane(tab, language), 'Przystanki'));
      const { length } = split(files[path]).front.tour.stops;
      await polish.getByText(`${length} Przystanki`).waitFor();
      await polish.getByRole('button', { name: /^Dodaj/ }).last().click();
      await english.getByText(`${length + 1} Przystanki`).waitFor();
      const stop = await openLast(polish);
      await field(stop, 'Miejsce').getByRole('combobox').click();
      await tab.getByRole('option', { name: 'Kopiec Wandy' }).click();
      await field(stop, 'Wskazówka').getByRole('textbox').fill('Wejdź na górę.');
      await field(await openLast(english), 'Wskazówka').getByRole('textbox').fill('Climb it.');
      await save(tab);
    });
    const last = (path) => split(changes[path]).front.tour.stops.at(-1);
    assert.deepEqual(last(path), { place: 'kopiec-wandy', note: 'Wejdź na górę.' });
    assert.deepEqual(last(path.replace('.md', '.en.md')), { place: 'kopiec-wandy', note: 'Climb it.' });
  });

  it('describes a picture in both languages', async () => {
    const path = 'content/legendy/wanda-i-kopiec/index.md';
    changes = await edit(async (tab) => {
      await openEntry(tab, 'legendy', 'wanda-i-kopiec');
      for (const [language, text] of [['Polski', 'Nowy opis.'], ['Angielski', 'A new description.']]) {
        const picture = await openLast(field(pane(tab, language), 'Obrazy'));
        await field(picture, 'Co widać').getByRole('textbox').fill(text);
      }
      await save(tab);
    });
    assert.equal(split(changes[path]).front.gallery[0].alt, 'Nowy opis.');
    const english = split(changes[path.replace('.md', '.en.md')]).front.gallery[0];
    assert.deepEqual([english.file, english.alt], ['plate.svg', 'A new description.']);
  });

  it('makes a new page, in Polish at first', async () => {
    const path = 'content/miejsca/staw-pod-skarpa/index.md';
    changes = await edit(
      async (tab) => {
        await tab.goto(`${site.url}/admin/#/collections/miejsca/new`);
        const polish = pane(tab, 'Polski');
        await field(polish, 'Tytuł').getByRole('textbox').fill('Staw pod skarpą');
        await field(polish, 'Opis').getByRole('textbox').fill('Mokre łąki pod samym miastem.');
        await field(polish, 'Data').getByRole('button', { name: 'Dzisiaj' }).click();
        await field(polish, 'Współrzędne').getByRole('textbox').fill('50.0655, 20.0335');
        await save(tab);
      },
      // What the CMS says to its own console when it closes a page of which a language is switched off.
      { except: /^TypeError: Cannot convert undefined or null to object/ },
    );
    assert.ok(!(path.replace('.md', '.en.md') in changes));
    const { date, ...front } = split(changes[path]).front;
    assert.match(date, /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(front, { title: 'Staw pod skarpą', description: 'Mokre łąki pod samym miastem.', place: { at: [50.0655, 20.0335] } });
  });

  it('and huta builds what was made', async () => {
    const built = await rebuild(changes);
    assert.match(await built.read('trasy/miasto-na-rysunku/index.html'), /Wejdź na górę/);
    assert.match(await built.read('legendy/wanda-i-kopiec/index.html'), /Nowy opis\./);
    assert.match(await built.read('miejsca/staw-pod-skarpa/index.html'), /Mokre łąki/);
    assert.match(await built.read('en/places/staw-pod-skarpa/index.html'), /Mokre łąki/, 'until it is translated');
  });

  it('reads labels in English on the English page', () =>
    withTab({ locale: 'en-GB' }, async (tab) => {
      const few = Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith('content/legendy/')));
      await openCms(tab, site.url, few, '/en/admin/');
      await tab.goto(`${site.url}/en/admin/#/collections/legendy/entries/wanda-i-kopiec/index`);
      await tab.getByRole('textbox', { name: 'Title' }).first().waitFor();
      await tab.getByText('What people tell').first().waitFor();
    }));
});

describe('a page that is saved says what it said before', () => {
  const chosen = Object.fromEntries(KINDS.map((kind) => [kind, telling(kind)]));
  const sections = { home: 'content/_index.md', miejsca: 'content/miejsca/_index.md', poradnik: 'content/poradnik/_index.md' };
  let changes;

  /** Saving needs a change: a word more in the description. */
  async function touch(tab) {
    const description = field(pane(tab, 'Polski'), 'Opis').getByRole('textbox').first();
    const was = await description.inputValue();
    // An editor that has just opened may put the page in once more, over what was typed, even after it has offered to save.
    for (let tries = 0; tries < 8; tries += 1) {
      await description.fill(was);
      await description.fill(`${was} Zmiana.`);
      if (!(await canSave(tab))) continue;
      await tab.waitForTimeout(500);
      if (await isSaving(tab)) return save(tab);
    }
    assert.fail(`nothing to save: ${await description.inputValue()}`);
  }

  function compare(path) {
    const [was, is] = [split(files[path]), split(changes[path])];
    assert.match(is.front.description, / Zmiana\.$/);
    is.front.description = is.front.description.replace(/ Zmiana\.$/, '');
    assert.deepEqual(is, was, path);
    const english = path.replace('.md', '.en.md');
    if (!(english in changes)) return;
    const translation = split(changes[english]);
    // A stop of a translation is named by its place or by where it is; the CMS writes both where the original has both.
    for (const [at, stop] of (translation.front.tour?.stops ?? []).entries()) {
      if (!stop.place || !stop.at) continue;
      assert.deepEqual(stop.at, was.front.tour.stops[at].at);
      delete stop.at;
    }
    assert.deepEqual(translation, split(files[english]), english);
  }

  before(async () => {
    // In a tab of its own, on the guide as it is.
    await withTab(TAB, async (tab) => {
      const { wrong } = await openCms(tab, site.url, files);
      for (const path of Object.values(chosen).flat()) {
        await openEntry(tab, collectionOf(path), nameOf(path));
        await touch(tab);
      }
      for (const name of Object.keys(sections)) {
        await tab.goto(`${site.url}/admin/#/collections/sections/entries/${name}`);
        await touch(tab);
      }
      assert.deepEqual(wrong, []);
      changes = await changed(tab, files);
    });
  });

  for (const [kind, paths] of Object.entries(chosen)) {
    it(`${kind}: ${paths.map(nameOf).join(', ')}`, () => paths.forEach(compare));
  }

  it('sections', () => Object.values(sections).forEach(compare));

  it('and nothing else is touched', () => {
    const meant = [...Object.values(chosen).flat(), ...Object.values(sections)];
    assert.deepEqual(Object.keys(changes).filter((path) => !meant.includes(path.replace('.en.md', '.md'))), []);
  });

  it('and huta builds all of them', () => rebuild(changes));
});
