// A position on the guide's own map, for Sveltia CMS: two numbers that can be pasted, and a map to point at.
// The CMS brings `h` and `createClass` along; hooks of React do not work in controls of its script for browsers.
(() => {
  const page = document.documentElement;
  if (!window.CMS) {
    document.body.textContent = page.dataset.lost;
    return;
  }
  const { h, createClass, CMS } = window;

  /** Decimals of a degree: about a metre. */
  const DECIMALS = 5;
  /** Least and greatest part of the map that is seen, as shares of its width. */
  const ZOOM = [0.02, 1];
  /** Pixels that a pointer may move and still mean a point. */
  const STILL = 4;

  const round = (degrees) => Number(degrees.toFixed(DECIMALS));
  const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

  /** Latitude and longitude in a text such as `50.07197, 20.0374`, with a comma or a point for decimals. */
  function read(text) {
    const found = text.match(/^\s*(-?\d+(?:[.,]\d+)?)(?:\s*[;,]\s*|\s+)(-?\d+(?:[.,]\d+)?)\s*$/);
    return found && found.slice(1).map((number) => Number(number.replace(',', '.')));
  }

  const write = (at) => (at?.length === 2 ? at.join(', ') : '');
  /** Values may come as plain ones or as Immutable's. */
  const plain = (value) => value?.toJS?.() ?? value;

  const Position = createClass({
    getInitialState() {
      const map = plain(this.props.field.get('map'));
      return { text: write(plain(this.props.value)), view: map && this.around(map, plain(this.props.value)), isCopy: false };
    },

    /** A position is said once: in the pane of a translation it is only shown. The pane alone knows its language. */
    componentDidMount() {
      const language = this.root?.closest('[data-locale]')?.dataset.locale;
      this.setState({ isCopy: language !== undefined && language !== this.props.field.get('original') });
    },

    componentDidUpdate(before) {
      const [was, is] = [before.value, this.props.value].map((value) => write(plain(value)));
      const typed = read(this.state.text);
      if (was !== is && (!typed || write(typed) !== is)) this.setState({ text: is });
    },

    /** The part of the map round a position, or where the guide is at home. */
    around({ geo: [west, north, perLongitude, perLatitude], size: [width, height], start }, at) {
      if (at?.length !== 2) return this.within(start, [width, height]);
      const part = width / 5;
      const [x, y] = [(at[1] - west) * perLongitude, (north - at[0]) * perLatitude];
      return this.within([x - part / 2, y - (part * height) / width / 2, part], [width, height]);
    },

    within([x, y, part], [width, height]) {
      const wide = clamp(part, ZOOM[0] * width, ZOOM[1] * width);
      return [clamp(x, 0, width - wide), clamp(y, 0, height - (wide * height) / width), wide];
    },

    change(text) {
      this.setState({ text });
      const at = read(text);
      if (at) this.props.onChange(at.map(round));
      else if (!text.trim()) this.props.onChange([]);
    },

    zoom(by, size) {
      const [x, y, part] = this.state.view;
      const [cx, cy] = [x + part / 2, y + (part * size[1]) / size[0] / 2];
      const next = clamp(part * by, ZOOM[0] * size[0], ZOOM[1] * size[0]);
      this.setState({ view: this.within([cx - next / 2, cy - (next * size[1]) / size[0] / 2, next], size) });
    },

    press(event) {
      event.currentTarget.setPointerCapture(event.pointerId);
      this.from = { x: event.clientX, y: event.clientY, view: this.state.view, moved: false };
    },

    move(event, size) {
      if (!this.from) return;
      const [dx, dy] = [event.clientX - this.from.x, event.clientY - this.from.y];
      this.from.moved ||= Math.hypot(dx, dy) > STILL;
      if (!this.from.moved) return;
      const [x, y, part] = this.from.view;
      const scale = part / event.currentTarget.clientWidth;
      this.setState({ view: this.within([x - dx * scale, y - dy * scale, part], size) });
    },

    release(event, { geo: [west, north, perLongitude, perLatitude] }) {
      const pointed = this.from && !this.from.moved;
      this.from = undefined;
      if (!pointed) return;
      const box = event.currentTarget.getBoundingClientRect();
      const [x, y, part] = this.state.view;
      const scale = part / box.width;
      const [ux, uy] = [x + (event.clientX - box.left) * scale, y + (event.clientY - box.top) * scale];
      this.change(write([north - uy / perLatitude, west + ux / perLongitude].map(round)));
    },

    drawn(map, words) {
      const { geo, size, file } = map;
      const [width, height] = size;
      const [x, y, part] = this.state.view;
      const at = plain(this.props.value);
      const mark = at?.length === 2 && [(at[1] - geo[0]) * geo[2], (geo[1] - at[0]) * geo[3]];
      const button = (text, label, by) =>
        h('button', { type: 'button', title: label, 'aria-label': label, onClick: () => this.zoom(by, size), style: BUTTON }, text);
      return h(
        'div',
        { style: { position: 'relative', marginTop: '0.5rem' } },
        h(
          'svg',
          {
            viewBox: `${x} ${y} ${part} ${(part * height) / width}`,
            role: 'img',
            'aria-label': words.map,
            style: { display: 'block', width: '100%', cursor: 'crosshair', touchAction: 'none', background: '#eef1ea' },
            onPointerDown: (event) => this.press(event),
            onPointerMove: (event) => this.move(event, size),
            onPointerUp: (event) => this.release(event, map),
          },
          h('image', { href: new URL(file, document.baseURI).href, width, height }),
          mark && h('circle', { cx: mark[0], cy: mark[1], r: part / 60, fill: '#c8102e', stroke: '#fff', strokeWidth: part / 200 }),
        ),
        h('div', { style: { position: 'absolute', top: '0.5rem', right: '0.5rem' } }, button('+', words.in, 0.5), button('−', words.out, 2)),
      );
    },

    render() {
      const { field, forID, classNameWrapper, value } = this.props;
      const [map, words] = [plain(field.get('map')), plain(field.get('words'))];
      const at = plain(value);
      return h(
        'div',
        { ref: (root) => (this.root = root) },
        h('input', {
          type: 'text',
          id: forID,
          className: classNameWrapper,
          style: { width: '100%' },
          value: this.state.text,
          placeholder: words.example,
          readOnly: this.state.isCopy,
          onChange: (event) => this.change(event.target.value),
        }),
        this.state.text.trim() && !read(this.state.text) && h('p', { role: 'alert' }, words.wrong),
        map && !this.state.isCopy && this.drawn(map, words),
        at?.length === 2 &&
          h(
            'p',
            {},
            h(
              'a',
              { href: `https://www.openstreetmap.org/?mlat=${at[0]}&mlon=${at[1]}#map=18/${at[0]}/${at[1]}`, target: '_blank', rel: 'noopener noreferrer' },
              words.elsewhere,
            ),
          ),
      );
    },
  });

  const BUTTON = { width: '2rem', height: '2rem', marginLeft: '0.25rem', font: 'inherit', cursor: 'pointer' };
  const Shown = createClass({ render: () => null });
  CMS.registerFieldType('position', Position, Shown);
})();
