// The guide with its CMS: built with a repository in its configuration, and Sveltia CMS at work in the browser on a copy of
// the guide's files. The script is the one of npm's package, and so is everything else that it would fetch from the network.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { build, REPO } from './huta.mjs';
import { serveFolder } from './server.mjs';

const MODULES = join(dirname(createRequire(import.meta.url).resolve('@sveltia/cms')), '../../..');
const PACKAGE = join(MODULES, '@sveltia/cms');
/** The folder in the browser's own file system that the CMS takes for the repository. */
const ROOT = 'repository';

/** The guide as its publisher would build it, with a repository to edit. */
export async function buildWithCms() {
  const parent = await mkdtemp(join(tmpdir(), 'huta-cms-'));
  process.on('exit', () => rmSync(parent, { recursive: true, force: true }));
  const config = join(parent, 'huta.toml');
  const own = await readFile(join(REPO, 'huta.toml'), 'utf8');
  await writeFile(config, own.replace(/^repo = ""$/m, 'repo = "nowa-huta/guide"'));
  const folder = join(parent, 'site');
  const { url } = await serveFolder(folder);
  await build(REPO, folder, url, ['--config', config]);
  return { url, folder, config };
}

/** Every file below the guide's `content/`, by its path in the repository. */
export async function contentFiles() {
  const files = {};
  for (const entry of await readdir(join(REPO, 'content'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    files[path.slice(REPO.length)] = await readFile(path);
  }
  return files;
}

/** Files laid into a folder on disk, as a commit would. */
export async function layFiles(root, files) {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

/** What the package has of an address on a network of files. */
function packaged(address) {
  const { hostname, pathname } = new URL(address);
  const font = pathname.match(/^\/fontsource\/fonts\/([\w-]+):/)?.[1];
  if (font) {
    const assets = join(PACKAGE, 'npm/assets');
    const name = readdirSync(assets).find((name) => name.startsWith(font) && name.endsWith('.woff2'));
    return name && join(assets, name);
  }
  if (hostname !== 'unpkg.com') return undefined;
  const [, name, path] = pathname.match(/^\/((?:@[^/]+\/)?[^@/]+)(?:@[^/]+)?\/(.+)$/) ?? [];
  const file = name && join(MODULES, name, path);
  return file && existsSync(file) ? file : undefined;
}

const TYPES = { js: 'text/javascript', json: 'application/json', woff2: 'font/woff2', css: 'text/css' };

/**
 * Opens the CMS in a tab on a copy of `files` and lets it in the way an editor with the repository on the own disk gets in.
 * `lost` collects what it asked of the network and did not get, and `wrong` what it complained of.
 */
export async function openCms(tab, url, files, address = '/admin/') {
  // The CMS is a big program, which other tests leave little of the machine to.
  tab.setDefaultTimeout(90_000);
  const heard = { lost: [], wrong: [], asked: [] };
  tab.on('pageerror', (error) => heard.wrong.push(error.stack));
  tab.on('console', (message) => {
    // What the network or the CMS's own framework has to say is not about the configuration.
    const isOther = /Failed to load resource|^https:\/\/svelte\.dev\/e\//.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isOther) heard.wrong.push(message.text());
  });
  await tab.route(/^https:/, async (route) => {
    const asked = route.request().url();
    heard.asked.push(asked);
    const path = packaged(asked);
    if (!path) {
      heard.lost.push(asked);
      return route.abort();
    }
    const headers = { 'access-control-allow-origin': '*' };
    return route.fulfill({ path, contentType: TYPES[path.split('.').pop()], headers });
  });
  await tab.addInitScript((root) => {
    window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(root);
  }, ROOT);
  await tab.goto(`${url}/robots.txt`);
  await tab.evaluate(
    async ([root, files]) => {
      const top = await (await navigator.storage.getDirectory()).getDirectoryHandle(root, { create: true });
      await top.getDirectoryHandle('.git', { create: true });
      for (const [path, base64] of files) {
        const parts = path.split('/');
        const name = parts.pop();
        let folder = top;
        for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
        const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
        await writable.write(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
        await writable.close();
      }
    },
    [ROOT, Object.entries(files).map(([path, content]) => [path, content.toString('base64')])],
  );
  await tab.goto(url + address);
  await tab.getByRole('button', { name: /lokalnym repozytorium|local repository/i }).click();
  await tab.getByText(/^(Kolekcje|Collections)$/).first().waitFor();
  return heard;
}

/** The texts of the repository in the browser that are not those of `files`. */
export async function changed(tab, files) {
  const all = await tab.evaluate(async (root) => {
    const found = [];
    const walk = async (folder, path) => {
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'directory') await walk(handle, `${path}${name}/`);
        else if (/\.(md|yaml)$/.test(name)) found.push([path + name, await (await handle.getFile()).text()]);
      }
    };
    await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle(root), '');
    return found;
  }, ROOT);
  return Object.fromEntries(all.filter(([path, text]) => text !== files[path]?.toString()));
}

/** Opens an entry: its collection, and the name of its folder. */
export async function openEntry(tab, collection, name) {
  const { origin, pathname } = new URL(tab.url());
  await tab.goto(`${origin}${pathname}#/collections/${collection}/entries/${name}/index`);
  await pane(tab, 'Polski').waitFor();
}

/** One of the two panes of the editor. */
export const pane = (tab, language) => tab.getByRole('group', { name: new RegExp(`^Edytuj treść .?${language}`) });

/** A tab in which a whole page fits: the CMS draws items of lists only where they are seen. */
export const TAB = { locale: 'pl-PL', viewport: { width: 1280, height: 4000 } };

/** Opens the last item of a list and gives it. */
export async function openLast(list) {
  await list.scrollIntoViewIfNeeded();
  // Items are drawn a moment after they are seen.
  await list.page().waitForTimeout(700);
  const item = list.getByRole('group').filter({ has: list.page().getByRole('button', { name: 'Usuń', exact: true }) }).last();
  const opened = await item.getByRole('button', { name: 'Zwiń', exact: true }).count();
  if (!opened) await item.getByRole('button', { name: 'Rozwiń', exact: true }).first().click();
  return item;
}

/** A field by its label. */
export const field = (within, label) => within.getByRole('group', { name: new RegExp(`^Pole “.?${label}.?”`) });

const saving = (tab) => tab.getByRole('button', { name: 'Zapisz', exact: true, disabled: false });

/** Whether the CMS offers to save within a while: it does once it knows of a change. */
export const canSave = (tab) => saving(tab).waitFor({ timeout: 10_000 }).then(() => true, () => false);

/** Whether it offers so now. */
export const isSaving = (tab) => saving(tab).isVisible();

/** Saves what is open and waits until it is in the repository: then the list of entries comes back. */
export async function save(tab) {
  const button = saving(tab);
  await button.waitFor();
  // A click of the mouse would look for the button again once the editor has closed.
  await button.dispatchEvent('click');
  await pane(tab, 'Polski').waitFor({ state: 'detached' });
  await tab.waitForURL(/#\/collections\/[^/]+$/);
}
