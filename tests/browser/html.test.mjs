// Every page is well-formed by the Nu Html Checker, has a title, a description and one main heading of its own, and is set
// as its language is set.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';

import { parse } from 'parse5';
import vnu from 'vnu-jar';

import { files, guide, pages } from './site.mjs';

const read = (name) => readFile(join(guide.folder, name), 'utf8');
/** The checker reads files, so nothing is the page's own origin to it; every other test has the browser judge the policy. */
const POLICY = /<meta [^>]*http-equiv="?Content-Security-Policy"?[^>]*>/i;

describe('the Nu Html Checker', () => {
  it('finds nothing in any file', { timeout: 600_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'huta-html-'));
    try {
      for (const { name } of files) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), (await read(name)).replace(POLICY, ''));
      }
      // It takes lists of Polish names in an English page for Nyanja: the language of parts is judged below.
      const { stderr } = await new Promise((resolve) => {
        execFile('java', ['-Xmx1g', '-jar', vnu, '--format', 'json', '--no-langdetect', folder], { maxBuffer: 1 << 26 }, (_, stdout, stderr) => resolve({ stderr }));
      });
      const { messages } = JSON.parse(stderr);
      assert.deepEqual(messages.slice(0, 20).map(({ url, message, extract }) => `${url.slice(url.indexOf(folder) + folder.length)}: ${message} ${extract}`), []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** The elements and texts of a document in their order: `{ node, lang, path }`, `path` being the elements around it. */
function* walk(node, lang = '', path = []) {
  for (const child of (node.content ?? node).childNodes ?? []) {
    const own = child.attrs?.find(({ name }) => name === 'lang')?.value ?? lang;
    yield { node: child, lang: own, path };
    yield* walk(child, own, [...path, child.nodeName]);
  }
}

const attribute = ({ attrs = [] }, name) => attrs.find((own) => own.name === name)?.value;

const isTwin = ({ kind }) => kind.startsWith('embed/');
const isOwn = (page) => !isTwin(page) && files.find(({ path }) => path === page.path)?.name !== '404.html';

describe('the head of a page', () => {
  const titles = new Map();
  const descriptions = new Map();
  let documents;
  before(async () => {
    documents = await Promise.all(pages.map(async (page) => ({ page, nodes: [...walk(parse(await read(files.find(({ path }) => path === page.path).name)))] })));
  });

  it('has a title and a description that no other page of the language has, not too long', () => {
    const wrong = [];
    for (const { page, nodes } of documents.filter(({ page }) => isOwn(page))) {
      const title = nodes.find(({ node }) => node.nodeName === 'title').node.childNodes[0].value;
      const description = attribute(nodes.find(({ node }) => node.nodeName === 'meta' && attribute(node, 'name') === 'description')?.node ?? {}, 'content');
      if (title.length > 110) wrong.push(`${page.path}: a title of ${title.length}: ${title}`);
      if (!description) wrong.push(`${page.path}: no description`);
      else if (description.length < 25 || description.length > 170) wrong.push(`${page.path}: a description of ${description.length}: ${description}`);
      for (const [known, value] of [[titles, title], [descriptions, description]]) {
        const key = `${page.lang} ${value}`;
        if (known.has(key)) wrong.push(`${page.path} and ${known.get(key)}: ${value}`);
        known.set(key, page.path);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('is followed by one h1 and headings that leave out no level', () => {
    const wrong = [];
    for (const { page, nodes } of documents) {
      const levels = nodes.filter(({ node, path }) => /^h[1-6]$/.test(node.nodeName) && !path.includes('template') && attribute(node, 'hidden') === undefined).map(({ node }) => Number(node.nodeName[1]));
      if (levels.filter((level) => level === 1).length !== 1) wrong.push(`${page.path}: ${levels.filter((level) => level === 1).length} h1`);
      levels.forEach((level, at) => {
        if (at && level > levels[at - 1] + 1) wrong.push(`${page.path}: h${level} after h${levels[at - 1]}`);
      });
    }
    assert.deepEqual(wrong, []);
  });

  it('has no handler or script in an attribute anywhere below it', () => {
    const wrong = [];
    for (const { page, nodes } of documents) {
      for (const { node } of nodes) {
        for (const { name, value } of node.attrs ?? []) {
          if (name.startsWith('on') || name === 'style' || /^\s*javascript:/i.test(value)) wrong.push(`${page.path}: ${node.nodeName} ${name}=${value}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('is set as Polish and English are', () => {
    const wrong = new Set();
    let texts = 0;
    for (const { page, nodes } of documents) {
      for (const { node, lang, path } of nodes) {
        if (node.nodeName !== '#text' || path.some((name) => UNSET.includes(name))) continue;
        texts += 1;
        // A name in a title may keep the marks of its own language: titles say which language they are in.
        const isTitle = attribute(node.parentNode, 'lang') !== undefined;
        for (const [what, rule] of Object.entries(RULES[lang] ?? {})) {
          if (isTitle && what.endsWith('quotation mark')) continue;
          const found = node.value.match(rule);
          if (found) wrong.add(`${page.path}: ${what}: ${node.value.slice(Math.max(0, found.index - 25), found.index + 25).replaceAll('\u00a0', '␣')}`);
        }
      }
    }
    assert.ok(texts > 10_000, `${texts}`);
    assert.deepEqual([...wrong].slice(0, 60), []);
  });
});

/** What is not prose: code, what people type, drawings. */
const UNSET = ['code', 'pre', 'kbd', 'samp', 'script', 'style', 'svg', 'textarea', 'option'];
const BOTH = {
  'a straight quotation mark': /["']/,
  'a hyphen for a dash': /(?<=[\p{L}\d.,)”] )-(?= )|(?<!\bxn)--/u,
  'three full stops': /\.\.\./,
  'a hyphen between years': /\b(1[89]|20)\d\d-(1[89]|20)?\d\d\b(?!-)/,
  'a number apart from its unit': /\d (m|km|cm|ha|kg|t|zł|%|°C|min|kB|MB)(?![\p{L}\p{N}])/u,
  'two spaces': /\S {2,}\S/,
};
const RULES = {
  pl: { ...BOTH, 'a word of one letter at the end of a line': /(?<![\p{L}\p{N}-])[aiouwzAIOUWZ] (?=\S)/u, 'an English quotation mark': /[“‘](?=\p{L})/u },
  en: { ...BOTH, 'a Polish quotation mark': /„/ },
};
