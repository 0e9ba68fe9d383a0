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

import { withTab } from './browser.mjs';
import { buildWithCms, changed, contentFiles, field, layFiles, openCms, openEntry, pane, save } from './cms.mjs';
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

/** Lets an editor work on a copy of the guide, and gives what changed and what the CMS said. */
async function edit(use, address) {
  return withTab({ locale: 'pl-PL' }, async (tab) => {
    const heard = await openCms(tab, site.url, files, address);
    await use(tab, heard);
    assert.deepEqual(heard.wrong, []);
    return { changes: await changed(tab, files), heard };
  });
}

/** Builds the guide with changed files; anything that huta calls an error rejects. */
async function rebuild(changes) {
  const root = await mkdtemp(join(tmpdir(), 'huta-edited-'));
  try {
    for (const name of ['content', 'themes', 'huta.toml']) await cp(join(REPO, name), join(root, name), { recursive: true });
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
    assert.doesNotMatch(await readFile(join(site.folder, 'sitemap.xml'), 'utf8'), /admin/);
    for (const language of ['', 'en/']) {
      assert.match(await readFile(join(site.folder, `${language}admin/index.html`), 'utf8'), /<meta content=noindex name=robots>/);
    }
  });
});

describe('an editor', () => {
  it('finds the pages of a section', async () => {
    const { heard } = await edit(async (tab) => {
      await tab.goto(`${site.url}/admin/#/collections/miejsca`);
      const titles = Object.keys(files)
        .filter((path) => /^content\/miejsca\/[^/]+\/index\.md$/.test(path))
        .map((path) => split(files[path]).front.title);
      assert.ok(titles.length >= 8);
      for (const title of titles) await tab.getByText(title, { exact: true }).first().waitFor();
    });
    const hosts = new Set(heard.asked.map((address) => new URL(address).hostname));
    assert.deepEqual([...hosts].filter((host) => !HOSTS.includes(host)), []);
  });

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
    const { changes } = await edit(async (tab) => {
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
      // The middle of the map is the position it was opened with; a point to the right of it lies east of it.
      await map.click({ position: { x: width / 2 + 40, y: height / 2 } });
      const [latitude, longitude] = (await input.inputValue()).split(', ').map(Number);
      const [was, far] = split(files['content/miejsca/arka-pana/index.md']).front.place.at;
      assert.ok(Math.abs(latitude - was) < 0.0005, `${latitude} ${was}`);
      assert.ok(longitude > far && longitude < far + 0.02, `${longitude} ${far}`);
      await at.getByRole('button', { name: 'Przybliż' }).click();
      await input.fill('50.08321, 20.03123');
      await save(tab);
    });
    assert.deepEqual(split(changes['content/miejsca/arka-pana/index.md']).front.place.at, [50.08321, 20.03123]);
    await rebuild(changes);
  });

  it('adds a stop to a tour, and both languages have it', async () => {
    const path = 'content/trasy/miasto-na-rysunku/index.md';
    const { changes } = await edit(async (tab) => {
      await openEntry(tab, 'trasy', 'miasto-na-rysunku');
      const [polish, english] = [pane(tab, 'Polski'), pane(tab, 'Angielski')];
      const before = split(files[path]).front.tour.stops;
      await field(polish, 'Przystanki').getByText(`${before.length} Przystanki`).waitFor();
      await field(polish, 'Przystanki').getByRole('button', { name: /^Dodaj/ }).click();
      await field(english, 'Przystanki').getByText(`${before.length + 1} Przystanki`).waitFor();
      const place = field(polish, 'Przystanki').getByRole('group', { name: /^Pole “.?Miejsce/ }).last();
      await place.getByRole('combobox').click();
      await tab.getByRole('option', { name: 'Kopiec Wandy' }).click();
      const note = (within) => within.getByRole('group', { name: /^Pole “.?Wskazówka/ }).last().getByRole('textbox');
      await note(field(polish, 'Przystanki')).fill('Wejdź na górę.');
      await note(field(english, 'Przystanki')).fill('Climb it.');
      await save(tab);
    });
    const stops = (path) => split(changes[path]).front.tour.stops;
    assert.deepEqual(stops(path).at(-1), { place: 'kopiec-wandy', note: 'Wejdź na górę.' });
    assert.deepEqual(stops(path.replace('.md', '.en.md')).at(-1), { place: 'kopiec-wandy', note: 'Climb it.' });
    const built = await rebuild(changes);
    assert.match(await built.read('trasy/miasto-na-rysunku/index.html'), /Wejdź na górę/);
    assert.match(await built.read('en/tours/the-city-on-the-drawing-board/index.html').catch(() => built.read('en/tours/index.html')), /./);
  });

  it('describes a picture in both languages', async () => {
    const path = 'content/legendy/wanda-i-kopiec/index.md';
    const { changes } = await edit(async (tab) => {
      await openEntry(tab, 'legendy', 'wanda-i-kopiec');
      for (const [language, text] of [['Polski', 'Nowy opis.'], ['Angielski', 'A new description.']]) {
        const gallery = field(pane(tab, language), 'Obrazy');
        await gallery.scrollIntoViewIfNeeded();
        const closed = gallery.getByRole('button', { name: 'Rozwiń', exact: true });
        if (await closed.count()) await closed.first().click();
        await field(gallery, 'Co widać').getByRole('textbox').fill(text);
      }
      await save(tab);
    });
    assert.equal(split(changes[path]).front.gallery[0].alt, 'Nowy opis.');
    const english = split(changes[path.replace('.md', '.en.md')]).front.gallery[0];
    assert.deepEqual([english.file, english.alt], ['plate.svg', 'A new description.']);
    const built = await rebuild(changes);
    assert.match(await built.read('legendy/wanda-i-kopiec/index.html'), /Nowy opis\./);
  });

  it('makes a new page, in Polish at first', async () => {
    const { changes } = await edit(async (tab) => {
      await tab.goto(`${site.url}/admin/#/collections/miejsca/new`);
      const polish = pane(tab, 'Polski');
      await polish.waitFor();
      await field(polish, 'Tytuł').getByRole('textbox').fill('Łąki Nowohuckie');
      await field(polish, 'Opis').getByRole('textbox').fill('Mokre łąki pod samym miastem.');
      await field(polish, 'Współrzędne').getByRole('textbox').fill('50.0655, 20.0335');
      await save(tab);
    });
    assert.deepEqual(Object.keys(changes), ['content/miejsca/laki-nowohuckie/index.md']);
    const { front } = split(changes['content/miejsca/laki-nowohuckie/index.md']);
    assert.match(front.date, /^\d{4}-\d\d-\d\d$/);
    delete front.date;
    assert.deepEqual(front, { title: 'Łąki Nowohuckie', description: 'Mokre łąki pod samym miastem.', place: { at: [50.0655, 20.0335] } });
    const built = await rebuild(changes);
    assert.match(await built.read('miejsca/laki-nowohuckie/index.html'), /Mokre łąki/);
  });

  it('reads labels in English on the English page, and edits the same files', async () => {
    const { changes } = await edit(async (tab) => {
      await openEntry(tab, 'legendy', 'wanda-i-kopiec');
      await field(pane(tab, 'Polski'), 'Title').getByRole('textbox').fill('Wanda');
      await save(tab);
    }, '/en/admin/');
    assert.equal(split(changes['content/legendy/wanda-i-kopiec/index.md']).front.title, 'Wanda');
  });
});

describe('a page that is saved says what it said before', () => {
  const everything = {};
  for (const kind of KINDS) {
    const chosen = telling(kind);
    it(`${kind}: ${chosen.map(nameOf).join(', ')}`, async () => {
      const { changes } = await edit(async (tab) => {
        for (const path of chosen) {
          await openEntry(tab, collectionOf(path), nameOf(path));
          const description = field(pane(tab, 'Polski'), 'Opis').getByRole('textbox').first();
          await description.fill(`${await description.inputValue()} Zmiana.`);
          await save(tab);
        }
      });
      for (const path of chosen) {
        const [was, is] = [split(files[path]), split(changes[path])];
        is.front.description = is.front.description.replace(/ Zmiana\.$/, '');
        assert.deepEqual(is, was, path);
        const english = path.replace('.md', '.en.md');
        if (english in changes) assert.deepEqual(split(changes[english]), split(files[english]), english);
      }
      const others = Object.keys(changes).filter((path) => !chosen.includes(path.replace('.en.md', '.md')));
      assert.deepEqual(others, [], 'nothing else was touched');
      Object.assign(everything, changes);
    });
  }

  it('sections', async () => {
    const { changes } = await edit(async (tab) => {
      for (const name of ['home', 'miejsca', 'poradnik']) {
        await tab.goto(`${site.url}/admin/#/collections/sections/entries/${name}`);
        const description = field(pane(tab, 'Polski'), 'Opis').getByRole('textbox').first();
        await description.fill(`${await description.inputValue()} Zmiana.`);
        await save(tab);
      }
    });
    for (const path of ['content/_index.md', 'content/miejsca/_index.md', 'content/poradnik/_index.md']) {
      const [was, is] = [split(files[path]), split(changes[path])];
      is.front.description = is.front.description.replace(/ ?Zmiana\.$/, '');
      was.front.description ??= '';
      assert.deepEqual(is, was, path);
    }
    Object.assign(everything, changes);
  });

  it('and huta builds all of them', async () => {
    assert.ok(Object.keys(everything).length > 20);
    await rebuild(everything);
  });
});
