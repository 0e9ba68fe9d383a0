// A static server that behaves like a web host that reads `_headers`: folders have an index, what is missing answers with
// 404.html, every answer has the headers that the site asks for, and what lies compressed beside a file is sent instead of it.
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

import { parseAllHeaders } from '@netlify/headers-parser';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
};

/**
 * Serves `folder` on a free port, at the address `base` (`/` or `/some/path/`); the server does not keep the process alive.
 * `asked` gets the path of each request.
 */
export async function serveFolder(folder, port = 0, base = '/', asked = () => {}) {
  const server = createServer(async (request, response) => {
    const address = new URL(request.url, 'http://host').pathname;
    asked(address);
    const below = address.startsWith(base) ? `/${address.slice(base.length)}` : undefined;
    const found = await find(folder, below);
    const { status, path } = found;
    const { encoding, body } = await smaller(folder, found, request.headers['accept-encoding'] ?? '');
    const own = { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', ...(encoding && { 'content-encoding': encoding, vary: 'accept-encoding' }) };
    response.writeHead(status, { ...own, ...headersFor(await rules(folder), address) });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  server.unref();
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Connections that browsers keep open end too. */
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The compressed sibling of a file, if there is one and it is wanted. */
async function smaller(folder, { path, body }, wanted) {
  for (const [encoding, ending] of [['br', '.br'], ['gzip', '.gz']]) {
    const sibling = wanted.includes(encoding) && (await readFile(join(folder, `${path}${ending}`)).catch(() => undefined));
    if (sibling) return { encoding, body: sibling };
  }
  return { body };
}

const known = new Map();

/** The rules of the site's `_headers`, as Netlify's own parser reads them; again when the site was built again. */
async function rules(folder) {
  const file = join(folder, '_headers');
  const time = (await stat(file).catch(() => undefined))?.mtimeMs;
  // What is no site of huta's has no such file.
  if (!time) return [];
  if (known.get(file)?.time !== time) known.set(file, { time, rules: readRules(file) });
  return known.get(file).rules;
}

export async function readRules(file) {
  const { headers, errors } = await parseAllHeaders({ headersFiles: [file], configHeaders: undefined, minimal: true });
  if (errors.length) throw new AggregateError(errors, `${file} cannot be read`);
  return headers;
}

/** Headers of all rules that match, added up with commas, as Netlify and Cloudflare do it. */
export function headersFor(all, path) {
  const found = {};
  for (const rule of all.filter((rule) => pattern(rule.for).test(path))) {
    for (const [name, value] of Object.entries(rule.values)) {
      const key = name.toLowerCase();
      found[key] = found[key] === undefined ? value : `${found[key]}, ${value}`;
    }
  }
  return found;
}

const pattern = (text) => new RegExp(`^${text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);

async function find(folder, address) {
  try {
    let path = normalize(decodeURIComponent(address));
    if (path.endsWith('/')) path += 'index.html';
    return { status: 200, path, body: await readFile(join(folder, path)) };
  } catch {
    const body = await readFile(join(folder, '404.html')).catch(() => '404');
    return { status: 404, path: '404.html', body };
  }
}
