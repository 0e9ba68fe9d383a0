// Pictures against sharp (libvips): the same photo, widths, formats and qualities, in one run, by turns.
//
//   npm install --no-save --prefix /tmp/peer sharp
//   node tests/bench/pictures.mjs PHOTO.jpg [copies] [rounds]
//
// sharp is looked for in PEER (default /tmp/peer), huta in HUTA (default target/release/huta). With
// SSIMULACRA2 set to a program that prints the score of two pictures (reference, then what was made of it), it compares
// quality too; the reference is made by Pillow (python3 -m pip install pillow).
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';

const [photo, copies = '32', rounds = '5'] = process.argv.slice(2);
const HUTA = resolve(process.env.HUTA ?? 'target/release/huta');
const sharp = createRequire(join(resolve(process.env.PEER ?? '/tmp/peer'), 'x.js'))('sharp');
const WIDTHS = [480, 960, 1600];
const FORMATS = { jpeg: { quality: 80 }, webp: { quality: 75 } };
const bytes = readFileSync(photo);
const work = mkdtempSync(join(tmpdir(), 'pictures-'));
// A third party's Lanczos over the whole photo.
const PILLOW = `
import sys
from PIL import Image, ImageOps
photo, width, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
picture = ImageOps.exif_transpose(Image.open(photo)).convert("RGB")
picture.resize((width, round(picture.height * width / picture.width)), Image.LANCZOS).save(out)
`;
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** A site with one page and `copies` copies of the photo, no two the same. */
function site() {
  const folder = join(work, 'site');
  mkdirSync(join(folder, 'content/p'), { recursive: true });
  mkdirSync(join(folder, 'templates'));
  writeFileSync(join(folder, 'huta.toml'), 'base_url = "/"\n[pictures]\n');
  for (const name of ['index', 'section', 'page']) writeFileSync(join(folder, `templates/${name}.html`), '<p></p>');
  let gallery = '';
  for (let at = 0; at < Number(copies); at++) {
    const name = `${at}${extname(photo)}`;
    // What follows the end of a JPEG means nothing to decoders.
    writeFileSync(join(folder, 'content/p', name), Buffer.concat([bytes, Buffer.from(`${at}`)]));
    gallery += `  - { file: ${name}, alt: x, credit: x, licence: CC0 }\n`;
  }
  writeFileSync(join(folder, 'content/p/index.md'), `---\ntitle: P\ngallery:\n${gallery}---\n`);
  return folder;
}

/** A build from nothing, under GNU time: milliseconds on the wall and of the processors, peak memory in megabytes. */
function huta(folder) {
  for (const made of ['public', '.cache']) rmSync(join(folder, made), { recursive: true, force: true });
  const start = performance.now();
  const { stderr } = spawnSync('/usr/bin/time', ['-f', '%U %S %M', HUTA, '-r', folder, 'build'], { encoding: 'utf8' });
  const ms = performance.now() - start;
  const [user, system, kilobytes] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { ms, cpu: (user + system) * 1000, peak: kilobytes / 1024 };
}

async function peer() {
  const start = performance.now();
  const before = process.cpuUsage();
  const made = {};
  for (const [format, options] of Object.entries(FORMATS)) {
    await Promise.all(
      Array.from({ length: Number(copies) }, () => WIDTHS).flat().map(async (width) => {
        const picture = sharp(photo).rotate().resize({ width, withoutEnlargement: true });
        made[`${width}.${format}`] = await picture[format](options).toBuffer();
      }),
    );
  }
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - start, cpu: (user + system) / 1000, made };
}

sharp.cache(false);
const folder = site();
const runs = { huta: [], sharp: [] };
for (let round = 0; round < Number(rounds); round++) {
  runs.huta.push(huta(folder));
  runs.sharp.push(await peer());
}
const theirs = runs.sharp.at(-1).made;
const ours = {};
for (const file of readdirSync(join(folder, 'public/processed_images')).filter((file) => file.startsWith('0.'))) {
  const [, , width, format] = file.split('.');
  ours[`${width}.${format === 'jpg' ? 'jpeg' : format}`] = readFileSync(join(folder, 'public/processed_images', file));
}
const size = (made) => Object.values(made).reduce((sum, bytes) => sum + bytes.length, 0);
const each = (runs, what) => median(runs.map((run) => run[what])) / Number(copies);
console.log(`${basename(photo)}, ${statSync(photo).size} bytes, ${copies} copies, median of ${rounds} by turns`);
for (const [what, name] of [['ms', 'wall'], ['cpu', 'processors']]) {
  const [ours, theirs] = [each(runs.huta, what), each(runs.sharp, what)];
  console.log(`${name}: huta ${ours.toFixed(1)} ms a photo, sharp ${theirs.toFixed(1)}, ratio ${(ours / theirs).toFixed(2)}`);
}
console.log(`bytes: huta ${size(ours)}, sharp ${size(theirs)}, ratio ${(size(ours) / size(theirs)).toFixed(3)}`);
console.log(`peak memory of huta: ${Math.max(...runs.huta.map(({ peak }) => peak)).toFixed(0)} MB`);
if (process.env.SSIMULACRA2) {
  for (const key of Object.keys(theirs)) {
    const width = Number(key.split('.')[0]);
    const reference = join(work, 'reference.png');
    execFileSync('python3', ['-c', PILLOW, photo, String(width), reference]);
    const score = (bytes) => {
      const file = join(work, `scored.${key.split('.')[1]}`);
      writeFileSync(file, bytes);
      return Number(execFileSync(process.env.SSIMULACRA2, [reference, file], { encoding: 'utf8' }));
    };
    const [mine, other] = [score(ours[key]), score(theirs[key])];
    console.log(`${key}: SSIMULACRA2 ${mine.toFixed(2)} and ${other.toFixed(2)}, bytes ${ours[key].length} and ${theirs[key].length}`);
  }
}
rmSync(work, { recursive: true });
