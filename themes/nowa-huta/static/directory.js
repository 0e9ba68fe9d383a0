// The form over the directory: hides what does not fit, in the list and on the map, and keeps the choice in the address.
const form = document.querySelector('.find');
const rows = [...document.querySelectorAll('.found > .row')];
const says = form.querySelector('[role=status]');
const none = form.querySelector('.find-none');
const fields = [...form.querySelectorAll('input, select')];

// Without accents and capitals: "zolw" finds "Żółw".
const plain = (text) => text.toLowerCase().replaceAll('ł', 'l').normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ');
const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));
const addressOf = (row) => row.querySelector('a').href;

function choose() {
  const asked = fields.filter(({ value }) => value.trim());
  const fits = (row) => asked.every(({ name, value }) =>
    name === 'q' ? plain(value).trim().split(' ').every((word) => texts.get(row).includes(word))
      : (row.dataset[name] ?? '').split(' ').includes(value));
  const shown = new Set();
  for (const row of rows) {
    row.hidden = !fits(row);
    if (!row.hidden) shown.add(addressOf(row));
  }
  marks(rows.filter(({ hidden }) => hidden));
  none.hidden = shown.size > 0;
  const count = says.dataset.says.replace('{n}', shown.size).replace('{all}', rows.length);
  if (says.textContent !== count) says.textContent = count;
}

// Signs on the map are links to the same pages, labels bear their names; a dot is where on the closest level a sign is.
const bare = (text) => plain(text).replaceAll(' ', '');
const signs = [...document.querySelectorAll('.map a.mark')];
const middle = (sign) => {
  const numbers = sign.firstElementChild.getAttribute('d').match(/-?\d+/g).map(Number);
  return [0, 1].map((axis) => numbers.filter((_, at) => at % 2 === axis).reduce((sum, n) => sum + n, 0) / (numbers.length / 2));
};
const places = signs.filter((sign) => sign.closest('.last')).map((sign) => [...middle(sign), sign.getAttribute('href')]);
const shapes = [
  ...signs.map((sign) => [sign, sign.getAttribute('href')]),
  ...[...document.querySelectorAll('.map .dot')].map((dot) => {
    const far = ([x, y]) => Math.hypot(x - dot.getAttribute('cx'), y - dot.getAttribute('cy'));
    return [dot, places.toSorted((a, b) => far(a) - far(b))[0]?.[2]];
  }),
];
const labels = [...document.querySelectorAll('.map text.organisation')];

function marks(away) {
  const addresses = new Set(away.map(addressOf));
  const names = new Set(away.map((row) => bare(row.querySelector('a').textContent)));
  for (const [shape, href] of shapes) shape.classList.toggle('away', addresses.has(href));
  for (const label of labels) label.classList.toggle('away', names.has(bare(label.textContent)));
}

function write() {
  const query = new URLSearchParams(fields.filter(({ value }) => value.trim()).map(({ name, value }) => [name, value.trim()]));
  history.replaceState(null, '', `${location.pathname}${query.size ? `?${query}` : ''}${location.hash}`);
}

// What an address asks for and the form does not have is left out.
function read() {
  const query = new URLSearchParams(location.search);
  for (const field of fields) {
    const value = query.get(field.name) ?? '';
    field.value = value;
    if (field.value !== value) field.value = '';
  }
  choose();
}

form.addEventListener('input', () => { choose(); write(); });
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', (event) => {
  event.preventDefault();
  for (const field of fields) field.value = '';
  choose();
  write();
  fields[0].focus();
});
addEventListener('popstate', read);
addEventListener('pageshow', read);
form.hidden = false;
read();
