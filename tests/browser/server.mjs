// A static server that behaves like a plain web host: folders have an index, what is missing answers with 404.html.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
};

/** Serves `folder` on a free port; the server does not keep the process alive. */
export async function serveFolder(folder, port = 0) {
  const server = createServer(async (request, response) => {
    const { status, path, body } = await find(folder, request.url);
    response.writeHead(status, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  server.unref();
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function find(folder, address) {
  try {
    let path = normalize(decodeURIComponent(new URL(address, 'http://host').pathname));
    if (path.endsWith('/')) path += 'index.html';
    return { status: 200, path, body: await readFile(join(folder, path)) };
  } catch {
    const body = await readFile(join(folder, '404.html')).catch(() => '404');
    return { status: 404, path: '404.html', body };
  }
}
