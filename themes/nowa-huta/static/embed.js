// For other sites: <nowa-huta src="…/embed/…/"><a href="…">Fallback</a></nowa-huta> becomes a frame as tall as what is in it.
(() => {
  const { origin } = new URL(document.currentScript.src);
  const OPTIONS = ['theme', 'accent', 'lang'];
  const TALLEST = 20000; // CSS pixels

  class Embed extends HTMLElement {
    static observedAttributes = ['src', ...OPTIONS];
    connectedCallback() {
      this.start();
    }
    attributeChangedCallback(name, before, now) {
      if (!this.frame || before === now) return;
      if (name === 'src' || name === 'lang') this.start();
      else this.frame.contentWindow.postMessage({ huta: 'options', theme: this.getAttribute('theme'), accent: this.accent }, origin);
    }
    get accent() {
      return (this.getAttribute('accent') ?? '').replace('#', '');
    }
    start() {
      let address;
      try {
        address = new URL(this.getAttribute('src'), origin);
      } catch {
        return;
      }
      // Only pages of the site this script comes from.
      if (address.origin !== origin) return;
      const options = { theme: this.getAttribute('theme'), accent: this.accent, lang: this.getAttribute('lang'), height: 'fit', host: location.origin };
      for (const [name, value] of Object.entries(options)) if (value) address.searchParams.set(name, value);
      const frame = document.createElement('iframe');
      frame.title = this.title || this.textContent.trim() || this.frame?.title || 'Nowa Huta';
      frame.loading = 'lazy';
      frame.allow = 'geolocation';
      Object.assign(frame.style, { display: 'block', inlineSize: '100%', blockSize: this.frame?.style.blockSize || '480px', border: '0' });
      frame.src = address;
      this.style.display = 'block';
      this.replaceChildren(frame);
      this.frame = frame;
    }
  }

  addEventListener('message', ({ origin: from, source, data }) => {
    if (from !== origin || data?.huta !== 'height' || !(data.height > 0 && data.height < TALLEST)) return;
    for (const { frame } of document.querySelectorAll('nowa-huta')) {
      if (frame?.contentWindow === source) frame.style.blockSize = `${data.height}px`;
    }
  });
  if (!customElements.get('nowa-huta')) customElements.define('nowa-huta', Embed);
})();
