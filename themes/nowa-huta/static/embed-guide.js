// The page for those who want to show a page on their own site: what they choose becomes a preview and code to copy.
const root = document.querySelector('.embed-guide');
const form = root.querySelector('.embed-form');
const preview = root.querySelector('.embed-preview');
const says = root.querySelector('.embed-says');
const { p: select, theme, own, accent } = form.elements;
const { script, copied, uncopied } = root.dataset;
const code = Object.fromEntries([...root.querySelectorAll('[data-snippet]')].map((node) => [node.dataset.snippet, node]));

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const attributes = (values) => Object.entries(values).filter(([, value]) => value).map(([name, value]) => ` ${name}="${escape(value)}"`).join('');

const element = document.createElement('nowa-huta');
let shown;

function show() {
  const { text, dataset } = select.selectedOptions[0];
  const asked = { theme: theme.value === 'auto' ? '' : theme.value, accent: own.checked ? accent.value.slice(1) : '' };
  accent.disabled = !own.checked;
  const address = new URL(dataset.twin);
  for (const [name, value] of Object.entries(asked)) if (value) address.searchParams.set(name, value);
  code.element.textContent = `<nowa-huta${attributes({ src: dataset.twin, ...asked })}><a href="${escape(dataset.page)}">${escape(text)}</a></nowa-huta><script async src="${escape(script)}"></script>`;
  code.frame.textContent = `<iframe${attributes({ src: address.href, title: text, width: '100%', height: dataset.height, loading: 'lazy', allow: 'geolocation', style: 'border:0' })}></iframe>`;
  code.address.textContent = dataset.page;
  for (const [name, value] of Object.entries(asked)) {
    if (value) element.setAttribute(name, value);
    else element.removeAttribute(name);
  }
  if (shown !== dataset.twin) {
    shown = dataset.twin;
    element.title = text;
    element.setAttribute('src', shown);
  }
}

const chosen = [...select.options].find(({ value }) => value === new URLSearchParams(location.search).get('p'));
if (chosen) chosen.selected = true;
for (const button of root.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    says.textContent = '';
    const done = await navigator.clipboard.writeText(code[button.dataset.copy].textContent).then(() => copied, () => uncopied);
    says.textContent = done;
  });
}
form.addEventListener('input', () => {
  show();
  const page = new URL(location.href);
  page.searchParams.set('p', select.value);
  history.replaceState(null, '', page);
});
form.addEventListener('submit', (event) => event.preventDefault());
form.hidden = preview.hidden = false;
show();
preview.append(element);
// The very script that other sites use.
const loader = document.createElement('script');
loader.src = script;
document.head.append(loader);
