// The accessibility statement has the structure that the Polish technical conditions ask for (version 2.0 of 31 July 2024), as
// the guide is and as it will be once its publisher has filled in who they are; every page leads to it.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { parse } from 'parse5';

import { build, REPO } from './huta.mjs';
import { files, guide, homes, pages } from './site.mjs';

/** Ids of the conditions in the order of the document; what depends on the publisher's answers is left out where it does not apply. */
const IDS = [
  'a11y-deklaracja', 'a11y-wstep', 'a11y-podmiot', 'a11y-zakres', 'a11y-url', 'a11y-data-publikacja', 'a11y-data-aktualizacja', 'a11y-status',
  'a11y-data-sporzadzenie', 'a11y-data-przeglad', 'a11y-audytor', 'a11y-kontakt', 'a11y-osoba', 'a11y-email', 'a11y-telefon', 'a11y-procedura',
  'a11y-aplikacje', 'a11y-architektura', 'a11y-architektura-url', 'a11y-komunikacja',
];
const OPTIONAL = ['a11y-data-przeglad', 'a11y-audytor', 'a11y-architektura-url'];
const DATES = { published: 'a11y-data-publikacja', updated: 'a11y-data-aktualizacja', stated: 'a11y-data-sporzadzenie', reviewed: 'a11y-data-przeglad' };
const HEADINGS = [
  'Deklaracja dostępności',
  'Stan dostępności cyfrowej', 'Niedostępne treści', 'Przygotowanie deklaracji dostępności i jej aktualizacja',
  'Udogodnienia, ograniczenia i inne informacje', 'Skróty klawiszowe', 'Informacje zwrotne i dane kontaktowe',
  'Obsługa wniosków i skarg związanych z dostępnością', 'Pozostałe informacje',
];
const STATUS = {
  pl: { full: 'jest w pełni zgodna z załącznikiem do ustawy', partial: 'jest częściowo zgodna z załącznikiem do ustawy' },
  en: { full: 'is fully compliant with the annex', partial: 'is partially compliant with the annex' },
};

/** A publisher that there is not. */
const FILLED = {
  name: 'Dom Kultury „Przykład”', address: 'ul. Przykładowa 1, 31-000 Kraków', email: 'dostepnosc@example.org', phone: '12 000 00 00',
  published: '2027-01-31', updated: '2027-02-28', stated: '2027-01-30', reviewed: '2027-03-31', status: 'full', auditor: 'Badacze i Wspólnicy',
  report: 'https://example.org/raport', building_url: 'https://example.org/siedziba',
};
const TEXTS = { unit: ['Sekretariat', 'Secretariat'], building: ['Wejście bez schodów.', 'No steps.'], communication: ['Piszemy dużym drukiem.', 'We write in large print.'] };

/** The guide's configuration with a publisher in it. */
function withPublisher(toml) {
  const table = toml.match(/^\[extra\.publisher\]$.*?(?=^\[|\n\n)/ms)[0];
  let own = table;
  const put = (key, value) => {
    assert.match(own, new RegExp(`^${key} = `, 'm'), `[extra.publisher] has the key ${key}`);
    own = own.replace(new RegExp(`^${key} = .*$`, 'm'), `${key} = ${value}`);
  };
  for (const [key, value] of Object.entries(FILLED)) put(key, JSON.stringify(value));
  for (const [key, [pl, en]] of Object.entries(TEXTS)) put(key, `{ pl = ${JSON.stringify(pl)}, en = ${JSON.stringify(en)} }`);
  return toml.replace(table, own);
}

function* walk(node) {
  for (const child of (node.content ?? node).childNodes ?? []) {
    yield child;
    yield* walk(child);
  }
}
const attribute = ({ attrs = [] }, name) => attrs.find((own) => own.name === name)?.value;
const text = (node) => [...walk(node)].filter(({ nodeName }) => nodeName === '#text').map(({ value }) => value).join('').replace(/\s+/g, ' ').trim();

const LANGUAGES = Object.keys(homes);
const original = pages.find(({ path }) => path.endsWith('/o-przewodniku/dostepnosc/'));
const statement = (lang) => pages.find(({ url }) => url === original.alternates[lang]);
const fileOf = ({ path }) => files.find((file) => file.path === path).name;

async function read(folder, lang) {
  const nodes = [...walk(parse(await readFile(join(folder, fileOf(statement(lang))), 'utf8')))];
  const byId = new Map(nodes.map((node) => [attribute(node, 'id'), node]));
  return { nodes, ids: nodes.map((node) => attribute(node, 'id')).filter((id) => id?.startsWith('a11y-')), byId, main: nodes.find(({ nodeName }) => nodeName === 'main') };
}

function structure(read, lang, expected) {
  it('has every id once, in order, and none that is misspelt', async () => {
    assert.deepEqual((await read()).ids, expected);
  });

  it('begins with its h1; h2 are its sections', async () => {
    const { nodes } = await read();
    const headings = nodes.filter(({ nodeName }) => /^h[1-6]$/.test(nodeName));
    assert.equal(headings[0].nodeName, 'h1');
    const found = headings.filter(({ nodeName }) => nodeName < 'h3').map(text);
    if (lang === 'pl') assert.deepEqual(found, HEADINGS);
    else assert.equal(new Set(found).size, HEADINGS.length);
  });

  it('is about this site, in the words of the law', async () => {
    const { byId } = await read();
    const within = (outer, inner) => [...walk(byId.get(outer))].includes(byId.get(inner));
    for (const id of ['a11y-podmiot', 'a11y-zakres', 'a11y-url']) assert.ok(within('a11y-wstep', id), `${id} stands in a11y-wstep`);
    assert.ok(within('a11y-kontakt', 'a11y-osoba'));
    assert.equal(new URL(attribute(byId.get('a11y-url'), 'href')).href, homes[lang]);
    assert.match(text(byId.get('a11y-wstep')), /4 (kwietnia|April) 2019/);
    const links = [...walk(byId.get('a11y-procedura'))].map((node) => attribute(node, 'href')).filter(Boolean);
    assert.ok(links.some((href) => new URL(href).hostname === 'bip.brpo.gov.pl'), 'the ombudsman');
    assert.match(text(byId.get('a11y-procedura')), /\b7 (dni|days)\b.*\b2 (miesiące|months)\b/);
  });
}

for (const lang of LANGUAGES) {
  describe(`the accessibility statement as the guide is (${lang})`, () => {
    const own = () => read(guide.folder, lang);
    structure(own, lang, IDS.filter((id) => !OPTIONAL.includes(id)));

    it('names the key of the configuration for all that is missing, and invents nothing', async () => {
      const { byId, main } = await own();
      const toml = await readFile(join(REPO, 'huta.toml'), 'utf8');
      assert.ok([...walk(main)].some((node) => attribute(node, 'role') === 'note' && text(node).includes('huta.toml')), 'a note says so first');
      const missing = { ...DATES, name: 'a11y-podmiot', unit: 'a11y-osoba', email: 'a11y-email', phone: 'a11y-telefon', communication: 'a11y-komunikacja', address: 'a11y-architektura' };
      delete missing.reviewed;
      for (const [key, id] of Object.entries(missing)) {
        const codes = [...walk(byId.get(id))].filter(({ nodeName }) => nodeName === 'code').map(text);
        assert.ok(codes.includes(key), `${id} names ${key}: ${text(byId.get(id))}`);
        assert.match(toml, new RegExp(`^${key} = (""|\\{ pl = "", en = "" \\})$`, 'm'), `${key} waits in huta.toml`);
      }
      const invented = [...walk(main)].filter((node) => node.nodeName === 'time' || /^(mailto|tel):/.test(attribute(node, 'href') ?? ''));
      assert.deepEqual(invented.map(text), []);
    });

    it('says how compliant the site is', async () => {
      assert.ok(text((await own()).byId.get('a11y-status')).includes(STATUS[lang].partial));
    });
  });
}

describe('the accessibility statement of a publisher', () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huta-declaration-'));
    const config = join(folder, 'huta.toml');
    await writeFile(config, withPublisher(await readFile(join(REPO, 'huta.toml'), 'utf8')));
    await build(REPO, join(folder, 'site'), guide.url, ['--config', config]);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const lang of LANGUAGES) {
    describe(lang, () => {
      const own = () => read(join(folder, 'site'), lang);
      structure(own, lang, IDS);

      it('has dates that machines read', async () => {
        const { byId } = await own();
        for (const [key, id] of Object.entries(DATES)) {
          assert.equal(byId.get(id).nodeName, 'time', id);
          assert.equal(attribute(byId.get(id), 'datetime'), FILLED[key]);
          assert.match(text(byId.get(id)), /2027$/);
        }
      });

      it('can be written to and called', async () => {
        const { byId } = await own();
        const link = (id) => [byId.get(id).nodeName, attribute(byId.get(id), 'href'), text(byId.get(id))];
        assert.deepEqual(link('a11y-email'), ['a', `mailto:${FILLED.email}`, FILLED.email]);
        assert.deepEqual(link('a11y-telefon'), ['a', 'tel:+48120000000', FILLED.phone]);
        assert.equal(link('a11y-architektura-url')[1], FILLED.building_url);
      });

      it('says all that the publisher said, and misses nothing', async () => {
        const { byId, main } = await own();
        const at = lang === 'pl' ? 0 : 1;
        assert.equal(text(byId.get('a11y-podmiot')), FILLED.name);
        assert.equal(text(byId.get('a11y-kontakt')), TEXTS.unit[at]);
        const seat = [...walk(byId.get('a11y-architektura'))].filter(({ nodeName }) => nodeName === 'p').map(text);
        assert.deepEqual(seat.slice(0, 2), [FILLED.address, TEXTS.building[at]]);
        assert.equal(text(byId.get('a11y-komunikacja')), TEXTS.communication[at]);
        assert.equal(text(byId.get('a11y-audytor')), FILLED.auditor);
        assert.ok(text(byId.get('a11y-status')).includes(STATUS[lang].full));
        assert.doesNotMatch(text(main), /huta\.toml/);
      });
    });
  }
});

describe('the foot of every page', () => {
  const isTwin = ({ kind }) => kind.startsWith('embed/');

  it('leads to the statement in its language', async () => {
    const wrong = [];
    for (const page of pages.filter((page) => !isTwin(page))) {
      const footer = [...walk(parse(await readFile(join(guide.folder, fileOf(page)), 'utf8')))].find(({ nodeName }) => nodeName === 'footer');
      const link = [...walk(footer)].find((node) => attribute(node, 'href') === statement(page.lang).url);
      const words = { pl: 'Deklaracja dostępności', en: 'Accessibility statement' };
      if (!link || text(link) !== words[page.lang]) wrong.push(page.path);
    }
    assert.deepEqual(wrong, []);
  });
});
