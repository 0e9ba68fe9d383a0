// Pictures over the page. Without this script a picture is a link to its largest version.
{
  const words = document.currentScript.dataset;
  const links = [...document.querySelectorAll('.pic > a')];
  const modified = (event) => event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
  let ready;
  let at;

  // What is seen until a picture is there.
  for (const image of document.querySelectorAll('img[data-placeholder]')) {
    if (!image.complete) image.style.background = `url(${image.dataset.placeholder}) center/cover`;
  }

  /** The dialog, made when the first picture is opened; it is shown only with its style sheet. */
  async function make() {
    await new Promise((resolve, reject) => {
      const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: words.sheet });
      sheet.onload = resolve;
      sheet.onerror = reject;
      document.head.append(sheet);
    });
    const viewer = document.createElement('dialog');
    viewer.className = 'viewer';
    viewer.innerHTML = '<header><p role="status"></p></header><div class="stage"></div><div class="says"></div>';
    const [bar, stage] = viewer.children;
    const button = (name, path, does) => {
      bar.insertAdjacentHTML('beforeend', `<button type="button" data-does="${name}"><svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.25" aria-hidden="true"><path d="${path}"/></svg></button>`);
      const made = bar.lastChild;
      made.title = words[name];
      made.setAttribute('aria-label', words[name]);
      made.addEventListener('click', does);
      return made;
    };
    if (links.length > 1) {
      button('previous', 'm14 5-7 7 7 7', () => show(viewer, at - 1));
      button('next', 'm10 5 7 7-7 7', () => show(viewer, at + 1));
    }
    button('close', 'M5 5l14 14M19 5 5 19', () => viewer.close()).autofocus = true;

    const keys = { ArrowLeft: () => at - 1, ArrowRight: () => at + 1, Home: () => 0, End: () => links.length - 1 };
    viewer.addEventListener('keydown', (event) => {
      const to = keys[event.key];
      if (!to || modified(event)) return;
      event.preventDefault();
      show(viewer, to());
    });

    // A finger that moves sideways turns the page, unless it moves about in a page that was zoomed.
    let from;
    stage.addEventListener('pointerdown', (event) => {
      from = event.isPrimary && event.pointerType !== 'mouse' && visualViewport.scale === 1 ? event : undefined;
    });
    stage.addEventListener('pointerup', ({ pointerId, clientX, clientY }) => {
      if (pointerId !== from?.pointerId) return;
      const [x, y] = [clientX - from.clientX, clientY - from.clientY];
      if (Math.abs(x) > Math.max(40, 2 * Math.abs(y))) show(viewer, at - Math.sign(x));
    });
    // Beside the picture a click closes.
    stage.addEventListener('click', ({ target }) => target === stage && viewer.close());
    viewer.addEventListener('close', () => viewer.opener.focus());
    document.body.append(viewer);
    return viewer;
  }

  function show(viewer, to) {
    if (!links[to]) return;
    at = to;
    const link = links[at];
    const { lang } = link.closest('[lang]');
    const [bar, stage, says] = viewer.children;
    const picture = link.querySelector('picture').cloneNode(true);
    const image = picture.querySelector('img');
    // Of the versions the browser takes the one that fits the window now.
    for (const source of picture.querySelectorAll('[sizes]')) source.sizes = '100vw';
    image.loading = 'eager';
    viewer.style.setProperty('--r', image.getAttribute('width') / image.getAttribute('height'));
    viewer.setAttribute('aria-label', image.alt);
    stage.replaceChildren(picture);
    says.replaceChildren(...(link.nextElementSibling?.cloneNode(true).childNodes ?? []));
    viewer.lang = lang;
    // Screen readers are told which picture has come; eyes see the number.
    const seen = Object.assign(document.createElement('span'), { textContent: image.alt });
    const count = words.count.replace('{n}', at + 1).replace('{all}', links.length);
    bar.firstChild.replaceChildren(...(links.length > 1 ? [count, seen] : []));
    for (const [does, stuck] of [['previous', at === 0], ['next', at === links.length - 1]]) {
      // A disabled button would lose the focus of whoever pressed it last.
      bar.querySelector(`[data-does=${does}]`)?.setAttribute('aria-disabled', stuck);
    }
  }

  async function open(event) {
    if (modified(event)) return;
    event.preventDefault();
    const link = event.currentTarget;
    try {
      const viewer = await (ready ??= make());
      if (viewer.open) return;
      viewer.opener = link;
      show(viewer, links.indexOf(link));
      const page = document.documentElement;
      page.style.setProperty('--bar', `${innerWidth - page.clientWidth}px`);
      viewer.showModal();
    } catch {
      location.href = link.href;
    }
  }

  for (const link of links) link.addEventListener('click', open);
}
