// A guide that somebody with bad intentions has edited: every case of `../hostile/vectors.yaml`, in bodies and in every text of
// front matter; and the same guide with harmless words in their places, for comparison.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { parse } from 'yaml';

import { HUTA, REPO, TODAY } from './huta.mjs';

/** Hosts end in it that nobody can have (RFC 2606). */
export const FOREIGN = 'evil.invalid';

/** All cases: `id`, `about`, `as`, `alone`, `text`, `technique`. */
export const cases = parse(readFileSync(new URL('../hostile/vectors.yaml', import.meta.url), 'utf8')).flatMap(({ technique, cases }) =>
  cases.map((one) => ({ as: 'html', alone: false, ...one, technique })));

const of = (...kinds) => cases.filter((one) => kinds.includes(one.as));
const closed = (some) => some.filter(({ alone }) => !alone);

const each = (text, write) => [...text].map((letter) => write(letter.codePointAt(0))).join('');
const WRITTEN = {
  dec: (text) => each(text, (code) => `&#${code};`),
  dec0: (text) => each(text, (code) => `&#${String(code).padStart(7, '0')}`),
  hex: (text) => each(text, (code) => `&#x${code.toString(16)}`),
  b64: (text) => Buffer.from(text).toString('base64'),
  pct: (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  css: (text) => each(text, (code) => `\\${code.toString(16).padStart(6, '0')}`),
  u: (text) => each(text, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
};

/** The text of a case under the name that tells where it stands. */
function written(text, name) {
  return text
    .replaceAll('{js}', `probe('${name}')`)
    .replaceAll('{tick}', `probe\`${name}\``)
    .replaceAll('{url}', `https://${FOREIGN}/${name}`)
    .replaceAll('{rel}', `//${FOREIGN}/${name}`)
    .replaceAll('{id}', name)
    .replace(/«(\w+):(.*?)»/gs, (_, how, what) => WRITTEN[how](what));
}

/** A case in a place: what stands there in both guides. `name` leads back to it from whatever a browser does. */
class Placed {
  constructor(number, one, place, frame) {
    this.one = one;
    this.place = place;
    this.name = `${one.id}-${number}`;
    [this.hostile, this.calm] = frame(written(one.text, this.name), this.name);
  }
}

/** A place in front matter that a case takes; `usual` stands there when huta refuses the case. */
class Hole {
  constructor(placed, usual) {
    this.placed = placed;
    this.usual = usual;
  }
}

const WORD = 'Hutoproba';
const AT = [50.0717, 20.0374];
const MAP = 'content/mapa/base.geojson';

/** In one line, where Markdown or a table wants that. */
const line = (text) => text.replace(/\s*[\r\n\u2028\u2029\u0085]+\s*/g, ' ');

/** Ways to write a text in Markdown: what stands before and after it, and what it must not have. */
const SLOTS = {
  block: (text) => text,
  inline: (text) => `Słowo ${line(text)} koniec.`,
  heading: (text) => `### Słowo ${line(text)}`,
  cell: (text) => `| słowo | drugie |\n|---|---|\n| ${line(text).replaceAll('|', '\\|')} | słowo |`,
  list: (text) => `- słowo ${line(text)}\n- drugie`,
  quote: (text) => text.split('\n').map((part) => `> ${part}`).join('\n'),
  footnote: (text, name) => `Słowo[^n${name}].\n\n[^n${name}]: ${line(text)}`,
  'text of a link': (text) => `[słowo ${line(text)}](https://example.org/)`,
  'title of a link': (text) => `[słowo](https://example.org/ "${line(text).replaceAll('"', '\\"')}")`,
  'description of a picture': (text) => `Słowo ![słowo ${line(text)}](dom.svg) koniec.`,
  'title of a picture': (text) => `![słowo](dom.svg "${line(text).replaceAll('"', '\\"')}")`,
  code: (text) => `Słowo \`\`\` ${line(text)} \`\`\` koniec.`,
  fence: (text) => `~~~~~html\n${text}\n~~~~~`,
  'info of a fence': (text) => `~~~~~${line(text)}\nkod\n~~~~~`,
};
const ADDRESSES = {
  'link': (url) => `[słowo](${url})`,
  'link in brackets': (url) => `[słowo](<${line(url)}>)`,
  'address alone': (url) => `Słowo <${line(url)}> koniec.`,
  'picture': (url) => `![słowo](<${line(url)}>)`,
  'reference': (url, name) => `[słowo][r${name}]\n\n[r${name}]: <${line(url)}>`,
  'href': (url) => `<a href="${url.replaceAll('"', '&quot;')}">słowo</a>`,
  'href in single marks': (url) => `<a href='${url.replaceAll("'", '&#39;')}'>słowo</a>`,
  'src': (url) => `<img src="${url.replaceAll('"', '&quot;')}" alt="">`,
  'cite': (url) => `<blockquote cite="${url.replaceAll('"', '&quot;')}">słowo</blockquote>`,
};
/** No two texts are the same: titles become addresses. */
const calmly = (name) => `spokojnie ${name.slice(name.lastIndexOf('-') + 1)}`;
const CALM_URL = (name) => `https://example.org/${name}`;

/** Writes the guide down, the same way each time it is called; `refused` has the names of what huta does not take. */
class Guide {
  constructor(refused) {
    this.refused = refused;
    this.files = new Map();
    this.placed = [];
    /** By file and line, for what huta says. */
    this.lines = new Map();
    this.cursors = {};
  }

  put(one, place, frame) {
    const placed = new Placed(this.placed.length, one, place, frame);
    this.placed.push(placed);
    return placed;
  }

  /** The next case of those that fit. */
  next(pool) {
    const cursor = this.cursors[pool] ?? 0;
    this.cursors[pool] = cursor + 1;
    return POOLS[pool][cursor % POOLS[pool].length];
  }

  hole(pool, place, frame, usual) {
    return new Hole(this.put(this.next(pool), place, frame), usual);
  }

  /** A text, with harmless words around it unless it must stand at the beginning. */
  text(place, usual) {
    return this.hole('text', place, (text, name) => {
      const one = this.placedCase(name);
      const calm = calmly(name);
      if (one.as === 'text') return [text, calm];
      if (one.as === 'url') return [`${WORD} [słowo](<${line(text)}>) ${text}`, `${WORD} [słowo](https://example.org/) ${calm}`];
      return [`${WORD} ${text} koniec`, `${WORD} ${calm} koniec`];
    }, usual);
  }

  placedCase(name) {
    const id = name.slice(0, name.lastIndexOf('-'));
    return cases.find((one) => one.id === id);
  }

  address(place, usual) {
    return this.hole('address', place, (text, name) => [text, CALM_URL(name)], usual);
  }

  /** Where huta is strict: only what it does take comes into the guide. */
  strict(place, usual) {
    return this.hole('text', place, (text) => [text, usual ?? 'spokojnie'], usual);
  }

  /** What part of an address is: two pages must not have the same. */
  path(place) {
    return this.hole('text', place, (text, name) => [`x${name}${text}`, name]);
  }

  file(path, hostile, calm = hostile) {
    this.files.set(path, [hostile, calm]);
  }

  /** A Markdown file. `body` is a list of texts and of placed cases, each apart from the next. */
  page(path, front, body) {
    const out = { hostile: ['---'], calm: ['---'] };
    this.fill(out, path, front);
    for (const which of ['hostile', 'calm']) out[which].push('---', '');
    for (const part of body) {
      const placed = part instanceof Placed ? part : undefined;
      if (placed && this.refused.has(placed.name)) continue;
      for (const which of ['hostile', 'calm']) {
        const from = out[which].length + 1;
        out[which].push(...(placed ? placed[which] : part).split('\n'), '');
        if (placed && which === 'hostile') for (let at = from; at <= out[which].length; at++) this.lines.set(`${path}:${at}`, placed);
      }
    }
    this.file(path, out.hostile.join('\n'), out.calm.join('\n'));
  }

  /** A file of YAML that is no page. */
  data(path, value) {
    const out = { hostile: [], calm: [] };
    this.fill(out, path, value);
    this.file(path, `${out.hostile.join('\n')}\n`, `${out.calm.join('\n')}\n`);
  }

  /** Adds the lines of a value to both versions of a file, and notes where holes are. */
  fill(out, path, value) {
    for (const [start, ...leaf] of yaml(this.without(value))) {
      const placed = leaf[0] instanceof Hole ? leaf[0].placed : undefined;
      if (placed) this.lines.set(`${path}:${out.hostile.length + 1}`, placed);
      for (const which of ['hostile', 'calm']) out[which].push(start + (leaf.length ? scalar(placed ? placed[which] : leaf[0]) : ''));
    }
  }

  /** Front matter in which refused cases have made room for what is usual, or for nothing. */
  without(value) {
    if (value instanceof Hole) return this.refused.has(value.placed.name) ? value.usual : value;
    if (Array.isArray(value)) return value.map((item) => this.without(item)).filter((item) => item !== undefined);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value).map(([key, item]) => [key, this.without(item)]).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries);
  }

  /** The cases that huta means: by the line, or by what the message repeats. */
  culprits(file, line, message) {
    const here = this.lines.get(`${file}:${line}`) ?? this.lines.get(file);
    if (here) return [here];
    return this.placed.filter(({ name, hostile }) => message.includes(name) || (hostile.length > 8 && message.includes(hostile)));
  }

  /** Cases in a body, each in a slot. */
  slots(some, slot, place) {
    const frame = SLOTS[slot] ?? ADDRESSES[slot];
    const calm = SLOTS[slot] ? calmly : slot === 'picture' ? () => 'dom.svg' : CALM_URL;
    return some.map((one) => this.put(one, `${place} body, ${slot}`, (text, name) => [frame(text, name), frame(calm(name), name)]));
  }

  write(root, which) {
    rmSync(root, { recursive: true, force: true });
    mkdirSync(root, { recursive: true });
    for (const [path, [hostile, calm]] of this.files) {
      const content = which === 'hostile' ? hostile : calm;
      // A file with a name of its own in each version.
      const [name, bytes] = Array.isArray(content) ? [join(dirname(path), content[0]), content[1]] : [path, content];
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), bytes);
    }
  }
}

const POOLS = {
  text: closed(of('html', 'md', 'url', 'text', 'call')),
  address: of('url').concat(closed(cases.filter(({ technique }) => technique === 'Out of an attribute'))),
  body: closed(of('html')),
  md: of('md'),
  // A term names a folder, and a file system has its limits.
  short: closed(of('html', 'text')).filter(({ text }) => text.length < 60 && !text.includes('«')),
  open: cases.filter(({ alone }) => alone),
};

/** As YAML has it: control characters, separators and noncharacters only as escapes. */
const scalar = (value) => (Array.isArray(value) ? `[${value.map(scalar).join(', ')}]` : JSON.stringify(value).replace(/[\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff]/g, (sign) => WRITTEN.u(sign)));
const isLeaf = (value) => value instanceof Hole || value === null || typeof value !== 'object' || Object.values(value).every((item) => item === null || (typeof item !== 'object' && Array.isArray(value)));

/** Front matter as lines: what stands before a value, and the value, which ends its line; or a line without a value. */
function yaml(value) {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      if (isLeaf(item)) return [['- ', item]];
      return yaml(item).map(([start, ...leaf], at) => [`${at ? '  ' : '- '}${start}`, ...leaf]);
    });
  }
  return Object.entries(value).flatMap(([key, item]) => {
    if (isLeaf(item)) return [[`${key}: `, item]];
    return [[`${key}:`], ...yaml(item).map(([start, ...leaf]) => [`  ${start}`, ...leaf])];
  });
}

const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="40" height="30" fill="#888"/></svg>';
/** One grey dot. */
const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64');
const DAYS = { date: '2026-11-23', read: '2026-11-23' };

/** Front matter of each kind: its section, and what stands in its block. `t`, `n`, `u` and `s` make holes for texts, names, addresses and what huta is strict about. */
const KINDS = {
  place: ['miejsca', ({ t, s, k }) => ({
    at: at(k),
    address: t('address'),
    built: t('built'),
    architects: [t('architects'), t('architects')],
    style: t('style'),
    access: { wheelchair: s('access.wheelchair', 'unknown'), note: t('access.note') },
    transit: t('transit'),
    heritage: t('heritage'),
    dates: [{ on: '1949-06-23', what: t('dates.what', 'Coś') }, { on: s('dates.on', '1950'), what: t('dates.what', 'Coś') }],
  })],
  legend: ['legendy', ({ t, s, k }) => ({
    place: s('place', refers(k) ? `h${k}` : undefined),
    ...(refers(k) ? {} : { at: at(k + 20) }),
    verdict: s('verdict', 'partly'),
    told: t('told'),
    documented: t('documented'),
    dates: [{ on: '1950', what: t('dates.what', 'Coś') }],
  })],
  tour: ['trasy', ({ t, s, k }) => ({
    stops: [
      { place: s('stops.place', `h${k}`), note: t('stops.note'), minutes: 5 },
      { at: at(k + 1), title: t('stops.title', 'Słowo'), note: t('stops.note') },
      { at: at(k + 2), title: t('stops.title', 'Słowo'), note: t('stops.note') },
    ],
    track: s('track'),
    surface: t('surface'),
    start_transit: t('start_transit'),
  })],
  organisation: ['organizacje', ({ t, u, s, k }) => ({
    form: s('form', 'association'),
    areas: ['culture', s('areas', 'sport')],
    at: at(k + 40),
    address: t('address'),
    district: s('district', 'nowa-huta'),
    website: u('website', 'https://example.org/'),
    email: s('email', 'a@example.org'),
    phone: s('phone', '12 345 67 89'),
    founded: s('founded', '1998'),
    krs: s('krs'),
    access: { wheelchair: 'unknown', note: t('access.note') },
    offers: [{ id: s('offers.id', 'sala'), category: 'room', what: t('offers.what', 'Sala'), how: t('offers.how'), until: '2027-06-30' }],
    needs: [{ id: 'stoly', category: s('needs.category', 'equipment'), what: t('needs.what', 'Stoły'), how: t('needs.how') }],
  })],
  exchange: ['gielda', ({ t, u, s, k }) => ({
    organisation: s('organisation', refers(k) ? `h${k}` : undefined),
    ...(refers(k) ? {} : { by: t('by', 'Grupa'), website: u('website', 'https://example.org/'), email: s('email', 'a@example.org'), phone: s('phone', '12 345 67 89') }),
    district: 'bienczyce',
    offers: [{ id: 'sala', category: 'room', what: t('offers.what', 'Sala'), how: t('offers.how'), until: s('offers.until', '2027-06-30') }],
    needs: [{ id: s('needs.id', 'stoly'), category: 'equipment', what: t('needs.what', 'Stoły'), how: t('needs.how') }],
  })],
  event: ['kalendarz', ({ t, n, u, s, k }) => ({
    start: s('start', `2026-12-${String(1 + k).padStart(2, '0')}T17:00`),
    end: s('end', `2026-12-${String(1 + k).padStart(2, '0')}T19:00`),
    type: s('type', 'workshop'),
    place: s('place', refers(k) ? `h${k}` : undefined),
    organiser: s('organiser', refers(k) ? `h${k}` : undefined),
    ...(refers(k) ? {} : { at: at(k + 60), address: t('address'), by: n('by') }),
    online: u('online'),
    announced: s('announced', '2026-11-01'),
    link: u('link'),
  })],
  call: ['fundusze', ({ t, u, s, k }) => ({
    funder: t('funder', 'Miasto'),
    who: ['association', s('who', 'foundation')],
    opens: s('opens', '2026-11-01'),
    closes: s('closes', `2027-01-${String(1 + k).padStart(2, '0')}`),
    amount: t('amount'),
    link: u('link'),
  })],
  commitment: ['obietnice', ({ t, u, s }) => ({
    promised: t('promised', 'Obietnica'),
    by: t('by'),
    document: t('document', 'Uchwała'),
    page: t('page'),
    url: u('url'),
    due: s('due', '2027'),
    status: s('status', 'started'),
    evidence: [{ title: t('evidence.title', 'Dowód'), url: u('evidence.url'), read: s('evidence.read', DAYS.read) }],
    checked: s('checked', '2026-11-20'),
    checked_by: t('checked_by', 'redakcja'),
  })],
  initiative: ['pomysly', ({ t, s, k }) => ({
    topic: s('topic', 'culture'),
    stage: s('stage', 'running'),
    place: s('place', refers(k) ? `h${k}` : undefined),
    ...(refers(k) ? {} : { at: at(k + 80), address: t('address') }),
    district: 'nowa-huta',
    partners: [s('partners', `h${k}`)],
    with: t('with'),
    join: t('join'),
    since: s('since', '2021'),
  })],
  chapter: ['poradnik', ({ t, u, s }) => ({
    part: s('part', 'money'),
    in_short: [t('in_short', 'Raz.'), t('in_short', 'Dwa.'), t('in_short', 'Trzy.')],
    steps: [t('steps', 'Zrób to.'), t('steps', 'I tamto.')],
    legal: [{ act: t('legal.act', 'Ustawa'), article: t('legal.article'), url: u('legal.url') }],
    checklist: [t('checklist', 'Zrobione.')],
    yearly: [t('yearly', 'Co roku.')],
    reviewed: s('reviewed', '2026-11-20'),
  })],
};

const at = (k) => [Number((50.065 + (k % 10) * 0.0011).toFixed(5)), Number((20.03 + Math.floor(k / 10) * 0.0017).toFixed(5))];
const PAGES = 20;
/** On one page in four another page of the guide is named where on the others there are texts of their own. */
const refers = (k) => k % 4 === 0;
/** Cases on a page: huta stops at thirty problems of a text, and tells of what it leaves out. */
const MANY = 28;
const FEW = 7;
/** So many of the slots come first in which HTML is HTML. */
const LIVE = 8;
const HOUSE = { file: 'dom.svg', alt: 'Dom', credit: 'Autor', licence: 'CC BY-SA 4.0' };

/** Pages that the theme asks for: as they are, but with a short text. */
const KEPT = ['mapa/_index', 'kalendarz/rok/_index', 'dane/index', 'szukaj/index', 'zapisane/_index', 'osadz/index', 'poradnik/slowniczek/_index', 'poradnik/druk/_index', 'o-przewodniku/zrodla-i-licencje/index', 'o-przewodniku/stan/index'];
const SECTIONS = ['miejsca', 'legendy', 'trasy', 'organizacje', 'gielda', 'kalendarz', 'fundusze', 'obietnice', 'pomysly', 'poradnik', 'o-przewodniku'];

const frontOf = (path) => parse(readFileSync(join(REPO, path), 'utf8').split(/^---$/m)[1]);
const chunks = (all, size) => Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

/** The whole guide. */
function compose(refused) {
  const guide = new Guide(refused);
  const holes = (place, k) => ({
    k,
    t: (field, usual) => guide.text(`${place}${field}`, usual),
    n: (field) => guide.hole('short', `${place}${field}`, (text, name) => [`${WORD} ${text}`, `${WORD} ${calmly(name)}`]),
    u: (field, usual) => guide.address(`${place}${field}`, usual),
    s: (field, usual) => guide.strict(`${place}${field}`, usual),
  });
  const body = (place, many = 2) => {
    const some = Array.from({ length: many }, () => guide.next('body'));
    return [...guide.slots(some.slice(0, 1), 'block', place), ...guide.slots(some.slice(1), 'inline', place), ...guide.slots([guide.next('md')], 'block', place)];
  };

  for (const [kind, [section, block]] of Object.entries(KINDS)) {
    for (let k = 0; k < PAGES; k++) {
      const folder = `content/${section}/h${k}`;
      const [own, common] = [holes(`${kind}.`, k), holes('', k)];
      const front = {
        // Lists are chosen by the name of an organiser.
        title: kind === 'organisation' ? common.n('title') : common.t('title', `Słowo ${k}`),
        description: common.t('description'),
        date: DAYS.date,
        weight: k + 1,
        authors: [common.t('authors')],
        // Each term is a page in each language.
        ...(kind === 'place' ? { taxonomies: { tags: [common.n('taxonomies.tags')] } } : {}),
        [kind]: block(own),
        cover: 'dom.svg',
        gallery: [{
          file: 'dom.svg',
          alt: k % 2 ? common.t('gallery.alt', 'Dom') : { pl: common.t('gallery.alt.pl', 'Dom'), en: common.t('gallery.alt.en') },
          caption: k % 2 ? common.t('gallery.caption') : { pl: common.t('gallery.caption.pl'), en: common.t('gallery.caption.en') },
          credit: common.t('gallery.credit', 'Autor'),
          licence: 'CC BY-SA 4.0',
          source: common.t('gallery.source'),
        }],
        sources: [{ title: common.t('sources.title', 'Źródło'), url: common.u('sources.url'), read: DAYS.read }],
        extra: { x: common.t('extra.x') },
      };
      guide.page(`${folder}/index.md`, front, [...body(folder), `huciak${k % 30} huciak${(k + 15) % 30}`]);
      guide.file(`${folder}/dom.svg`, DRAWING);
      if (k % 3) continue;
      const english = holes(`en ${kind}.`, k);
      const texts = (value) => (Array.isArray(value) ? value.map(texts) : value);
      guide.page(`${folder}/index.en.md`, {
        title: kind === 'organisation' ? holes('en ', k).n('title') : holes('en ', k).t('title', `Word ${k}`),
        description: holes('en ', k).t('description'),
        slug: `e${k}`,
        [kind]: texts(block({ ...english, s: (field, usual) => usual })),
        gallery: [{ file: 'dom.svg', alt: holes('en ', k).t('gallery.alt', 'House'), caption: holes('en ', k).t('gallery.caption'), credit: holes('en ', k).t('gallery.credit', 'Author') }],
      }, body(`${folder} en`));
    }
  }

  // What every kind has and huta is strict about: on plain pages.
  for (let k = 0; k < 16; k++) {
    const common = holes('', k);
    const folder = `content/o-przewodniku/scisle${k}`;
    guide.page(`${folder}/index.md`, {
      title: 'Ściśle',
      date: common.s('date', DAYS.date),
      updated: common.s('updated'),
      verified: common.s('verified'),
      slug: guide.path('slug'),
      aliases: [guide.path('aliases')],
      template: common.s('template'),
      cover: common.s('cover'),
      gallery: [{ file: common.s('gallery.file', 'dom.svg'), alt: 'Dom', credit: 'Autor', licence: common.s('gallery.licence', 'CC BY-SA 4.0'), date: common.s('gallery.date') }],
      sources: [{ title: 'Źródło', read: common.s('sources.read') }],
    }, ['Treść.']);
    guide.file(`${folder}/dom.svg`, DRAWING);
    guide.page(`content/o-przewodniku/sciezka${k}/index.md`, { title: 'Ścieżka', path: guide.path('path') }, ['Treść.']);
    guide.page(`content/o-przewodniku/album${k}/index.md`, { title: 'Album' }, ['![](dom.svg)']);
    guide.file(`content/o-przewodniku/album${k}/dom.svg`, DRAWING);
    const album = holes('gallery.yaml ', k);
    guide.data(`content/o-przewodniku/album${k}/gallery.yaml`, {
      credit: album.t('credit', 'Autor'),
      licence: album.s('licence', 'CC BY-SA 4.0'),
      date: album.s('date'),
      source: album.t('source'),
      pictures: [{ file: 'dom.svg', alt: album.t('pictures.alt', 'Dom'), caption: { pl: album.t('pictures.caption.pl'), en: album.t('pictures.caption.en') } }],
    });
    const section = holes('section ', k);
    guide.page(`content/o-przewodniku/dzial${k}/_index.md`, {
      title: section.t('title', 'Dział'),
      description: section.t('description'),
      slug: guide.path('section slug'),
      template: section.s('template'),
      page_template: section.s('page_template'),
      paginate_by: 1,
      paginate_path: guide.path('section paginate_path'),
      sort_by: section.s('sort_by', 'title'),
      generate_feeds: true,
      extra: { x: section.t('extra.x') },
    }, body(`dzial${k}`));
    guide.page(`content/o-przewodniku/dzial${k}/strona/index.md`, { title: 'Strona', translated: common.s('translated') }, ['Treść.']);
    guide.page(`content/o-przewodniku/prowadzi${k}/_index.md`, { title: 'Prowadzi', redirect_to: guide.address('section redirect_to') }, ['Treść.']);
  }

  // Sections of the guide, which have texts of their own.
  for (const name of SECTIONS) {
    for (const end of ['', '.en']) {
      const path = `content/${name}/_index${end}.md`;
      const section = holes('section ', 0);
      guide.page(path, { ...frontOf(path), title: section.t('title', 'Dział'), description: section.t('description') }, body(name));
    }
  }
  for (const path of KEPT) {
    for (const end of ['', '.en']) guide.page(`content/${path}${end}.md`, frontOf(`content/${path}${end}.md`), ['Treść.']);
  }
  const cut = cases.find(({ id }) => id === 'tag-paragraph-end');
  for (const end of ['', '.en']) {
    const { cover, gallery, ...front } = frontOf(`content/_index${end}.md`);
    guide.page(`content/_index${end}.md`, front, [...guide.slots([cut], 'inline', 'home'), ...body('home')]);
  }

  // Bodies. HTML stands in every slot where it is only text, and in four of those where it counts.
  const inert = Object.keys(SLOTS).slice(LIVE);
  const live = Object.keys(SLOTS).slice(0, LIVE);
  const rest = live.slice(2);
  const parts = [
    ...live.map((slot, at) => [slot, POOLS.body.filter((_, number) => at < 2 || [number, number + 1].some((one) => one % rest.length === at - 2)), FEW]),
    ...inert.map((slot) => [slot, POOLS.body, MANY]),
    ...Object.keys(ADDRESSES).map((slot) => [slot, POOLS.address, MANY]),
  ];
  for (const [slot, cases, size] of parts) {
    for (const [at, some] of chunks(cases, size).entries()) {
      const folder = `content/o-przewodniku/${slug(slot)}${at}`;
      guide.page(`${folder}/index.md`, { title: `${slot} ${at}`, description: 'Opis.', gallery: [HOUSE] }, guide.slots(some, slot, slot).flatMap((placed, at) => [`## Próba ${at}`, placed]));
      guide.file(`${folder}/dom.svg`, DRAWING);
    }
  }
  for (const [name, some, slots] of [['md', POOLS.md, ['block', 'list', 'quote']], ['text', of('text'), ['block', 'cell']]]) {
    for (const slot of slots) {
      for (const [at, part] of chunks(some, FEW).entries()) {
        guide.page(`content/o-przewodniku/${name}-${slot}${at}/index.md`, { title: `${name} ${slot} ${at}` }, guide.slots(part, slot, name).flatMap((placed, at) => [`## Próba ${at}`, placed]));
      }
    }
  }
  // What stays open would swallow others, and what a template does would too.
  for (const one of [...POOLS.open, ...of('call')]) {
    for (const slot of ['block', 'inline']) {
      guide.page(`content/o-przewodniku/${one.id}-${slot}/index.md`, { title: `${one.id} ${slot}` }, ['Treść.', ...guide.slots([one], slot, 'alone'), 'Treść.']);
    }
  }
  for (const one of POOLS.open) {
    for (const [kind, field] of [['place', 'address'], ['organisation', 'address']]) {
      const [section, block] = KINDS[kind];
      const usual = { t: (_, usual) => usual, n: (_, usual) => usual, u: (_, usual) => usual, s: (_, usual) => usual, k: 7 };
      const hole = new Hole(guide.put(one, `${kind}.${field}`, (text, name) => [`${WORD} ${text}`, `${WORD} ${calmly(name)}`]));
      const title = new Hole(guide.put(one, 'title', (text, name) => [`${WORD} ${text}`, `${WORD} ${calmly(name)}`]), 'Słowo');
      guide.page(`content/${section}/otwarte-${one.id}/index.md`, { title, date: DAYS.date, [kind]: { ...tidy(block(usual)), [field]: hole } }, ['Treść.']);
    }
  }

  words(guide);
  pictures(guide);
  map(guide);
  return guide;
}

const slug = (text) => text.replaceAll(' ', '-');

/** Without what has no value. */
function tidy(value) {
  if (Array.isArray(value)) return value.map(tidy).filter((item) => item !== undefined);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tidy(item)]).filter(([, item]) => item !== undefined && (typeof item !== 'object' || Object.keys(item).length)));
}

/** Explained words. */
function words(guide) {
  const entries = Array.from({ length: 45 }, (_, k) => {
    const own = (field, usual) => guide.text(`glossary ${field}`, usual);
    const word = k < 30 ? { pl: `huciak${k}`, en: `huciak${k}` } : { pl: own('word.pl', `dom${k}`), en: own('word.en', `house${k}`) };
    return {
      id: k < PAGES ? guide.strict('glossary id', `huciak${k}`) : `huciak${k}`,
      word,
      means: { pl: own('means.pl', 'Znaczenie.'), en: own('means.en', 'Meaning.') },
      forms: { pl: [own('forms.pl')] },
      ...(k < PAGES ? { chapter: guide.strict('glossary chapter') } : {}),
    };
  });
  guide.data('content/poradnik/glossary.yaml', entries);
}

/** Drawings and pictures with odd names, beside pages. */
function pictures(guide) {
  for (const one of of('svg')) {
    const folder = `content/miejsca/rysunek-${one.id}`;
    const placed = guide.put(one, 'drawing', (text) => [text, DRAWING]);
    if (guide.refused.has(placed.name)) continue;
    guide.lines.set(`${folder}/rysunek.svg`, placed);
    guide.file(`${folder}/rysunek.svg`, placed.hostile, placed.calm);
    const gallery = [{ file: 'rysunek.svg', alt: 'Rysunek', credit: 'Autor', licence: 'CC BY-SA 4.0' }];
    guide.page(`${folder}/index.md`, { title: one.id, date: DAYS.date, place: { at: at(5) }, cover: 'rysunek.svg', gallery }, ['![Rysunek](rysunek.svg)']);
    for (let at = 1; at < 20; at++) guide.lines.set(`${folder}/index.md:${at}`, placed);
  }
  for (const one of of('name')) {
    const folder = `content/miejsca/plik-${one.id}`;
    const placed = guide.put(one, 'name of a picture', (text, name) => [text, `${name}.png`]);
    const mention = guide.slots([{ ...one, text: `![Kropka](<${one.text.replace(/[<>\\]/g, '\\$&')}>)` }], 'block', 'name of a picture');
    if (guide.refused.has(placed.name)) continue;
    const file = new Hole(placed);
    guide.files.set(`${folder}/${placed.name}`, [[placed.hostile, DOT], [placed.calm, DOT]]);
    guide.page(`${folder}/index.md`, { title: one.id, date: DAYS.date, place: { at: at(6) }, cover: file, gallery: [{ file, alt: 'Kropka', credit: 'Autor', licence: 'CC BY-SA 4.0' }] }, mention);
    for (let at = 1; at < 13; at++) guide.lines.set(`${folder}/index.md:${at}`, placed);
  }
}

/** Names on the map, and a recorded way with texts. */
function map(guide) {
  const base = JSON.parse(readFileSync(join(REPO, MAP), 'utf8'));
  const both = { hostile: structuredClone(base), calm: structuredClone(base) };
  const named = base.features.flatMap(({ properties }, index) => (properties.name ? [index] : [])).slice(0, 60);
  for (const index of named) {
    const { placed } = guide.text('base.geojson name');
    const { placed: english } = guide.text('base.geojson name_en');
    for (const which of ['hostile', 'calm']) Object.assign(both[which].features[index].properties, { name: placed[which], name_en: english[which] });
  }
  guide.file(MAP, JSON.stringify(both.hostile), JSON.stringify(both.calm));
  const { placed } = guide.text('track name');
  const points = [0, 1, 2].map((k) => `<trkpt lat="${at(k)[0]}" lon="${at(k)[1]}"/>`).join('');
  const track = (name) => `<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><metadata><name><![CDATA[${name.replaceAll(']]>', '')}]]></name></metadata><trk><trkseg>${points}</trkseg></trk></gpx>`;
  const plain = (text) => text.replace(/[^\t\n -\ud7ff]/g, '');
  guide.file('content/trasy/z-pliku/spacer.gpx', track(plain(placed.hostile)), track(placed.calm));
  guide.page('content/trasy/z-pliku/index.md', {
    title: 'Z pliku',
    date: DAYS.date,
    tour: { stops: [{ at: at(0), title: 'Słowo' }, { at: at(2), title: 'Drugie' }], track: 'spacer.gpx' },
  }, ['Treść.']);
}

/** The configuration of the guide, without what takes long and with a taxonomy. */
function configuration() {
  return readFileSync(join(REPO, 'huta.toml'), 'utf8')
    .replace(/^\[\[readability\]\]\n(?:.+\n)+/gm, '')
    .replace(/^fallback = true$/m, 'fallback = false')
    .replace(/^headers = .*$/m, 'headers = ["_headers", "nginx", "caddy"]')
    .replace(/^\[slugify\]$/m, '[[taxonomies]]\nname = "tags"\nfeed = true\n\n[slugify]');
}

const TAXONOMY = {
  'taxonomy_list.html': '{% extends "base.html" %}{% block title %}{{ taxonomy.name }}{% endblock title %}{% block main %}<h1>{{ taxonomy.name }}</h1>{% for t in terms %}<p><a href="{{ t.permalink }}">{{ t.name }}</a></p>{% endfor %}{% endblock main %}',
  'taxonomy_single.html': '{% extends "base.html" %}{% block title %}{{ term.name }}{% endblock title %}{% block main %}<h1>{{ term.name }}</h1>{{ <cards pages={term.pages} /> }}{% endblock main %}',
};

const run = (args) =>
  new Promise((resolve) => execFile(HUTA, args, { maxBuffer: 1 << 28 }, (error, _, said) => resolve({ isBuilt: !error, said })));

/**
 * Builds both guides below `parent`, for the addresses `urls`. What huta refuses is left out, a round after another, since one
 * mistake may hide another.
 */
export async function buildHostile(parent, urls) {
  const refused = new Set();
  const [root, calmRoot] = ['source', 'calm-source'].map((name) => join(parent, name));
  const make = async (guide, which, folder, output, url) => {
    guide.write(folder, which);
    cpSync(join(REPO, 'themes'), join(folder, 'themes'), { recursive: true });
    writeFileSync(join(folder, 'huta.toml'), configuration());
    mkdirSync(join(folder, 'templates'));
    for (const [name, text] of Object.entries(TAXONOMY)) writeFileSync(join(folder, 'templates', name), text);
    return run(['build', '--uncompressed', '--lang', 'en', '-r', folder, '-o', output, '-u', url, '--today', TODAY]);
  };
  for (let round = 0; ; round++) {
    const guide = compose(refused);
    const { isBuilt, said } = await make(guide, 'hostile', root, join(parent, 'site'), urls.hostile);
    if (isBuilt) {
      const calm = await make(guide, 'calm', calmRoot, join(parent, 'calm-site'), urls.calm);
      if (!calm.isBuilt) throw new Error(`the harmless guide is refused:\n${calm.said}`);
      return { guide, refused, rounds: round, said };
    }
    const before = refused.size;
    const unknown = [];
    for (const block of said.split(/^(?=(?:error|warning|hint)\[)/m).filter((block) => block.startsWith('error') && !block.startsWith('error[too-much]'))) {
      const [, file, at] = block.match(/^ *--> (.*?)(?::(\d+):\d+)?$/m) ?? [];
      const found = guide.culprits(file, at, block);
      for (const { name } of found) refused.add(name);
      if (!found.length) unknown.push(block);
    }
    if (refused.size === before || round > 12) throw new Error(`huta refuses what no case says:\n${unknown.join('')}`);
  }
}
