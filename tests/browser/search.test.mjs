// The search: the index by itself, as its script reads it, over the queries of `tests/search/queries.yaml`; the same queries
// through Pagefind; and the search page in a browser.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';

import { parse } from 'yaml';

import { withTab } from './browser.mjs';
import { REPO } from './huta.mjs';
import { serveFolder } from './server.mjs';
import { guide, homes } from './site.mjs';

const queries = parse(await readFile(join(REPO, 'tests/search/queries.yaml'), 'utf8'));
const { open, fold, near } = await import(pathToFileURL(join(guide.folder, 'search/reader.js')));
const LANGUAGES = ['pl', 'en'];
const LIMIT = 30_000; // bytes of a query, brotli
const TOP = 8; // what the page shows
const FIRST = 15; // queries of each language whose bytes are counted with Pagefind

/** Reads files as a browser would fetch them, and counts what is fetched. */
function reading() {
  const read = new Map();
  const load = async (address) => {
    const bytes = await readFile(join(guide.folder, address.split('?')[0]));
    read.set(address, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length);
    return JSON.parse(bytes);
  };
  return { load, bytes: () => [...read.values()].reduce((sum, size) => sum + size, 0) };
}

/** What was found where: the place of the first expected page, none for a query without one. */
const place = ({ pages }, found) => {
  // A word of the glossary is on the glossary's page.
  const at = found.findIndex((url) => pages.includes(url.replace(/#.*/, '')));
  return at < 0 ? Infinity : at + 1;
};
const share = (places, best) => places.filter((at) => at <= best).length / places.length;
const percent = (number) => `${(number * 100).toFixed(1)} %`;

/** The same numbers every time (Park and Miller, 1988). */
function chance(seed) {
  let state = seed;
  return (below) => (state = (state * 48271) % 2147483647) % below;
}

describe('search', () => {
  it('knows the words of people', async (t) => {
    const places = [];
    const missed = [];
    let most = 0;
    let sum = 0;
    for (const query of queries) {
      const { load, bytes } = reading();
      const index = await open(`/search/${query.lang}/`, load);
      const { results } = await index.search(query.q, { many: TOP });
      const at = place(query, results.map(({ url }) => url));
      places.push(at);
      if (at > 1) missed.push(`${query.lang} ${query.kind} “${query.q}”: ${at}, first ${results[0]?.url}`);
      most = Math.max(most, bytes());
      sum += bytes();
      assert.ok(bytes() <= LIMIT, `“${query.q}” fetches ${bytes()} bytes`);
    }
    t.diagnostic(`huta: ${queries.length} queries, hit@1 ${percent(share(places, 1))}, hit@5 ${percent(share(places, 5))}; ${Math.round(sum / queries.length)} bytes a query, at most ${most}`);
    for (const line of missed) t.diagnostic(line);
    assert.ok(queries.length >= 120);
    assert.ok(share(places, 1) >= 0.85, `hit@1 ${percent(share(places, 1))}\n${missed.join('\n')}`);
    assert.ok(share(places, 5) >= 0.97, `hit@5 ${percent(share(places, 5))}\n${missed.join('\n')}`);
  });

  for (const lang of LANGUAGES) {
    describe(`index in ${lang}`, () => {
      let index;
      let stems; // [forms], those of one stem together
      before(async () => {
        const { load } = reading();
        index = await open(`/search/${lang}/`, load);
        const { words } = await load(`/search/${lang}/index.json`);
        const shards = await Promise.all(words.map((_, n) => load(`/search/${lang}/w/${n}.json`)));
        stems = shards.flat().filter((_, at) => at % 2 === 0).map((packed) => {
          const [stem, rests] = packed.split('|');
          return rests === undefined ? [stem] : rests.split(',').map((rest) => stem + rest);
        });
      });
      const found = async (query) => (await index.search(query, { many: 1000 })).results.map(({ url }) => url);

      it('finds by every form what another form of the word finds', async () => {
        let compared = 0;
        for (const forms of stems.filter((forms) => forms.length > 1)) {
          // A form that is also one of another word finds more.
          const own = forms.filter((form) => stems.filter((others) => others.includes(form)).length === 1);
          const [first, ...others] = await Promise.all(own.map(async (form) => (await index.search(form, { many: 0 })).total));
          for (const other of others) assert.equal(other, first, forms.join(', '));
          compared += others.length;
        }
        assert.ok(compared > 500, `${compared}`);
      });

      it('finds words that were mistyped once', async () => {
        const random = chance(1949);
        const letters = 'abcdefghijklmnoprstuwyz';
        const forms = new Set(stems.flat());
        const tried = [...forms].filter((form) => form.length >= 6 && !/\d/.test(form)).filter((_, at) => at % 9 === 0);
        assert.ok(tried.length > 200, `${tried.length}`);
        for (const form of tried) {
          const at = random(form.length);
          const [start, end] = [form.slice(0, at), form.slice(at)];
          const letter = letters[random(letters.length)];
          const mistyped = [start + letter + end.slice(1), start + end.slice(1), start + letter + end, start + (end[1] ?? '') + end[0] + end.slice(2)][random(4)];
          assert.ok(near(form, mistyped), `${form} ${mistyped}`);
          // What is a word, or begins one, is no mistake.
          if ([...forms].some((other) => other.startsWith(mistyped))) continue;
          const [right, wrong] = [await found(form), await found(mistyped)];
          const lost = right.filter((url) => !wrong.includes(url));
          assert.deepEqual(lost, [], `${form}, ${mistyped}`);
        }
      });

      it('shows the words where they stand', async () => {
        for (const { q } of queries.filter((query) => query.lang === lang && query.kind === 'plain').slice(0, 20)) {
          const { results } = await index.search(q, { many: TOP });
          for (const { title, text } of results) {
            assert.ok([...title, ...text].some(([, isMarked]) => isMarked), `${q}: ${JSON.stringify([title, text])}`);
            assert.ok(text.map(([part]) => part).join('').length < 400);
          }
        }
      });

      it('tells every kind apart', async () => {
        const query = lang === 'pl' ? 'huta' : 'square';
        const all = await index.search(query, { many: 1000 });
        assert.ok(Object.keys(all.kinds).length > 4);
        for (const [kind, count] of Object.entries(all.kinds)) {
          const some = await index.search(query, { kind, many: 1000 });
          assert.equal(some.total, count);
          assert.ok(some.results.length === count && some.results.every((result) => result.kind === kind));
        }
        assert.equal(all.total, all.results.length);
      });

      it('finds nothing for nothing', async () => {
        for (const query of ['', '  ', '!?', 'qqqqqqqqqqqqqq', '<script>']) {
          assert.equal((await index.search(query)).results.filter(({ title }) => title.some(([, isMarked]) => isMarked)).length, 0, query);
        }
      });
    });
  }

  it('takes letters for what they are without marks', () => {
    assert.equal(fold('Łaźnia'), 'laznia');
    assert.equal(fold('ZAŻÓŁĆ gęślą jaźń'), 'zazolc gesla jazn');
  });
});

describe('search beside Pagefind', () => {
  it('is no worse', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'huta-pagefind-'));
    try {
      const bin = join(REPO, 'tests/browser/node_modules/.bin/pagefind');
      await promisify(execFile)(bin, ['--site', guide.folder, '--root-selector', 'main', '--output-path', join(folder, 'pagefind')]);
      for (const lang of LANGUAGES) await writeFile(join(folder, `${lang}.html`), `<!doctype html><html lang="${lang}"><title>x</title>`);
      const server = await serveFolder(folder);
      const places = [];
      let bytes = 0;
      for (const lang of LANGUAGES) {
        await withTab({}, async (tab) => {
          const ask = (q) => tab.evaluate(async ([q, top]) => {
            const pagefind = await import('/pagefind/pagefind.js');
            const { results } = await pagefind.search(q);
            return Promise.all(results.slice(0, top).map(async (result) => (await result.data()).raw_url.replace(/index\.html$/, '')));
          }, [q, TOP]);
          const own = queries.filter((query) => query.lang === lang);
          await tab.goto(`${server.url}/${lang}.html`);
          for (const query of own) places.push(place(query, await ask(query.q)));
          // What a first query fetches: index and texts; script and WebAssembly come once.
          const sizes = [];
          tab.on('requestfinished', (request) => {
            if (/pf_(meta|index|fragment|filter)/.test(request.url())) sizes.push(request.sizes());
          });
          for (const query of own.slice(0, FIRST)) {
            await tab.goto(`${server.url}/${lang}.html`);
            await ask(query.q);
          }
          for (const { responseBodySize } of await Promise.all(sizes)) bytes += responseBodySize;
        });
      }
      server.close();
      const own = [];
      for (const query of queries) {
        const index = await open(`/search/${query.lang}/`, reading().load);
        own.push(place(query, (await index.search(query.q, { many: TOP })).results.map(({ url }) => url)));
      }
      t.diagnostic(`Pagefind: hit@1 ${percent(share(places, 1))}, hit@5 ${percent(share(places, 5))}; ${Math.round(bytes / FIRST / LANGUAGES.length)} bytes a first query without script`);
      assert.ok(share(own, 1) >= share(places, 1) && share(own, 5) >= share(places, 5));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('search page', () => {
  const page = { pl: `${homes.pl}szukaj/`, en: `${homes.en}search/` };

  it('finds while one types, and keeps it in the address', () =>
    withTab({}, async (tab) => {
      await tab.goto(page.pl);
      assert.equal(await tab.getByRole('heading', { name: 'Spis wszystkich stron' }).isVisible(), true);
      await tab.getByRole('searchbox').pressSequentially('laznia');
      await tab.locator('.results').getByRole('link', { name: /Łaźnia Nowa/ }).waitFor();
      assert.equal(new URL(tab.url()).search, '?q=laznia');
      assert.equal(await tab.getByRole('heading', { name: 'Spis wszystkich stron' }).isVisible(), false);
      assert.match(await tab.getByRole('status').innerText(), /^Znaleziono \d+ stron/);
      assert.match(await tab.locator('.results mark').first().innerText(), /^Łaźnia?$/, 'in whatever form');
      await tab.getByRole('searchbox').fill('');
      await tab.getByRole('heading', { name: 'Spis wszystkich stron' }).waitFor();
      assert.equal(new URL(tab.url()).search, '');
    }));

  it('answers an address, by kind, and shows more when asked', () =>
    withTab({}, async (tab) => {
      await tab.goto(`${page.en}?q=square&kind=place`);
      await tab.locator('.results li').first().waitFor();
      assert.equal(await tab.getByLabel('Places').isChecked(), true);
      assert.ok((await tab.locator('.results .what').allInnerTexts()).every((text) => text === 'Places'));
      await tab.getByLabel('everything').check();
      await tab.locator('.results li').nth(7).waitFor();
      assert.equal(new URL(tab.url()).search, '?q=square');
      const more = tab.getByRole('button', { name: 'Show more' });
      await more.press('Enter');
      await tab.locator('.results li').nth(8).waitFor();
      // Whoever goes on with the keyboard goes on at the first new one.
      assert.equal(await tab.evaluate(() => [...document.querySelectorAll('.results a')].indexOf(document.activeElement)), 8);
    }));

  it('says when nothing is found, or nothing answers', () =>
    withTab({}, async (tab) => {
      await tab.goto(`${page.en}?q=xylophone`);
      await tab.getByText('Nothing found.').waitFor();
      await tab.route('**/search/**/*.json*', (route) => route.abort());
      await tab.goto(`${page.pl}?q=plac`);
      await tab.getByText('Wyszukiwarka nie odpowiada.').waitFor();
      await tab.unroute('**/search/**/*.json*');
      await tab.getByRole('searchbox').press('Enter');
      await tab.locator('.results li').first().waitFor();
    }));

  it('takes no text for HTML', () =>
    withTab({}, async (tab) => {
      await tab.goto(`${page.en}?q=${encodeURIComponent('<img src=x onerror=document.title=1> square')}`);
      await tab.locator('.results li').first().waitFor();
      assert.equal(await tab.locator('.search img').count(), 0);
    }));

  it('is a list of all pages without scripts, and the home page has a field that leads to it', () =>
    withTab({ javaScriptEnabled: false }, async (tab) => {
      await tab.goto(homes.pl);
      await tab.getByRole('searchbox', { name: 'Czego szukasz?' }).fill('aleja róż');
      await tab.getByRole('button', { name: 'Szukaj' }).click();
      assert.equal(tab.url().replace(/\?.*/, ''), page.pl);
      await tab.locator('summary', { hasText: 'Legendy' }).click();
      assert.equal(await tab.getByRole('link', { name: 'Bomba i pięta Lenina' }).isVisible(), true);
      assert.equal(await tab.locator('.kinds').isVisible(), false);
    }));
});
