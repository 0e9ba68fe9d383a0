// What Lighthouse says of a page on a phone: `node lighthouse.mjs` prints the scores of a page of each kind, and what is to
// blame where they are not full; `node lighthouse.mjs --only PATH …` of these pages.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

import { chromium } from 'playwright-core';
import lighthouse from 'lighthouse';

import { ARGS, executablePath } from './chromium.mjs';
import { freePort } from './servers.mjs';
import { files, guide, homes, pages, samples } from './site.mjs';

const SCORES = ['performance', 'accessibility', 'best-practices', 'seo'];
const TEXTS = /\.(css|html|js|json|svg|webmanifest|xml)$/;

/** Gives `use` a function that judges a page: {category: score of 100}, and the audits that cost something. */
export async function judging(categories, use) {
  const port = await freePort();
  const browser = await chromium.launch({ executablePath, args: [...ARGS, `--remote-debugging-port=${port}`] });
  try {
    return await use(async ({ path, url }) => {
      // A page that search engines are asked to leave out has no score with them.
      const isListed = !files.find((file) => file.path === path).noindex;
      const onlyCategories = categories.filter((category) => category !== 'seo' || isListed);
      const run = async (left) => {
        const { lhr } = await lighthouse(url, { port, logLevel: 'silent', output: 'json', onlyCategories });
        if (!lhr.runtimeError) return lhr;
        // On a machine that is busy the beginning of a trace gets lost.
        if (left) return run(left - 1);
        throw new Error(`${path}: ${lhr.runtimeError.message}`);
      };
      const lhr = await run(3);
      const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
      const blamed = Object.values(lhr.categories).filter(({ score }) => score < 1).flatMap(({ id, auditRefs }) =>
        auditRefs.filter((ref) => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 1)
          .map((ref) => `${id}: ${ref.id} ${lhr.audits[ref.id].displayValue ?? ''} ${what(lhr.audits[ref.id])}`.trim()));
      return { scores, blamed };
    });
  } finally {
    await browser.close();
  }
}

const what = ({ details }) =>
  (details?.items ?? []).slice(0, 5).map((item) => item.node?.snippet ?? item.description ?? item.url ?? item.source ?? '').filter(Boolean).join(' | ').slice(0, 300);

/** Compresses every text of the site, as hosts do. */
async function compress(folder) {
  for (const name of (await readdir(folder, { recursive: true })).filter((name) => TEXTS.test(name))) {
    const bytes = await readFile(join(folder, name));
    await writeFile(join(folder, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [flag, ...paths] = process.argv.slice(2);
  if (flag !== undefined && !(flag === '--only' && paths.length)) {
    console.error('node lighthouse.mjs\nnode lighthouse.mjs --only PATH …');
    process.exit(2);
  }
  const chosen = flag
    ? paths.map((path) => pages.find((page) => page.path === path) ?? { path, url: guide.url + path })
    : samples.filter(({ lang, url }) => lang === 'pl' || url === homes.en);
  await compress(guide.folder);
  console.log(['path', ...SCORES].join('\t'));
  await judging(SCORES, async (judge) => {
    for (const page of chosen) {
      const { scores, blamed } = await judge(page);
      console.log([page.path, ...SCORES.map((name) => scores[name] ?? '–')].join('\t'));
      for (const line of blamed) console.log(`    ${line}`);
    }
  });
  process.exit();
}
