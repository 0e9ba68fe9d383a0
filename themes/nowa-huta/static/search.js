// The search page: asks the index as you type, keeps words and choice in the address. What finds is huta's `search/reader.js`.
const root = document.querySelector('.search');
const { reader, index: folder } = root.dataset;
const form = root.querySelector('form');
const [field] = form.elements;
const kinds = root.querySelector('.kinds');
const says = root.querySelector('.search-says');
const list = root.querySelector('.results');
const more = root.querySelector('.more');
const pattern = root.querySelector('template').content.firstElementChild;
const rest = document.querySelector('.index');
const names = new Map([...kinds.querySelectorAll('label')].map((label) => [label.firstElementChild.value, label]));
const plural = new Intl.PluralRules(document.documentElement.lang);
const MANY = 8;
const PAUSE = 150; // milliseconds after which somebody who types has stopped
const LONGEST = 200; // characters

let opened;
const open = () => (opened ??= import(reader).then((module) => module.open(folder)).catch((error) => {
  opened = undefined;
  throw error;
}));

/** Texts with marks, as the index gives them. */
const fill = (node, parts) => node.replaceChildren(...parts.map(([text, isMarked]) => {
  if (!isMarked) return text;
  const mark = document.createElement('mark');
  mark.textContent = text;
  return mark;
}));
const item = ({ url, title, kind, text }) => {
  const node = pattern.cloneNode(true);
  const [what, link, around] = node.querySelectorAll('.what, a, .around');
  what.textContent = names.get(kind)?.childNodes[1].data.trim() ?? '';
  link.href = url;
  fill(link, title);
  fill(around, text);
  return node;
};
const say = (text) => says.textContent !== text && (says.textContent = text);

const query = () => field.value.trim().slice(0, LONGEST);
const ALL = 'all';
const chosen = () => kinds.querySelector(':checked').value.replace(ALL, '');
let turn = 0;

async function find(from = 0) {
  const own = ++turn;
  const text = query();
  if (!text) return clear();
  try {
    const index = await open();
    const found = await index.search(text, { kind: chosen(), from, many: MANY });
    if (own !== turn) return;
    show(found, from);
  } catch {
    // An index that was changed meanwhile is opened anew next time.
    opened = undefined;
    if (own === turn) say(says.dataset.lost);
  }
}

function show({ total, kinds: counts, results }, from) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  for (const [kind, label] of names) {
    const count = kind === ALL ? all : counts[kind] ?? 0;
    label.hidden = !count && !label.firstElementChild.checked;
    label.lastElementChild.textContent = count;
  }
  kinds.hidden = !all;
  rest.hidden = true;
  if (from) list.append(...results.map(item));
  else list.replaceChildren(...results.map(item));
  list.hidden = !list.childElementCount;
  more.hidden = list.childElementCount >= total;
  say(total ? says.dataset[plural.select(total)].replace(/\d+/, total) : says.dataset.none);
  if (from) list.children[from]?.querySelector('a').focus();
}

function clear() {
  list.replaceChildren();
  list.hidden = more.hidden = kinds.hidden = true;
  rest.hidden = false;
  say('');
}

function write() {
  const address = new URL(location.href);
  address.search = new URLSearchParams(Object.entries({ q: query(), kind: query() && chosen() }).filter(([, value]) => value));
  if (address.href !== location.href) history.replaceState(null, '', address);
}

function read() {
  const asked = new URLSearchParams(location.search);
  field.value = (asked.get('q') ?? '').slice(0, LONGEST);
  const kind = names.get(asked.get('kind')) ?? names.get(ALL);
  kind.firstElementChild.checked = true;
  find();
}

let pause;
field.addEventListener('focus', () => open().catch(() => {}), { once: true });
field.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(() => (write(), find()), PAUSE);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(pause);
  write();
  find();
});
kinds.addEventListener('change', () => (write(), find()));
more.addEventListener('click', () => find(list.childElementCount));
addEventListener('popstate', read);
read();
