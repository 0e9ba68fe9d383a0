// The guide, built and served exactly as it is published, and the list of its pages.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build, REPO } from './huta.mjs';
import { serveFolder } from './server.mjs';

/** Builds the guide into a folder that goes when the process ends, and serves it. */
export async function startGuide() {
  const parent = await mkdtemp(join(tmpdir(), 'huta-guide-'));
  process.on('exit', () => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, 'site');
  const { url } = await serveFolder(folder);
  await build(REPO, folder, url);
  return { url, folder };
}

/** The site that `run.mjs` serves for the whole run; a test file that is run by itself makes its own. */
export const guide = process.env.GUIDE_URL
  ? { url: process.env.GUIDE_URL, folder: process.env.GUIDE_FOLDER }
  : await startGuide();

const attribute = (name, value) => new RegExp(`<meta\\b[^>]*\\b${name}=["']?${value}\\b`, 'i');
const REDIRECT = attribute('http-equiv', 'refresh');
const NOINDEX = attribute('name', 'robots');

/** Sections within sections, and pages unlike their neighbours: each is a kind of its own. */
const NESTED = ['poradnik/glossary', 'poradnik/slowniczek', 'poradnik/druk', 'kalendarz/rok', 'o-przewodniku/styl', 'en/about/style', 'o-przewodniku/jak-edytowac', 'o-przewodniku/jak-edytowac/komunikaty', 'o-przewodniku/zrodla-i-licencje'];

/** HTML files of the site, redirects left out: `path`, `size` and whether search engines may list it. */
export const files = await htmlFiles();

const published = await sitemap();

/** The home page of each language. */
export const homes = published.find(({ path }) => path === '/').alternates;

/** Every page: `url`, `path`, `lang`, `kind`, `alternates` (address in each language). */
export const pages = [
  ...published.map((entry) => describe(entry)),
  ...files.filter(({ noindex }) => noindex).map(({ path }) => describe({ path, url: guide.url + path, alternates: {} })),
];

const isTwin = ({ kind }) => kind.startsWith('embed/');
const largest = (some) => [...some.reduce(keepLargest, new Map()).values()];

/** The largest page of each kind in each language, without the twins that other sites show in frames. */
export const samples = largest(pages.filter((page) => !isTwin(page)));

/** The largest twin of each kind in each language. */
export const frames = largest(pages.filter(isTwin));

/** Every page, but of the lists that are chosen from a section, which are alike, only the largest. */
export const distinct = pages.filter((page) => (!page.kind.endsWith('/…') && !isTwin(page)) || samples.includes(page) || frames.includes(page));

const MANY = process.env.EVERY_PAGE ? Infinity : 3;
/** `MANY` pages of each kind in each language, the largest: for checks that take long. With EVERY_PAGE=1 all of them. */
export const several = distinct.filter((page) => {
  if (isTwin(page)) return false;
  const alike = distinct.filter(({ kind, lang }) => kind === page.kind && lang === page.lang);
  const size = ({ path }) => files.find((file) => file.path === path).size;
  return alike.sort((a, b) => size(b) - size(a)).indexOf(page) < MANY;
});

/** Which third of the pages has its turn: the same one each time, so that a run can be repeated; TURN=1 or 2 for the others. */
const turn = Number(process.env.TURN ?? 0);
const hasItsTurn = ({ path }) => createHash('md5').update(path).digest()[0] % 3 === turn;
/** Each kind in each language, and a third of all pages: for checks of every page that take too long. With EVERY_PAGE=1 all of them. */
export const inTurn = pages.filter((page) => process.env.EVERY_PAGE || samples.includes(page) || frames.includes(page) || hasItsTurn(page));

const having = (what) => pages.filter(({ path }) => files.find((file) => file.path === path)[what]);

/** Pages with pictures, and those with pictures of which there are several widths. */
export const pictured = having('hasPictures');
export const photographed = having('hasRungs');

async function htmlFiles() {
  const names = await readdir(guide.folder, { recursive: true });
  const found = names.filter((name) => name.endsWith('.html')).sort().map(async (name) => {
    const html = await readFile(join(guide.folder, name), 'utf8');
    const path = `/${name.replace(/(^|\/)index\.html$/, '$1')}`;
    const [hasPictures, hasRungs] = [html.includes('<picture'), html.includes('srcset=')];
    return { name, path, size: html.length, hasPictures, hasRungs, redirect: REDIRECT.test(html), noindex: NOINDEX.test(html) };
  });
  return (await Promise.all(found)).filter(({ redirect }) => !redirect);
}

async function sitemap() {
  const xml = await readFile(join(guide.folder, 'sitemap.xml'), 'utf8');
  return xml.split('<url>').slice(1).map((entry) => {
    const url = entry.match(/<loc>(.*?)<\/loc>/)[1];
    const alternates = [...entry.matchAll(/hreflang="(.*?)" href="(.*?)"/g)].map(([, lang, href]) => [lang, href]);
    return { url, path: new URL(url).pathname, alternates: Object.fromEntries(alternates) };
  });
}

function describe({ url, path, alternates }) {
  const byLength = Object.entries(homes).sort(([, a], [, b]) => b.length - a.length);
  const lang = byLength.find(([, home]) => url.startsWith(home))[0];
  return { url, path, lang, alternates, kind: kind(alternates.pl ?? url) };
}

/**
 * The folder of the Polish version tells the kind: a section's list, its pages, and the lists that are chosen from it (one
 * folder a facet) are three kinds.
 */
function kind(url) {
  const parts = new URL(url).pathname.split('/').filter(Boolean);
  if (parts[0] === 'embed') return `embed/${parts[1]}${parts[2] ? '/*' : ''}`;
  if (parts[1] === 'embed') return `embed/${parts[2]}${parts[3] ? '/*' : ''}`;
  const path = parts.join('/');
  if (parts.length < 2 || NESTED.includes(path)) return path || 'home';
  const folder = parts.slice(0, -1).join('/');
  if (NESTED.includes(folder)) return `${folder}/*`;
  return parts.length === 2 ? `${parts[0]}/*` : `${parts[0]}/…`;
}

function keepLargest(largest, page) {
  const key = `${page.kind} ${page.lang}`;
  const size = ({ path }) => files.find((file) => file.path === path).size;
  if (!largest.has(key) || size(page) > size(largest.get(key))) largest.set(key, page);
  return largest;
}
