// Where the focus is and whether it can be seen.

/** Runs in the page: remembers what Tab should stop at and how each stop looks without focus. */
export function remember() {
  const CONTROLS =
    'a[href], area[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], ' +
    '[contenteditable], [tabindex]:not([tabindex^="-"])';
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  // Chromium calls what is in a hidden part of a drawing visible; it has no box.
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && (!(element instanceof SVGElement) || element.getBoundingClientRect().width > 0);
  // Of a group of radio buttons Tab stops at the one that is chosen; what only shows how focus looks is none.
  const passed = (element) => (element.type === 'radio' && !element.checked) || element.matches('.focus[tabindex="-1"]');
  const stops = [...document.querySelectorAll(CONTROLS)].filter((e) => !e.disabled && !passed(e) && shown(e));

  /** A stop, its pseudo-elements and the boxes around it: any of them may show the focus. */
  const candidates = (stop) => {
    const around = [];
    for (let e = stop.parentElement; e && e !== document.body && around.length < 4; e = e.parentElement) around.push([e]);
    return [[stop], [stop, '::before'], [stop, '::after'], ...around];
  };
  const look = ([element, pseudo]) => {
    const style = getComputedStyle(element, pseudo);
    const outline = `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
    return { outline, fill: style.backgroundColor, shadow: style.boxShadow };
  };
  const resting = stops.map((stop) => candidates(stop).map(look));

  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const luminance = (color) => {
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = [...rgba(color)].map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const fill = getComputedStyle(e).backgroundColor;
      if (rgba(fill)[3] === 255) return fill;
    }
    return 'white';
  };
  /** How many of the four sides of an outline are not cut off by a box around it. */
  const sides = (element, reach) => {
    const box = element.getClientRects()[0];
    const edges = [box.top - reach, box.right + reach, box.bottom + reach, box.left - reach];
    let seen = [true, true, true, true];
    for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) {
      if (getComputedStyle(e).overflow === 'visible') continue;
      const clip = e.getBoundingClientRect();
      const inside = [edges[0] >= clip.top, edges[1] <= clip.right, edges[2] <= clip.bottom, edges[3] >= clip.left];
      seen = seen.map((side, i) => side && inside[i]);
    }
    return seen.filter(Boolean).length;
  };
  /** An outline of at least 2 px that stands out from what is behind it and is not cut off. */
  const outlined = ([element, pseudo]) => {
    const style = getComputedStyle(element, pseudo);
    const [width, offset] = [parseFloat(style.outlineWidth), parseFloat(style.outlineOffset)];
    const ground = behind(offset < 0 ? element : element.parentElement);
    const strong = style.outlineStyle !== 'none' && width >= 2 && contrast(style.outlineColor, ground) >= 3;
    return strong && sides(element, width + offset) >= 2;
  };
  const indicated = (index) =>
    candidates(stops[index]).some((candidate, i) => {
      const [rest, now] = [resting[index][i], look(candidate)];
      if (now.outline !== rest.outline && outlined(candidate)) return true;
      return now.shadow !== rest.shadow || (now.fill !== rest.fill && contrast(now.fill, rest.fill) >= 3);
    });

  const name = (e) => `<${e.localName}> ${(e.textContent || e.ariaLabel || '').trim().slice(0, 40)}`;
  window.names = stops.map(name);
  window.current = () => stops.indexOf(document.activeElement);
  window.problem = () => {
    const index = window.current();
    const stop = stops[index];
    const box = stop.getClientRects()[0];
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    // Signs on a map may lie over each other where places are near: some part of each has to be seen.
    const parts = stop.closest('svg') ? [0.5, 0.2, 0.8] : [0.5];
    const isSeen = parts.some((across) => parts.some((down) => stop.contains(document.elementFromPoint(box.x + box.width * across, box.y + box.height * down))));
    if (!isSeen) return `hidden at ${Math.round(x)}, ${Math.round(y)}`;
    return indicated(index) ? '' : 'focus cannot be seen';
  };
}
