// What people with other eyes or hands would lose in a page: text that is cut off or covered, an order that the eye does not
// follow, things that vanish when a system takes over the colours.

/** Runs in the page: puts the measures there as `window.wcag`. */
export function measure() {
  const NOT_READ = 'script, style, template, svg, iframe, dialog:not([open]), [popover]:not(:popover-open)';
  const SLACK = 2; // px: what no eye sees
  const LETTERS = 0.3; // of the size of letters: half of what a line of them surely covers

  // What is laid out only when somebody comes near has no places until then: it is put as it will be seen.
  for (const e of document.body.querySelectorAll('*')) {
    if (getComputedStyle(e).contentVisibility === 'auto') Object.assign(e.style, { contain: 'layout style paint', contentVisibility: 'visible' });
  }

  const short = (text) => text.trim().replace(/\s+/g, ' ').slice(0, 50);
  const isShown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  // What an element hides of its contents: nothing, what reaches past an edge, or all (a box of one pixel, for screen readers).
  const kept = new Map();
  const clips = (e) => {
    if (!kept.has(e)) {
      const { overflowX, overflowY, clipPath } = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      const hides = (way) => way === 'hidden' || way === 'clip';
      const all = hides(overflowX) && hides(overflowY) && box.width <= 1 && box.height <= 1;
      const scrolls = (way) => way === 'auto' || way === 'scroll';
      kept.set(e, { box, all: all || clipPath === 'inset(50%)', x: hides(overflowX), y: hides(overflowY), rollsX: scrolls(overflowX), rollsY: scrolls(overflowY) });
    }
    return kept.get(e);
  };
  const parents = (e) => {
    const found = [];
    for (let at = e; at && at !== document.body; at = at.parentElement) found.push(at);
    return found;
  };

  /** Pieces of text that eyes can read: where each line of them is. */
  function texts(root = document.body) {
    kept.clear();
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement: e } = walker.currentNode;
      if (!data.trim() || e.closest(NOT_READ) || !isShown(e)) continue;
      const around = parents(e);
      if (around.some((parent) => clips(parent).all)) continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const size = parseFloat(getComputedStyle(e).fontSize);
      const lines = [...range.getClientRects()].filter(({ width }) => width > SLACK).map(({ left, right, top, bottom }) => {
        const middle = (top + bottom) / 2;
        return { left, right, top: middle - size * LETTERS, bottom: middle + size * LETTERS };
      });
      if (lines.length) found.push({ text: short(data), node: walker.currentNode, e, around, lines });
    }
    return found;
  }

  /** Text that a box cuts off, or that reaches past the sides of the page where nothing can be scrolled to it. */
  function cut() {
    const found = new Set();
    for (const { text, around, lines } of texts()) {
      for (const { left, right, top, bottom } of lines) {
        let [x, y] = [true, true]; // whether what sticks out this way is out of reach
        for (const parent of around) {
          const { box, x: hidesX, y: hidesY, rollsX, rollsY } = clips(parent);
          if (x && hidesX && (left < box.left - SLACK || right > box.right + SLACK)) found.add(`“${text}” is cut by ${name(parent)}`);
          if (y && hidesY && (top < box.top - SLACK || bottom > box.bottom + SLACK)) found.add(`“${text}” is cut by ${name(parent)}`);
          x &&= !rollsX;
          y &&= !rollsY;
        }
        const width = document.documentElement.clientWidth;
        if (x && (left + scrollX < -SLACK || right + scrollX > width + SLACK)) found.add(`“${text}” sticks out of the page: ${Math.round(left)} to ${Math.round(right)} of ${width} px`);
      }
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
      const right = (e) => e.getBoundingClientRect().right;
      const widest = [...document.body.querySelectorAll('*')].filter((e) => isShown(e) && !parents(e.parentElement).some((parent) => clips(parent).rollsX || clips(parent).x))
        .reduce((most, e) => (right(e) > right(most) ? e : most));
      found.add(`the page is ${scrollWidth} px wide on ${clientWidth} px: ${name(widest)}`);
    }
    return [...found];
  }

  /** Texts of which one lies over the other. */
  function covered() {
    const lines = texts().flatMap(({ text, node, lines: own }) => own.map((line) => ({ ...line, text, node }))).sort((a, b) => a.top - b.top);
    const found = new Set();
    let open = [];
    for (const line of lines) {
      open = open.filter(({ bottom }) => bottom > line.top);
      for (const other of open) {
        const wide = Math.min(line.right, other.right) - Math.max(line.left, other.left);
        const high = Math.min(line.bottom, other.bottom) - Math.max(line.top, other.top);
        if (line.node !== other.node && wide > SLACK && high > SLACK) found.add(`“${other.text}” and “${line.text}” lie over each other`);
      }
      open.push(line);
    }
    return [...found];
  }

  /** Blocks of the main text that stand above what is read before them, or left of it in the same row. */
  function disordered(root = document.querySelector('main')) {
    const isInline = (e) => /^(inline|contents)/.test(getComputedStyle(e).display);
    const blockOf = (e) => (e !== root && isInline(e) ? blockOf(e.parentElement) : e);
    const blocks = new Map();
    for (const { e, text, lines } of texts(root)) {
      const block = blockOf(e);
      const { left, right, top, bottom } = blocks.get(block) ?? { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
      blocks.set(block, {
        text: blocks.get(block)?.text ?? text,
        left: Math.min(left, ...lines.map((line) => line.left)), right: Math.max(right, ...lines.map((line) => line.right)),
        top: Math.min(top, ...lines.map((line) => line.top)), bottom: Math.max(bottom, ...lines.map((line) => line.bottom)),
      });
    }
    const inTurn = [...blocks];
    return inTurn.slice(1).flatMap(([block, now], at) => {
      const [earlier, before] = inTurn[at];
      const wide = Math.min(now.right, before.right) - Math.max(now.left, before.left);
      const high = Math.min(now.bottom, before.bottom) - Math.max(now.top, before.top);
      const above = wide > SLACK && now.bottom <= before.top + SLACK;
      const left = block.parentElement === earlier.parentElement && high > SLACK && now.right <= before.left + SLACK;
      return above || left ? [`“${now.text}” is read after “${before.text}” and stands ${above ? 'above' : 'left of'} it`] : [];
    });
  }

  /** Everything that can have the focus, where it cannot be seen when it has it: out of the window, or under something. */
  function hiddenStops() {
    const STOPS = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex^="-"])';
    const found = [];
    for (const stop of document.querySelectorAll(STOPS)) {
      // Of a drawing only its frame: maps have their own tests. A button that a screen reader alone knows has no box.
      if (stop.disabled || stop.closest('svg, .skip') || !isShown(stop)) continue;
      stop.focus();
      // As Tab does it, also within what scrolls by itself.
      stop.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const boxes = [...stop.getClientRects()].filter(({ width, height }) => width && height);
      const seen = boxes.some((box) => {
        const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
        const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        if (right - left < 1 || bottom - top < 1) return false;
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return hit && (stop.contains(hit) || hit.contains(stop) && clips(hit).rollsX || stop.closest('label')?.contains(hit));
      });
      if (!seen) found.push(`${name(stop)} cannot be seen when it has the focus`);
      else if (document.activeElement !== stop) found.push(`${name(stop)} loses the focus`);
    }
    scrollTo(0, 0);
    return found;
  }

  /** Text over a picture that brings no ground of its own. */
  function overPictures() {
    const pictures = [...document.querySelectorAll('img')].filter(isShown).map((img) => ({ img, box: img.getBoundingClientRect() }));
    const solid = (e) => !/^(rgba\(.*, 0(\.\d+)?\)|transparent)$/.test(getComputedStyle(e).backgroundColor);
    return texts().flatMap(({ text, around, lines }) =>
      pictures.flatMap(({ img, box }) => {
        const over = lines.some(({ left, right, top, bottom }) => left < box.right && right > box.left && top < box.bottom && bottom > box.top);
        return over && !around.some((parent) => !parent.contains(img) && solid(parent)) ? [`“${text}” stands on “${short(img.alt)}”`] : [];
      }));
  }

  /** The page's height and the boxes of the pictures that say something, in the order of the page. */
  const pictures = () => ({
    page: document.documentElement.scrollHeight,
    boxes: [...document.querySelectorAll('img')].filter((img) => img.alt && isShown(img)).map((img) => {
      const { width, height } = img.getBoundingClientRect();
      return `${Math.round(width)} × ${Math.round(height)} “${short(img.alt)}”`;
    }),
  });

  /** What must be there in every set of colours, one of each look: its box on the page, with the room of a border around it. */
  function signs(limit) {
    const SIGNS = ':is(a[href], button, input, select, textarea):not(:disabled), summary, .badge, svg:not(.map)';
    const looks = new Set();
    const ground = (e) => parents(e).map((parent) => parent.className?.baseVal ?? parent.className).join(' ');
    return [...document.querySelectorAll(SIGNS)].flatMap((e) => {
      if (!isShown(e) || e.closest('.map, .skip, [popover]')) return [];
      const look = `${e.localName} ${ground(e)} ${e.localName === 'svg' ? e.innerHTML : ''}`;
      const box = [...e.getClientRects()].find(({ width, height }) => width > 4 && height > 4);
      if (!box || looks.has(look)) return [];
      looks.add(look);
      const [left, top] = [Math.max(0, Math.floor(box.left + scrollX) - 3), Math.max(0, Math.floor(box.top + scrollY) - 3)];
      const [width, height] = [Math.ceil(box.width) + 6, Math.ceil(box.height) + 6];
      return top + height <= limit ? [{ name: name(e), left, top, width, height }] : [];
    });
  }

  /** Which of `signs` cannot be seen in a picture of the page: nothing in its box stands out from the rest, three to one. */
  async function vanished(signs, png) {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    // Relative luminance and contrast as WCAG 2.2 defines them.
    const channel = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = (rgb) => 0.2126 * channel(rgb >> 16) + 0.7152 * channel((rgb >> 8) & 255) + 0.0722 * channel(rgb & 255);
    const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return signs.flatMap(({ name: what, left, top, width, height }) => {
      const { data } = context.getImageData(left, top, width, height);
      const counts = new Map();
      for (let at = 0; at < data.length; at += 4) {
        const rgb = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
        counts.set(rgb, (counts.get(rgb) ?? 0) + 1);
      }
      const [ground] = [...counts].sort((a, b) => b[1] - a[1])[0];
      const out = [...counts].filter(([rgb]) => contrast(luminance(rgb), luminance(ground)) >= 3).reduce((sum, [, count]) => sum + count, 0);
      return out < 8 ? [`${what} cannot be seen: ${out} pixels of ${width} × ${height}`] : [];
    });
  }

  function name(e) {
    const own = e.className?.baseVal ?? e.className;
    const within = e.localName === 'svg' ? `${name(e.parentElement)} ` : '';
    return `${within}<${e.localName}${own ? ` class="${own}"` : ''}> ${short(e.textContent || e.getAttribute('aria-label') || e.name || '')}`;
  }

  window.wcag = { cut, covered, disordered, hiddenStops, overPictures, pictures, signs, vanished };
}

/** A sheet of its own over the page, or none: one that a script makes, for the page's policy stops any that is written into it. */
export const restyle = (tab, css) =>
  tab.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);

/** What a reader may ask for: WCAG 1.4.12. Names on maps are drawn, and stand beside them as text. */
export const SPACED = `:not(svg, svg *) { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-block-end: 2em !important }`;
export const TWICE = 'html { font-size: 200% !important }';

/** The accessibility tree in the order in which it is read: {role, name, focusable, level}. */
export async function heard(tab) {
  const client = await tab.context().newCDPSession(tab);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  await client.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const inTurn = [];
  const visit = (node) => {
    if (!node) return;
    if (!node.ignored) {
      const property = (name) => node.properties?.find((one) => one.name === name)?.value.value;
      inTurn.push({ role: node.role?.value, name: node.name?.value ?? '', focusable: property('focusable') === true, level: property('level') });
    }
    for (const id of node.childIds ?? []) visit(byId.get(id));
  };
  visit(nodes[0]);
  return inTurn;
}
