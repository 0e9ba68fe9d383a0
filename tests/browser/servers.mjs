// Real web servers that serve a built site with the snippets that huta has written.
import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BROTLI = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;

/** A port that nobody listens on now. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** nginx with `root`, and the snippet of the site in `site`; with its module for Brotli, or plain. */
export async function nginx(port, root, site, { brotli }) {
  const own = await mkdtemp(join(tmpdir(), 'huta-nginx-'));
  if (brotli && !existsSync(BROTLI)) throw new Error(`${BROTLI} is missing: apt install libnginx-mod-http-brotli-static`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${own}/${name};`).join(' ');
  await writeFile(join(own, 'nginx.conf'), `${brotli ? `load_module ${BROTLI};` : ''}
    daemon off; master_process off; pid ${own}/pid; error_log stderr notice;
    events {}
    http {
      access_log off; ${temporary}
      server { listen 127.0.0.1:${port}; root ${root}; ${brotli ? 'brotli_static on;' : ''} include ${site}/.hosting/nginx.conf; }
    }`);
  return start('nginx', ['-p', own, '-c', join(own, 'nginx.conf'), '-e', 'stderr'], port, own);
}

/** Caddy with `root`, and the snippet of the site in `site`. */
export async function caddy(port, root, site) {
  const own = await mkdtemp(join(tmpdir(), 'huta-caddy-'));
  await writeFile(join(own, 'Caddyfile'), `{
    admin off
    auto_https off
  }
  http://127.0.0.1:${port} {
    root * ${root}
    import ${site}/.hosting/Caddyfile
  }\n`);
  return start('caddy', ['run', '--config', join(own, 'Caddyfile'), '--adapter', 'caddyfile'], port, own);
}

/** What the server said is in `said`: a snippet must not make it complain. */
async function start(program, args, port, own) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PATH, HOME: own } });
  const said = [];
  child.stderr.on('data', (data) => said.push(...`${data}`.split('\n').filter(Boolean)));
  const ended = new Promise((resolve, reject) => {
    child.once('error', () => reject(new Error(`${program} is missing: tests/run installs it`)));
    child.once('exit', resolve);
  });
  process.on('exit', () => {
    child.kill('SIGKILL');
    rmSync(own, { recursive: true, force: true });
  });
  for (let tries = 0; tries < 200; tries++) {
    const up = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' }).then(() => true, () => false);
    if (up) return { said, stop: () => (child.kill('SIGTERM'), ended) };
    const gone = await Promise.race([ended.then(() => true), new Promise((resolve) => setTimeout(resolve, 100))]);
    if (gone) break;
  }
  throw new Error(`${program} does not answer:\n${said.join('\n')}`);
}
