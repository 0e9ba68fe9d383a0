// Builds the guide, serves it and runs the tests against it. Arguments go to `node --test`.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { guide } from './site.mjs';

const child = spawn(process.execPath, ['--test', '--test-concurrency=2', '--test-reporter=spec', ...process.argv.slice(2)], {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  env: { ...process.env, GUIDE_URL: guide.url, GUIDE_FOLDER: guide.folder },
  stdio: 'inherit',
});
child.on('exit', (code) => process.exit(code ?? 1));
