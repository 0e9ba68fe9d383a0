// The panel of `huta serve`: loads the page again when it has changed, says what is wrong with it, and tells which file and
// line a block of it comes from. It lives in a shadow root outside of the body, so that the page is as it will be published.
(() => {
  const PLACE = 'huta-place';
  const CLOSED = 'huta-closed';
  const EDIT = 'huta-edit';
  const BLOCK = '[data-huta-at]';
  let version = document.currentScript.dataset.version;
  const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));
  /** Some browsers forbid to keep anything; then nothing is kept. */
  const kept = (key) => {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const keep = (key, value) => {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
    } catch {
      /* Nothing is kept. */
    }
  };

  // ── The same place after loading again ─────────────────────────────────────────────────────────────────────────────────

  const reload = () => {
    keep(PLACE, JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  };
  const [path, left, top] = JSON.parse(kept(PLACE) ?? '[]');
  keep(PLACE, null);
  if (path === location.pathname) {
    const back = () => scrollTo({ left, top, behavior: 'instant' });
    back();
    // What is loaded later may have moved everything; whoever has scrolled since is left alone.
    let moved = false;
    for (const kind of ['wheel', 'touchstart', 'keydown', 'pointerdown']) {
      addEventListener(kind, () => (moved = true), { once: true, passive: true });
    }
    if (document.readyState !== 'complete') addEventListener('load', () => moved || back(), { once: true });
  }

  // ── What is new in place ──────────────────────────────────────────────────────────────────────────────────────────────

  const patch = (() => {
    // The server puts the text of the file here.
    // patch.js
    return patch;
  })();

  /** The page as it came from the server; nothing when that is not known any more. */
  let html;
  const read = async () => {
    const answer = await fetch(location.href, { cache: 'no-store' });
    return answer.ok ? answer.text() : undefined;
  };
  /** Changes what has changed; false when the page must be loaded again. */
  const renew = async () => {
    const fresh = html && (await read());
    if (!fresh || !patch(html, fresh)) return false;
    html = fresh;
    return true;
  };

  const remember = async () => {
    const now = await read().catch(() => undefined);
    if (now?.includes(`data-version="${version}"`)) html = now;
  };
  if (document.readyState === 'complete') remember();
  else addEventListener('load', remember, { once: true });

  // ── What is new ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The path of a file of this site; of other addresses nothing. */
  const own = (address) => {
    try {
      const { origin, pathname } = new URL(address, location.href);
      return origin === location.origin ? decodeURIComponent(pathname).slice(1) : undefined;
    } catch {
      return undefined;
    }
  };

  /** Puts new style sheets in place of the old ones, each as soon as it is there. */
  const swap = (links) => {
    for (const link of links) {
      const address = new URL(link.href);
      address.searchParams.set('h', version);
      const fresh = link.cloneNode();
      fresh.href = address;
      fresh.onload = fresh.onerror = () => link.remove();
      link.after(fresh);
    }
  };

  /** Shows what is new; true when the page must be loaded again. */
  const take = async (news) => {
    const files = new Set(news.files);
    const links = [...document.querySelectorAll('link[rel~=stylesheet][href]')].filter((link) => files.has(own(link.href)));
    const swapped = new Set(links.map((link) => own(link.href)));
    const loaded = performance.getEntriesByType('resource').map((entry) => own(entry.name));
    if (loaded.some((file) => files.has(file) && !swapped.has(file))) return true;
    if (news.page && !(await renew())) return true;
    version = String(news.version);
    swap(links);
    showErrors(news.overlay);
    show(news.panel);
    return false;
  };

  const listen = async () => {
    for (let wait = false; ; ) {
      try {
        const asked = new URLSearchParams({ path: location.pathname, after: version, wait });
        const answer = await fetch(`/__huta/news?${asked}`, { cache: 'no-store' });
        if (!answer.ok) throw new Error(answer.status);
        if (await take(await answer.json())) return reload();
        wait = true;
        away(false);
      } catch {
        away(true);
        await sleep(1000);
      }
    }
  };

  // ── Errors over the page ───────────────────────────────────────────────────────────────────────────────────────────────

  const errors = () => document.getElementById('huta-errors');
  const closeErrors = () => {
    keep(CLOSED, errors().textContent);
    errors().remove();
  };
  const readyErrors = () => {
    if (!errors()) return;
    if (errors().textContent === kept(CLOSED)) errors().remove();
    else errors().querySelector('button').onclick = closeErrors;
  };
  const showErrors = (html) => {
    if (!html) keep(CLOSED, null);
    const made = document.createElement('template');
    made.innerHTML = html;
    if (made.content.textContent === (errors()?.textContent ?? '')) return;
    errors()?.remove();
    document.body.append(made.content);
    readyErrors();
  };

  // ── The panel ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  const host = document.createElement('huta-panel');
  host.style.cssText = 'all: initial !important; position: fixed !important; inset: 0 !important; z-index: 2147483646 !important; pointer-events: none !important;';
  const root = host.attachShadow({ mode: 'open' });
  const style = new CSSStyleSheet();
  // The server puts the text of the file in place of its name.
  style.replaceSync('panel.css');
  root.adoptedStyleSheets = [style];
  root.innerHTML = `<div class="outline" hidden></div>
    <section class="corner" hidden><div class="card" id="card" hidden></div>
    <div class="bar"><button type="button" class="edit" aria-pressed="false">✎</button><button type="button" class="count" aria-expanded="false" aria-controls="card"></button></div></section>`;
  const part = (name) => root.querySelector(`.${name}`);
  const [outline, corner, card, edit, count] = ['outline', 'corner', 'card', 'edit', 'count'].map(part);
  let state;
  /** The block that was clicked. */
  let chosen;

  const element = (name, content, attributes = {}) => {
    const made = document.createElement(name);
    Object.assign(made, attributes);
    made.append(...[content].flat().filter((piece) => piece !== undefined && piece !== null));
    return made;
  };
  const editor = (file, line, column) =>
    `vscode://file/${encodeURI(`${state.root}/${file}`.replaceAll('\\', '/').replace(/^(\/\/\?)?\//, '')).replace(/[?#]/g, encodeURIComponent)}:${line || 1}${column ? `:${column}` : ''}`;
  const link = (file, line, column) =>
    element('a', [file, line, column].filter(Boolean).join(':'), { href: editor(file, line, column), title: state.words.open });

  const show = (panel) => {
    state = panel;
    const { words, list } = state;
    corner.lang = state.lang;
    corner.setAttribute('aria-label', words.title);
    const counts = [['error', '✕', words.errors], ['warning', '!', words.warnings], ['hint', 'i', words.hints]]
      .map(([severity, sign, name]) => ({ severity, sign, name, count: list.filter((item) => item.severity === severity).length }))
      .filter(({ count }) => count > 0);
    count.replaceChildren(
      ...(counts.length ? counts.map((of) => element('span', `${of.sign} ${of.count}`, { className: of.severity })) : ['✓']),
    );
    const said = counts.map((of) => `${of.name}: ${of.count}`).join(', ') || words.fine;
    count.ariaLabel = `${words.title}: ${said}`;
    count.title = count.ariaLabel;
    edit.ariaLabel = words.edit;
    edit.title = words.edit;
    corner.hidden = false;
    fill();
  };

  const fill = () => {
    const { words, list, file, others } = state;
    const items = list.map((item) =>
      element('li', [
        element('p', [element('strong', `${item.name} `), element('span', item.message)]),
        element('p', link(item.file, item.line, item.column), { className: 'place' }),
        item.help && element('p', item.help, { className: 'help' }),
      ], { className: item.severity }),
    );
    card.replaceChildren(...[
      element('h2', [words.title, ' ', file && link(file)]),
      chosen && element('p', [link(chosen.file, chosen.line), ' ', element('span', chosen.said, { className: 'said' })], { className: 'chosen', role: 'status' }),
      isEditing() && element('p', words.click),
      items.length ? element('ul', items) : element('p', words.fine),
      others > 0 && element('p', `${words.others}: ${others}`, { className: 'others' }),
    ].filter(Boolean));
  };

  const open = (isOpen) => {
    card.hidden = !isOpen;
    count.ariaExpanded = String(isOpen);
  };
  count.onclick = () => open(card.hidden);

  /** The server does not answer. */
  const away = (isAway) => {
    if (!state || corner.classList.contains('away') === isAway) return;
    corner.classList.toggle('away', isAway);
    if (isAway) count.title = state.words.gone;
    else show(state);
  };

  // ── Which file and line ────────────────────────────────────────────────────────────────────────────────────────────────

  const isEditing = () => edit.ariaPressed === 'true';
  const draw = (block) => {
    outline.hidden = !block;
    if (!block) return;
    const box = block.getBoundingClientRect();
    outline.style.cssText = `left: ${box.left}px; top: ${box.top}px; width: ${box.width}px; height: ${box.height}px`;
  };
  const setEditing = (isOn) => {
    edit.ariaPressed = String(isOn);
    keep(EDIT, isOn ? '1' : null);
    chosen = undefined;
    draw();
    if (state) fill();
  };
  edit.onclick = () => {
    setEditing(!isEditing());
    open(isEditing());
  };

  const isOurs = (event) => event.composedPath().includes(host);
  const blockOf = (event) => event.target.closest?.(BLOCK);
  document.addEventListener('mouseover', (event) => isEditing() && !isOurs(event) && draw(blockOf(event)));
  for (const kind of ['scroll', 'resize']) addEventListener(kind, () => draw(), { passive: true });
  document.addEventListener('click', async (event) => {
    // With a key held down links stay links.
    if (!isEditing() || isOurs(event) || event.button || event.ctrlKey || event.metaKey || event.target.closest?.('#huta-errors')) return;
    event.preventDefault();
    event.stopPropagation();
    const block = blockOf(event);
    draw(block);
    const at = block?.dataset.hutaAt;
    const file = at?.slice(0, at.lastIndexOf(':')) ?? state?.file;
    if (!state || !file) return;
    chosen = at ? { file, line: Number(at.slice(file.length + 1)), said: '' } : { file, said: state.words.nowhere };
    open(true);
    fill();
    if (!at) return;
    try {
      await navigator.clipboard.writeText(at);
      chosen.said = state.words.copied;
      fill();
    } catch {
      // Not allowed here: the place can be read.
    }
  }, true);

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const [target] = event.composedPath();
    const isText = target.isContentEditable || /^(input|textarea|select)$/i.test(target.localName ?? '');
    if (event.key.toLowerCase() === 'e' && !isText && state) edit.click();
    if (event.key !== 'Escape') return;
    if (!card.hidden) {
      if (root.activeElement && root.activeElement !== edit) count.focus();
      open(false);
    } else if (isEditing()) setEditing(false);
    else if (errors()) closeErrors();
  });

  document.documentElement.append(host);
  readyErrors();
  if (kept(EDIT)) setEditing(true);
  listen();
})();
