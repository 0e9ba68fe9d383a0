// Brings the open page to what the server has now without loading it again, where that is safe: loading takes a browser
// several times as long as huta takes to make the page. The old text of the page, the new one and the page itself are walked
// side by side. Whatever scripts of the page may have taken hold of makes it give up.

/** What plain text is made of: no script waits for it. */
const PLAIN = new Set('P A EM STRONG B I CODE PRE Q SMALL SUB SUP ABBR SPAN BR HR UL OL LI DL DT DD BLOCKQUOTE H2 H3 H4 H5 H6 TABLE THEAD TBODY TR TH TD'.split(' '));
const ATTRIBUTES = new Set('data-huta-at href hreflang id lang rel title scope start colspan rowspan'.split(' '));

/** What huta itself put into a page. */
const isOurs = (node) => node.nodeType === 1 && (node.id === 'huta-errors' || node.localName === 'huta-panel' || node.getAttribute('src')?.startsWith('/__huta/'));
const kids = (node) => [...node.childNodes].filter((child) => !isOurs(child));
const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

/** A node without the lines that its blocks come from. */
const text = (node) => (node.nodeType === 1 ? node.outerHTML.replace(/ data-huta-at="[^"]*"/g, '') : `${node.nodeType} ${node.data}`);
const isPlain = (node) =>
  node.nodeType === 3 || node.nodeType === 8 ||
  (node.nodeType === 1 && PLAIN.has(node.tagName) && [...node.attributes].every(({ name }) => ATTRIBUTES.has(name)) && [...node.childNodes].every(isPlain));

/** The steps of several pairs of nodes; nothing when one of them has none. */
const planAll = (pairs) => {
  const steps = [];
  for (const pair of pairs) {
    const more = plan(...pair);
    if (!more) return undefined;
    steps.push(...more);
  }
  return steps;
};

/** The steps that bring a node of the page from what it was to what it is to be; nothing when the page must be loaded again. */
const plan = (before, after, page) => {
  if (before.isEqualNode(after)) return [];
  if (before.nodeType !== after.nodeType || before.nodeType !== page.nodeType) return undefined;
  if (before.nodeType === 3) return page.data === before.data ? [() => (page.data = after.data)] : undefined;
  if (before.nodeType !== 1 || before.tagName !== after.tagName || before.tagName !== page.tagName) return undefined;
  const steps = [];
  for (const name of new Set([...before.getAttributeNames(), ...after.getAttributeNames()])) {
    const value = after.getAttribute(name);
    if (value === before.getAttribute(name)) continue;
    if (name !== 'data-huta-at') return undefined;
    steps.push(() => (value === null ? page.removeAttribute(name) : page.setAttribute(name, value)));
  }
  const [old, fresh, live] = [before, after, page].map(kids);
  if (old.length !== live.length) return undefined;
  const [olds, freshs] = [old, fresh].map((list) => list.map(text));
  const shorter = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < shorter && olds[start] === freshs[start]) start += 1;
  let end = 0;
  while (end < shorter - start && olds.at(-1 - end) === freshs.at(-1 - end)) end += 1;
  const kept = [];
  for (let at = 0; at < start; at += 1) kept.push([old[at], fresh[at], live[at]]);
  for (let at = 1; at <= end; at += 1) kept.push([old.at(-at), fresh.at(-at), live.at(-at)]);
  const middle = (list) => list.slice(start, list.length - end);
  const [gone, come, leaving] = [old, fresh, live].map(middle);
  const around = planAll(kept);
  // As many as before: each may be what it was with something else in it.
  const within = gone.length === come.length ? planAll(gone.map((node, at) => [node, come[at], leaving[at]])) : undefined;
  if (!around) return undefined;
  if (within) return [...steps, ...around, ...within];
  if (![...gone, ...come].every(isPlain)) return undefined;
  const next = live[live.length - end] ?? null;
  return [...steps, ...around, () => {
    for (const node of leaving) node.remove();
    for (const node of come) page.insertBefore(document.importNode(node, true), next);
  }];
};

/** Does it; false, with nothing done, when the page must be loaded again. Head and body are walked; `html` bears no text. */
const patch = (before, after) => {
  const [old, fresh] = [before, after].map(parse);
  if (old.documentElement.lang !== fresh.documentElement.lang) return false;
  // Titles are text; everything else in a head is for a page that is loaded.
  const title = fresh.title;
  for (const page of [old, fresh]) page.title = '';
  if (!old.head.isEqualNode(fresh.head)) return false;
  const steps = plan(old.body, fresh.body, document.body);
  if (!steps) return false;
  for (const step of steps) step();
  if (document.title !== title) document.title = title;
  return true;
};
