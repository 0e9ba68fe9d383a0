// Inside the frame of another site. What the host asks for stands in the address: `theme` (light, dark), `accent` (six digits of
// a colour), `lang`, `height=fit` (no scroll bars: the host follows the height), `host` (its origin, which alone is told).
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const other = document.querySelector(`link[rel=alternate][hreflang="${CSS.escape(asked.get('lang') ?? '')}"]`);
  if (other && asked.get('lang') !== root.lang) {
    location.replace(other.href + location.search);
    return;
  }

  const DARK = /\(prefers-color-scheme: ?dark\)/;
  const rules = new Map(); // each with its own condition
  const gather = (list) => {
    for (const rule of list) {
      if (rule instanceof CSSMediaRule && DARK.test(rule.media.mediaText)) rules.set(rule, rule.media.mediaText);
      else if (rule.cssRules) gather(rule.cssRules);
    }
  };
  /** What the reader's own choice decides, the host decides. */
  function theme(name) {
    for (const sheet of document.styleSheets) gather(sheet.cssRules);
    const always = { dark: '(min-width: 0px)', light: '(max-width: 0px)' }[name];
    for (const [rule, own] of rules) rule.media.mediaText = always ? own.replace(DARK, always) : own;
    root.style.colorScheme = always ? name : '';
  }

  const channels = (colour) => [0, 2, 4].map((at) => parseInt(colour.slice(at, at + 2), 16));
  /** Relative luminance (WCAG 2.2). */
  const light = (rgb) => rgb.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  /** A token as it is seen now. */
  const token = (name) => {
    const probe = root.appendChild(document.createElement('i'));
    probe.style.color = `var(${name})`;
    const seen = getComputedStyle(probe).color.match(/\d+/g).map(Number);
    probe.remove();
    return seen;
  };
  /** The host's colour, as far towards ink as text in it can be read on stone, the darkest ground that it stands on. */
  function accent(colour) {
    root.toggleAttribute('data-accent', /^[\da-f]{6}$/i.test(colour));
    if (!root.hasAttribute('data-accent')) return;
    const [own, ink, ground] = [channels(colour), token('--ink'), token('--stone')];
    let mixed = own;
    for (let part = 0; part < 1 && contrast(mixed, ground) < 4.5; part += 0.05) mixed = own.map((c, at) => Math.round(c + (ink[at] - c) * part));
    root.style.setProperty('--own', `rgb(${mixed})`);
  }

  const show = (options) => {
    theme(options.theme);
    accent(options.accent ?? '');
  };
  const options = { theme: asked.get('theme'), accent: asked.get('accent') };
  show(options);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => show(options));

  let host;
  try {
    host = new URL(asked.get('host')).origin;
  } catch {
    host = undefined;
  }
  addEventListener('DOMContentLoaded', () => {
    // There may be more sheets now.
    show(options);
    document.body.classList.toggle('fit', asked.get('height') === 'fit');
    if (parent === window || !host || host === 'null') return;
    const tell = () => parent.postMessage({ huta: 'height', height: Math.ceil(root.getBoundingClientRect().height) }, host);
    new ResizeObserver(tell).observe(document.body);
    document.fonts.ready.then(tell);
  });
  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== host || source !== parent || data?.huta !== 'options') return;
    Object.assign(options, { theme: data.theme, accent: data.accent });
    show(options);
  });
})();
