// The program under test.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const REPO = fileURLToPath(new URL('../../', import.meta.url));
export const HUTA = process.env.HUTA ?? `${REPO}target/debug/huta`;
/** Every run sees the same day, so nothing in the pages depends on the clock. */
export const TODAY = '2026-11-23';

/** Compressing takes long in a program that is not optimised, and only tests of servers look at what comes of it. */
export async function build(root, output, url, more = [], compressed = false) {
  const whether = compressed ? [] : ['--uncompressed'];
  await promisify(execFile)(HUTA, ['build', ...whether, '--root', root, '-o', output, '-u', url, '--today', TODAY, ...more]);
}

/** Starts `huta serve` and waits until it listens. */
export async function serve(root, env = {}) {
  const child = spawn(HUTA, ['serve', '--root', root, '--lang', 'en', '-p', '0', '--today', TODAY], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  const ended = once(child, 'exit');
  const said = [];
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const address = line.match(/^http:\/\/127\.0\.0\.1:\d+$/);
      if (address) resolve(address[0]);
    });
    child.once('error', reject);
    ended.then(([code]) => reject(new Error(`huta serve ended with ${code}:\n${said.join('\n')}`)));
  });
  return {
    url,
    /** Ctrl-C; gives the exit code. */
    async stop() {
      child.kill('SIGINT');
      const [code] = await ended;
      return code;
    },
  };
}
