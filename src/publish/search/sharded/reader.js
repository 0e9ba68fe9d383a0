// Reads a search index that was cut into small files (see index.json beside them), and fetches only those a query needs.
//
//   const index = await open('/search/pl/');
//   const { total, kinds, results } = await index.search('laznia', { kind: 'place', from: 0, many: 10 });
//
// A result has `url`, `title` and `text` (lists of [text, is it a word that was looked for]) and `kind`.

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';
const GROUP = 6; // passages of a file
const SHOWN = 160; // characters of a snippet, more or less
const FILES = 4; // at most so many of one kind for one way to look for a word
const WHOLE = 1; // what was written counts wholly; what begins with it, is near it, or begins alike counts less
const BEGINS = 0.7;
const NEAR = 0.6;
const ALIKE = 0.4;

const LETTERS = { ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe' };
/** As `language/fold.rs` does. */
export const fold = (word) => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[łøđßæœ]/g, (letter) => LETTERS[letter]);
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Whether one letter more, less or other, or two that changed places, make one word of the other. */
export function near(a, b) {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [left, right] = [a.length - start - end, b.length - start - end];
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

const reversed = (word) => [...word].reverse().join('');
const common = (a, b) => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
};

/** What a list of postings says: [document, impact, passage]. */
function* postings(text) {
  let at = 0;
  let document = -1;
  const number = () => {
    for (let [value, unit] = [0, 1]; ; unit *= 32) {
      const digit = DIGITS.indexOf(text[at++]);
      value += (digit % 32) * unit;
      if (digit < 32) return value;
    }
  };
  while (at < text.length) {
    document += 1 + number();
    const impact = (DIGITS.indexOf(text[at++]) / 63) ** 2;
    yield [document, impact, number()];
  }
}

/** Opens the index in a folder; `load` gives the JSON of an address. */
export async function open(folder, load = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(address))))) {
  const root = await load(`${folder}index.json`);
  const kept = new Map();
  const file = (name) => {
    const address = `${folder}${name}?${root.set}`;
    if (!kept.has(address)) kept.set(address, load(address).catch((error) => (kept.delete(address), Promise.reject(error))));
    return kept.get(address);
  };
  /** The files whose words may begin so. */
  const holding = (ranges, start, name) =>
    Promise.all(ranges.flatMap(([first, last], n) => (first.slice(0, start.length) <= start && start <= last.slice(0, start.length) ? [n] : [])).slice(0, FILES).map((n) => file(`${name}/${n}.json`)));

  /** Stems with forms that begin so: [forms, postings]. */
  async function stems(start) {
    const found = [];
    for (const shard of await holding(root.words, start, 'w')) {
      for (let at = 0; at < shard.length; at += 2) {
        const [stem, rests] = shard[at].split('|');
        const forms = rests === undefined ? [stem] : rests.split(',').map((rest) => stem + rest);
        if (forms.some((form) => form.startsWith(start))) found.push([forms, shard[at + 1]]);
      }
    }
    return found;
  }
  const having = (found, holds) => found.filter(([forms]) => forms.some(holds));

  /** The stems of a word, as well as it is known: [[stem, what it counts]]. `open`: whether more of it may follow. */
  async function meant(word, isOpen) {
    const short = word.length < 4 || /\d/.test(word);
    const begun = await stems(word);
    const whole = having(begun, (form) => form === word);
    if (whole.length) return whole.map((stem) => [stem, WHOLE]);
    if (begun.length && (isOpen || !short)) return begun.map((stem) => [stem, BEGINS]);
    if (short) return [];
    // One mistake leaves one half of a word as it is, unless it is the two letters in the middle that changed places.
    const half = Math.floor(word.length / 2);
    const middle = word.length - half;
    const first = await stems(word.slice(0, middle));
    const swapped = word.slice(0, middle - 1) + word[middle] + word[middle - 1] + word.slice(middle + 1);
    const close = [...having(first, (form) => near(form, word)), ...having(await stems(swapped), (form) => form === swapped)];
    const end = reversed(word).slice(0, half);
    const ends = (await holding(root.ends, end, 'e')).flat().filter((form) => form.startsWith(end)).map(reversed);
    const forms = ends.filter((form) => near(form, word) && !close.some(([known]) => known.includes(form)));
    for (const form of forms.slice(0, FILES)) {
      for (const stem of having(await stems(form), (other) => other === form)) if (!close.some(([, list]) => list === stem[1])) close.push(stem);
    }
    if (close.length) return close.map((stem) => [stem, NEAR]);
    // A form that the site does not use: what has most of its beginning.
    let longest = Math.max(4, Math.ceil(word.length * 0.6));
    let alike = [];
    for (const stem of first) {
      const length = Math.max(...stem[0].map((form) => (form.length - common(form, word) <= 3 ? common(form, word) : 0)));
      if (length > longest) [longest, alike] = [length, []];
      if (length === longest) alike.push(stem);
    }
    return alike.map((stem) => [stem, ALIKE]);
  }

  /** Stems with their postings; of long ones, which have a file each, those of the shortest forms. */
  async function listed(stems) {
    const isLong = ([[, list]]) => list.startsWith('.');
    const long = stems.filter(isLong).sort(([[a]], [[b]]) => a[0].length - b[0].length).slice(0, FILES);
    const rest = stems.filter((stem) => !isLong(stem));
    return [...rest, ...(await Promise.all(long.map(async ([[forms, list], counts]) => [[forms, await file(`p/${list.slice(1)}.json`)], counts])))];
  }

  /** Documents stand kind by kind. */
  const kindOf = (document) => {
    let end = 0;
    for (const [kind, count] of root.kinds) if (document < (end += count)) return kind;
    return '';
  };

  async function search(query, { kind = '', from = 0, many = 10 } = {}) {
    const asked = [...new Set((query.match(WORD) ?? []).map(fold))].slice(0, 12);
    // Of a longer question the shortest words choose nothing, and fetching them costs as much as the others.
    const long = asked.filter((word) => word.length > 2);
    const words = long.length > 2 ? long : asked;
    const isOpen = /[\p{L}\p{N}]$/u.test(query);
    const known = await Promise.all(words.map((word, at) => meant(word, isOpen && at === words.length - 1)));
    const lists = await Promise.all(known.map((stems) => listed(stems)));
    const looked = new Set();
    const documents = new Map();
    let all = 0;
    lists.forEach((stems, word) => {
      const best = new Map();
      let most = stems.length ? 0 : 0.1;
      for (const [[forms, list], counts] of stems) {
        for (const form of forms) looked.add(form);
        for (const [document, impact, passage] of postings(list)) {
          most = Math.max(most, impact);
          const value = impact * counts;
          if (!(best.get(document)?.value >= value)) best.set(document, { value, passage, impact });
        }
      }
      all += most;
      for (const [document, { value, passage }] of best) {
        const sum = documents.get(document) ?? { score: 0, weight: 0, passages: [] };
        sum.score += value;
        sum.weight += most;
        sum.passages.push([value, passage]);
        documents.set(document, sum);
      }
    });
    const kinds = {};
    const ranked = [];
    const enough = Math.max(...[...documents.values()].map(({ weight }) => weight)) / 2;
    for (const [document, { score, weight, passages }] of documents) {
      if (weight < enough) continue;
      const own = kindOf(document);
      kinds[own] = (kinds[own] ?? 0) + 1;
      // A document that has all that was asked for comes before one that has much of a part of it.
      passages.sort(([a, first], [b, second]) => (second > 0) - (first > 0) || b - a);
      if (!kind || own === kind) ranked.push({ document, score: score * (weight / all) ** 2, passage: passages[0][1] });
    }
    ranked.sort((a, b) => b.score - a.score || a.document - b.document);
    const marked = (text) => {
      const parts = [];
      let at = 0;
      for (const { 0: word, index } of text.matchAll(WORD)) {
        if (!looked.has(fold(word))) continue;
        if (index > at) parts.push([text.slice(at, index), false]);
        parts.push([word, true]);
        at = index + word.length;
      }
      if (at < text.length) parts.push([text.slice(at), false]);
      return parts;
    };
    const result = async ({ document, passage }) => {
      const { s, u, t, k, p } = await file(`t/${document}-${Math.floor(passage / GROUP)}.json`);
      if (s !== root.set) throw new Error('the index has changed');
      return { url: root.base + u, title: marked(t), kind: k, text: marked(snippet(p, passage % GROUP, looked)) };
    };
    return { total: ranked.length, kinds, results: await Promise.all(ranked.slice(from, from + many).map(result)) };
  }
  return { search, kinds: root.kinds };
}

/** Some words around those that were looked for; what is short goes on into what follows. */
function snippet(passages, at, looked) {
  let text = passages[at];
  for (let next = at + 1; text.length < SHOWN / 2 && next < passages.length; next += 1) text += ` – ${passages[next]}`;
  const first = [...text.matchAll(WORD)].find(({ 0: word }) => looked.has(fold(word)))?.index ?? 0;
  let start = first + SHOWN / 2 > text.length ? text.length - SHOWN : first - SHOWN / 2;
  start = start <= 20 ? 0 : text.indexOf(' ', start) + 1;
  let end = start + SHOWN * 1.25;
  end = end >= text.length ? text.length : text.lastIndexOf(' ', end);
  return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`;
}
