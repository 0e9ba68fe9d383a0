// What `huta check` prints for other programs, held against what those programs publish: the schema of SARIF (OASIS,
// schemas/sarif-2.1.0.json) and GitHub's own library of workflow commands.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import * as actions from '@actions/core';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';

import { HUTA, REPO, TODAY } from './huta.mjs';

/** Runs `huta check`; an exit status of 1 is an answer too. */
const check = (root, format, lang, cwd = REPO) => new Promise((resolve, reject) => {
  const args = ['check', '--root', root, '--format', format, '--lang', lang, '--today', TODAY];
  execFile(HUTA, args, { cwd, maxBuffer: 1 << 26 }, (error, stdout) => {
    if (error && error.code !== 1) reject(error);
    else resolve(stdout);
  });
});

/** A site with something of everything: errors, warnings and hints, with places and without, in odd file names. */
let site;
before(async () => {
  site = await mkdtemp(join(tmpdir(), 'huta-formats-'));
  await cp(join(REPO, 'tests/errors/_base'), site, { recursive: true });
  for (const name of ['everything-at-once', 'check-unused', 'check-outline', 'check-links', 'picture-without-alt']) {
    await cp(join(REPO, 'tests/errors', name), site, { recursive: true });
  }
  await writeFile(join(site, 'content/100% – żółć, a:b.md'), '---\ntitle: x\nwrong: "a, b: 100%"\n---\n[tu](@/nie-ma.md)\n');
});
after(() => rm(site, { recursive: true, force: true }));

describe('SARIF', () => {
  let validate;
  before(async () => {
    const schema = await readFile(fileURLToPath(new URL('schemas/sarif-2.1.0.json', import.meta.url)), 'utf8');
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    validate = ajv.compile(JSON.parse(schema));
  });

  for (const lang of ['pl', 'en']) {
    it(`is valid for a site with many problems (${lang})`, async () => {
      const log = JSON.parse(await check(site, 'sarif', lang));
      assert.ok(validate(log), JSON.stringify(validate.errors, null, 1));
      const { results, tool } = log.runs[0];
      const levels = new Set(results.map(({ level }) => level));
      assert.deepEqual([...levels].sort(), ['error', 'note', 'warning']);
      for (const { shortDescription, help } of tool.driver.rules) assert.ok(shortDescription.text && help.text);
      for (const { locations } of results.filter(({ locations }) => locations)) {
        const { artifactLocation, region } = locations[0].physicalLocation;
        const text = await readFile(artifactLocation.uri.startsWith('/') ? decodeURIComponent(artifactLocation.uri) : join(REPO, decodeURIComponent(artifactLocation.uri)), 'utf8');
        if (region) assert.equal(text.split('\n')[region.startLine - 1].replace(/\r$/, ''), region.snippet.text);
      }
    });
  }

  it('is valid for the guide', async () => {
    const log = JSON.parse(await check(REPO, 'sarif', 'pl'));
    assert.ok(validate(log), JSON.stringify(validate.errors, null, 1));
  });

  it('is refused with a level that there is not', async () => {
    const log = JSON.parse(await check(site, 'sarif', 'en'));
    log.runs[0].results[0].level = 'hint';
    assert.ok(!validate(log));
  });
});

describe('annotations of GitHub', () => {
  /** What GitHub's own library writes for the same things. */
  function theirs(diagnostics) {
    const written = [];
    const write = process.stdout.write;
    process.stdout.write = (text) => written.push(text);
    try {
      for (const { code, severity, file, line, column, end_column: end, message, help } of diagnostics) {
        const place = line === null ? {} : { startLine: line, endLine: line, startColumn: column, endColumn: end };
        const say = { error: actions.error, warning: actions.warning, hint: actions.notice }[severity];
        say(help === null ? message : `${message}\n\n${help}`, { title: code, ...(file === null ? {} : { file }), ...place });
      }
    } finally {
      process.stdout.write = write;
    }
    return written.join('').replaceAll('\r\n', '\n');
  }

  for (const lang of ['pl', 'en']) {
    it(`are what GitHub's own library writes (${lang})`, async () => {
      const { diagnostics } = JSON.parse(await check(site, 'json', lang));
      assert.ok(diagnostics.length > 10);
      assert.equal(await check(site, 'github', lang), theirs(diagnostics));
    });
  }
});
