// Maps that can be moved. A map without this script is whole: here are only zoom, pan and "where am I".
const WIDTH = 3000; // units across every map
const LEVELS = [330, 520, 860, 1460, 2500]; // pixels across at which each level of names begins
const CLOSEST = 10;
// The signs of the tools; buttons are in the page, with their words.
const SIGNS = {
  in: 'M12 4v16M4 12h16',
  out: 'M4 12h16',
  left: 'm14 5-7 7 7 7',
  up: 'm5 14 7-7 7 7',
  down: 'm5 10 7 7 7-7',
  right: 'm10 5 7 7-7 7',
  all: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  here: 'M12 2v4m0 12v4M2 12h4m12 0h4M12 7a5 5 0 0 0 0 10 5 5 0 0 0 0-10',
};

for (const box of document.querySelectorAll('.map-box')) start(box);

function start(box) {
  const view = box.querySelector('.map-view');
  const svg = view.querySelector('.map');
  const tools = box.querySelector('.map-tools');
  const says = box.querySelector('.map-says');
  const levels = [...svg.querySelectorAll(':scope > .l')];
  const height = svg.viewBox.baseVal.height;
  const whole = { x: 0, y: 0, zoom: 1 };
  let at = whole;

  function show(x, y, zoom) {
    zoom = Math.min(Math.max(zoom, 1), CLOSEST);
    const [w, h] = [WIDTH / zoom, height / zoom];
    at = { zoom, x: Math.min(Math.max(x, 0), WIDTH - w), y: Math.min(Math.max(y, 0), height - h) };
    svg.setAttribute('viewBox', `${at.x} ${at.y} ${w} ${h}`);
    box.toggleAttribute('data-zoomed', zoom > 1);
    level();
    for (const button of tools.children) {
      const { map } = button.dataset;
      const stuck = { in: zoom >= CLOSEST, out: zoom <= 1, all: zoom <= 1, left: at.x <= 0, up: at.y <= 0,
        right: at.x >= WIDTH - w - 1, down: at.y >= height - h - 1 }[map];
      // A disabled button would lose the focus of whoever pressed it last.
      button.setAttribute('aria-disabled', Boolean(stuck));
    }
    // Nor one that goes with the zoom.
    if (zoom <= 1 && tools.contains(document.activeElement) && /left|right|up|down/.test(document.activeElement.dataset.map)) view.focus();
  }

  // The level of names that fits the size streets are seen at; closer than the last, names stay as large as they are.
  function level() {
    const pixels = svg.clientWidth * at.zoom;
    const fits = at.zoom > 1 ? LEVELS.findLastIndex((least, i) => i < levels.length && least <= pixels) : -1;
    const shown = Math.max(fits, 0);
    levels.forEach((group, i) => (group.style.display = fits < 0 ? '' : i === shown ? 'inline' : 'none'));
    const unit = WIDTH / Math.max(LEVELS[shown], pixels / 1.6);
    svg.style.setProperty('--px', fits < 0 ? '' : unit);
  }

  // Keeps the point of the map under (clientX, clientY) where it is.
  function zoomAt(clientX, clientY, factor) {
    const { left, top, width } = svg.getBoundingClientRect();
    const [dx, dy] = [clientX - left, clientY - top].map((d) => d / width);
    const zoom = Math.min(Math.max(at.zoom * factor, 1), CLOSEST);
    const change = WIDTH / at.zoom - WIDTH / zoom;
    show(at.x + dx * change, at.y + dy * change, zoom);
  }

  const zoomBy = (factor) => {
    const change = 1 / at.zoom - 1 / Math.min(Math.max(at.zoom * factor, 1), CLOSEST);
    show(at.x + (WIDTH * change) / 2, at.y + (height * change) / 2, at.zoom * factor);
  };
  const pan = (right, down) => show(at.x + (right * WIDTH) / 4 / at.zoom, at.y + (down * height) / 4 / at.zoom, at.zoom);
  const all = () => show(0, 0, 1);
  const does = {
    in: () => zoomBy(1.6), out: () => zoomBy(1 / 1.6), all, here,
    left: () => pan(-1, 0), right: () => pan(1, 0), up: () => pan(0, -1), down: () => pan(0, 1),
  };
  const keys = { '+': 'in', '=': 'in', '-': 'out', 0: 'all', ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

  tools.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button?.getAttribute('aria-disabled') !== 'true') does[button?.dataset.map]?.();
  });
  box.addEventListener('keydown', (event) => {
    const what = keys[event.key];
    // Arrows move a map that is zoomed; otherwise they scroll the page.
    if (!what || event.ctrlKey || event.metaKey || event.altKey || (at.zoom === 1 && event.key.startsWith('Arrow'))) return;
    event.preventDefault();
    does[what]();
  });
  view.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoomAt(event.clientX, event.clientY, Math.exp(-event.deltaY / 300));
  }, { passive: false });
  view.addEventListener('dblclick', (event) => {
    event.preventDefault();
    zoomAt(event.clientX, event.clientY, 2);
  });

  // Fingers and the mouse: one moves a map that is zoomed, two zoom it.
  const down = new Map();
  let moved = 0;
  view.addEventListener('pointerdown', (event) => {
    if (event.button) return;
    if (!down.size) moved = 0;
    down.set(event.pointerId, event);
  });
  view.addEventListener('pointermove', (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const points = [...down.values()];
    if (points.length === 2) {
      const other = points.find(({ pointerId }) => pointerId !== event.pointerId);
      const apart = (p) => Math.hypot(p.clientX - other.clientX, p.clientY - other.clientY);
      zoomAt((event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2, apart(event) / (apart(before) || 1));
    } else if (at.zoom > 1) {
      const unit = WIDTH / at.zoom / svg.clientWidth;
      show(at.x - (event.clientX - before.clientX) * unit, at.y - (event.clientY - before.clientY) * unit, at.zoom);
    }
    moved += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
    if (moved > 6) view.setPointerCapture(event.pointerId);
    down.set(event.pointerId, event);
  });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
    view.addEventListener(end, ({ pointerId }) => down.delete(pointerId));
  }
  // A drag that ends on a sign does not follow its link, and links are not dragged.
  view.addEventListener('click', (event) => moved > 6 && event.preventDefault(), true);
  view.addEventListener('dragstart', (event) => event.preventDefault());

  // Where am I? Asked only when pressed; the position never leaves the page.
  let watch;
  let mark;
  function here() {
    if (watch !== undefined) return forget();
    says.textContent = says.dataset.wait;
    pressed(true);
    watch = navigator.geolocation.watchPosition(place, (error) => {
      if (error.code === 1) forget();
      says.textContent = error.code === 1 ? says.dataset.denied : says.dataset.lost;
    }, { enableHighAccuracy: true, maximumAge: 10_000, timeout: 30_000 });
  }
  function forget() {
    navigator.geolocation.clearWatch(watch);
    watch = undefined;
    mark?.remove();
    mark = undefined;
    says.textContent = '';
    pressed(false);
  }
  const pressed = (on) => tools.querySelector('[data-map=here]').setAttribute('aria-pressed', on);
  function place({ coords }) {
    const [west, north, perLongitude, perLatitude] = svg.dataset.geo.split(' ').map(Number);
    const x = (coords.longitude - west) * perLongitude;
    const y = (north - coords.latitude) * perLatitude;
    if (x < 0 || y < 0 || x > WIDTH || y > height) {
      mark?.remove();
      mark = undefined;
      says.textContent = says.dataset.far;
      return;
    }
    const first = !mark;
    mark ??= svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'g'));
    const reach = coords.accuracy * Number(svg.dataset.m);
    mark.setAttribute('class', 'here');
    mark.innerHTML = `<circle cx="${x}" cy="${y}" r="${reach}"/><circle cx="${x}" cy="${y}" r=".6em"/>`;
    says.textContent = says.dataset.here.replace('{n}', Math.round(coords.accuracy));
    if (first && at.zoom > 1) show(x - WIDTH / at.zoom / 2, y - height / at.zoom / 2, at.zoom);
  }

  for (const button of tools.children) {
    button.innerHTML = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.25" aria-hidden="true"><path d="${SIGNS[button.dataset.map]}"/></svg>`;
  }
  if (!navigator.geolocation) tools.querySelector('[data-map=here]').remove();
  view.tabIndex = 0;
  view.setAttribute('role', 'group');
  view.setAttribute('aria-label', svg.querySelector('title').textContent);
  view.setAttribute('aria-keyshortcuts', '+ - 0');
  tools.hidden = false;
  new ResizeObserver(level).observe(svg);
  show(0, 0, 1);
}
