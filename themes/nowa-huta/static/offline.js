// Saving things to read them without a network: on the page of a thing, and on the page that shows all that is saved.
// Nothing is stored, and no worker registered, before somebody asks for it.
const root = document.querySelector('[data-offline]');
const { scope, worker, locale } = root.dataset;
const PREFIX = `huta ${scope} `;
const FILE = 'offline.json';
const LIST = `${scope}${FILE}`; // where a store keeps its own list
const words = JSON.parse(root.dataset.words);
const say = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words[key]);
const size = (bytes) => `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(Math.max(bytes / 1e6, 0.1))} MB`;
const day = (time) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(time);
const can = 'caches' in window && 'serviceWorker' in navigator && 'locks' in navigator;

/** Everything that is saved whole; what is not, and nobody is saving, goes. */
async function saved() {
  const found = [];
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const list = await (await caches.open(name)).match(LIST).then((kept) => kept?.json());
    if (list) found.push({ name, list });
    else await navigator.locks.request(PREFIX, { ifAvailable: true }, (free) => free && caches.delete(name));
  }
  return found;
}

async function fetchList(address) {
  const answer = await fetch(address, { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The bytes of a file, which must be those that the list was made of: a hotel's door page is not the guide. */
async function download(file, signal) {
  const answer = await fetch(file.url, { cache: 'no-cache', signal });
  const bytes = await answer.arrayBuffer();
  const hash = hex(await crypto.subtle.digest('SHA-256', bytes)).slice(0, file.hash.length);
  if (!answer.ok || hash !== file.hash) throw new Error(`${file.url} is not what it should be`);
  const headers = new Headers(answer.headers);
  for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  return new Response(bytes, { headers });
}

/** Saves all that a list names, or nothing. What was saved before and has not changed is not fetched again. */
function save(list, tell, signal) {
  return navigator.locks.request(PREFIX, async () => {
    const before = (await caches.keys()).filter((name) => name.startsWith(`${PREFIX}${list.id} `));
    const name = `${PREFIX}${list.id} ${list.version} ${Date.now()}`;
    const { usage = 0, quota = Infinity } = (await navigator.storage?.estimate?.()) ?? {};
    if (quota - usage < list.bytes) throw new DOMException('no room', 'QuotaExceededError');
    try {
      await navigator.serviceWorker.register(worker, { scope });
      const store = await caches.open(name);
      const kept = await old(before);
      const left = [...list.files];
      let done = 0;
      const take = async () => {
        for (let file = left.pop(); file; file = left.pop()) {
          signal.throwIfAborted();
          await store.put(file.url, (await kept(file)) ?? (await download(file, signal)));
          tell((done += file.bytes) / list.bytes);
        }
      };
      // Whoever is still at a file ends with it before anything is said.
      const ended = await Promise.allSettled([take(), take(), take()].map((one) => one.finally(() => (left.length = 0))));
      for (const { reason } of ended) if (reason) throw reason;
      await store.put(LIST, new Response(JSON.stringify({ ...list, time: Date.now() })));
    } catch (error) {
      await caches.delete(name);
      await leave();
      throw error;
    }
    for (const other of before) await caches.delete(other);
  });
}

async function old(names) {
  const stores = await Promise.all(names.map((name) => caches.open(name)));
  const lists = await Promise.all(stores.map((store) => store.match(LIST).then((kept) => kept?.json())));
  return async (file) => {
    for (const [at, list] of lists.entries()) {
      const same = list?.files.find(({ url, hash }) => url === file.url && hash === file.hash);
      const kept = same && (await stores[at].match(file.url));
      if (kept) return kept;
    }
  };
}

/** Without anything saved there is nothing for the worker to do. */
async function leave() {
  if ((await caches.keys()).some((name) => name.startsWith(PREFIX))) return;
  const registration = await navigator.serviceWorker.getRegistration(scope);
  await registration?.unregister();
}

async function remove(name) {
  await caches.delete(name);
  await leave();
}

/** Buttons, a line that is read out, and a bar, for one thing. `address` is that of its list. */
function panel(box, address, removed) {
  // In the page of a thing they are there from the start, so that nothing moves.
  const make = (name) => box.querySelector(`:scope > ${name}`) ?? box.appendChild(document.createElement(name));
  const [line, bar, buttons] = ['p', 'progress', 'div'].map(make);
  line.setAttribute('role', 'status');
  bar.setAttribute('aria-label', words.saving);
  bar.hidden = true;
  buttons.className = 'offline-does';
  let list;
  let abort;

  /** Shows a text and buttons. They are the same elements with other words, so the focus stays where it is. */
  function show(text, does = []) {
    const had = buttons.contains(document.activeElement);
    if (line.textContent !== text) line.textContent = text;
    bar.hidden = true;
    while (buttons.children.length > does.length) buttons.lastElementChild.remove();
    for (const [at, [key, act]] of does.entries()) {
      const button = buttons.children[at] ?? buttons.appendChild(Object.assign(document.createElement('button'), { type: 'button', className: 'button' }));
      button.textContent = words[key];
      if (removed) button.setAttribute('aria-label', `${words[key]}: ${box.dataset.title}`);
      button.onclick = act;
    }
    if (had && !buttons.contains(document.activeElement)) buttons.firstElementChild?.focus();
  }

  const failed = (error) => {
    const why = { QuotaExceededError: 'full', SecurityError: 'refused', NotAllowedError: 'refused', AbortError: 'stopped' }[error.name];
    show(say(why ?? 'failed'), why === 'refused' ? [] : [['again', ask]]);
  };

  async function ask() {
    try {
      list = await fetchList(address);
      show(say('costs', { size: size(list.bytes) }), [['save', start], ['cancel', begin]]);
    } catch (error) {
      failed(error);
    }
  }

  async function start() {
    abort = new AbortController();
    show(say('saving'), [['stop', () => abort.abort(new DOMException('stopped', 'AbortError'))]]);
    bar.hidden = false;
    bar.value = 0;
    let told = 0;
    const tell = (part) => {
      bar.value = part;
      // Read out in quarters: more would not let anybody think.
      if (part < 1 && part >= told + 0.25) line.textContent = say('percent', { n: Math.round((told = Math.floor(part * 4) / 4) * 100) });
    };
    try {
      await save(list, tell, abort.signal);
      await begin();
    } catch (error) {
      failed(error);
    }
  }

  async function begin() {
    const mine = (await saved()).find((thing) => Object.values(thing.list.pages).some((page) => `${page}${FILE}` === address));
    if (!mine) return removed ? removed() : show(say('offer'), [['ask', ask]]);
    const about = say('kept', { size: size(mine.list.bytes), day: day(mine.list.time) });
    const forget = ['remove', () => remove(mine.name).then(begin, failed)];
    show(about, [forget]);
    const now = await fetchList(address).catch(() => undefined);
    if (!now || now.version === mine.list.version) return;
    list = now;
    show(`${about} ${say('changed')}`, [['update', start], forget]);
  }

  return begin().catch(failed);
}

/** The page of all that is saved; it stands in for pages that are not, too. */
async function shelf(place) {
  const own = new URL(root.dataset.own).pathname;
  const stranger = location.pathname !== own;
  for (const part of document.querySelectorAll('[data-lost]')) part.hidden = (part.dataset.lost === 'yes') !== stranger;
  if (stranger) document.title = document.querySelector('[data-lost=yes]').textContent;
  const none = root.querySelector('.offline-none');
  const things = await saved();
  const rows = things.map(({ list }) => {
    const row = document.createElement('li');
    const link = row.appendChild(document.createElement('a'));
    const lang = list.pages[locale] ? locale : Object.keys(list.pages)[0];
    Object.assign(link, { href: list.pages[lang], textContent: list.title[lang], lang });
    row.dataset.title = list.title[lang];
    panel(row, `${list.pages[lang]}${FILE}`, () => {
      row.remove();
      none.hidden = place.children.length > 0;
      document.querySelector('main').focus();
    });
    return row;
  });
  place.append(...rows);
  none.hidden = rows.length > 0;
}

const refuse = () => {
  root.textContent = words.refused;
};
if (!can) refuse();
else if (root.dataset.offline === 'shelf') shelf(root.querySelector('ul')).catch(refuse);
else panel(root.querySelector('.offline-box'), new URL(root.dataset.offline).pathname);
