// Shows what readers have saved when there is no network. It saves nothing itself, and with a network it only looks on.
const PREFIX = `huta ${registration.scope} `;
const LIST = `${registration.scope}offline.json`;
const KINDS = ['document', 'style', 'script', 'image', 'font', 'manifest'];
// Seconds that a network has which is there in name only. On the machine of whoever builds the guide a page may take longer.
const PATIENCE = /^(localhost|127\.|\[::1)/.test(location.hostname) ? Infinity : 5;

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const { method, url, destination } = event.request;
  if (method !== 'GET' || !url.startsWith(registration.scope) || !KINDS.includes(destination)) return;
  event.respondWith(answer(event.request));
});

async function answer(request) {
  const network = fetch(request);
  try {
    if (PATIENCE === Infinity) return await network;
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE * 1000));
    return (await Promise.race([network, late])) ?? (await find(request.url)) ?? (await network);
  } catch {
    const page = request.mode === 'navigate';
    return (await find(request.url)) ?? (page && (await shelf(request.url))) ?? Response.error();
  }
}

/** Saved things: the store of each, and the list of what is in it, which is put there last. */
async function* saved() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const store = await caches.open(name);
    const list = await store.match(LIST).then((kept) => kept?.json());
    if (list) yield { store, list };
  }
}

async function find(url) {
  const { pathname } = new URL(url);
  for await (const { store, list } of saved()) {
    // One version of a picture stands for all of them.
    const file = list.files.find((file) => file.url === pathname || file.also?.includes(pathname));
    const kept = file && (await store.match(file.url));
    if (kept) return kept;
  }
}

/** Instead of a page that is not saved: the page that says so, in the language of the address. */
async function shelf(url) {
  const { pathname } = new URL(url);
  for await (const { store, list } of saved()) {
    const folder = (address) => address.replace(/[^/]+\/$/, '');
    const fits = Object.values(list.shelf).filter((address) => pathname.startsWith(folder(address)));
    const nearest = fits.sort((a, b) => b.length - a.length).sort((a, b) => folder(b).length - folder(a).length)[0];
    const kept = nearest && (await store.match(nearest));
    if (kept) return kept;
  }
}
