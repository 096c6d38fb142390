// node compare.js FOLDER [--mutations N] [--seed N]
// Reads all logs of FOLDER/mirror and compares with FOLDER/expected; then again with a bit of one file the other way.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { Refused } from './bytes.js';
import { Missing, openFolder, readLog } from './read.js';
import { readInvitation } from './sealing.js';

const options = { mutations: { type: 'string', default: '0' }, seed: { type: 'string', default: `${Date.now() % 2 ** 32}` } };
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const [folder] = positionals;
const cases = JSON.parse(readFileSync(join(folder, 'cases.json')));
let seed = Number(values.seed);
console.log(`seed ${seed}`);

/** Below `bound`; the same again for the same seed (mulberry32). */
function random(bound) {
  seed = (seed + 0x6d2b79f5) | 0;
  let n = Math.imul(seed ^ (seed >>> 15), seed | 1);
  n ^= n + Math.imul(n ^ (n >>> 7), n | 61);
  return Math.floor((((n ^ (n >>> 14)) >>> 0) / 2 ** 32) * bound);
}

const mirror = (readFile) => openFolder(join(folder, 'mirror'), readFile);
const read = (one, store) => readLog(store, one.name, one.invitation && readInvitation(one.invitation), one.now);

function expected(one) {
  const lines = readFileSync(join(folder, 'expected', `${one.name}.jsonl`), 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const { topic, ...fields } = JSON.parse(line);
    return fields;
  });
}

function fail(one, what, shown, wanted) {
  const at = wanted.findIndex((line, i) => !isDeepStrictEqual(line, shown[i]));
  console.error(`${one.name}: ${what}, line ${at} of ${wanted.length}, read ${shown.length}`);
  console.error(JSON.stringify(shown[at])?.slice(0, 500));
  console.error(JSON.stringify(wanted[at])?.slice(0, 500));
  process.exit(1);
}

let entries = 0;
for (const one of cases) {
  const [shown, wanted] = [await read(one, mirror()), expected(one)];
  if (!isDeepStrictEqual(shown, wanted)) fail(one, 'read otherwise', shown, wanted);
  entries += shown.length;
}
console.log(`${cases.length} logs, ${entries} entries: as expected`);

/** A store whose nth answer has one bit the other way; `late`: after its hash was checked, as if that proved nothing. */
function flipping(nth, late) {
  let calls = 0;
  const flip = (bytes) => {
    if (++calls !== nth) return bytes;
    const other = Buffer.from(bytes);
    other[random(other.length)] ^= 1 << random(8);
    return other;
  };
  const inner = mirror((path) => (late ? readFileSync(path) : flip(readFileSync(path))));
  if (!late) return inner;
  return { record: (name) => flip(inner.record(name)), block: (cid, max) => flip(inner.block(cid, max)) };
}

const tally = { refused: 0, missing: 0, harmless: 0 };
for (let i = Number(values.mutations); i > 0; i--) {
  const one = cases[random(cases.length)];
  one.wanted ??= expected(one);
  if (!one.files) await read(one, mirror((path) => ((one.files = (one.files ?? 0) + 1), readFileSync(path))));
  const nth = 1 + random(one.files);
  try {
    const shown = await read(one, flipping(nth, i % 2 === 0));
    const others = shown.filter((line, at) => !isDeepStrictEqual(line, one.wanted[at]));
    // The name of a block may have become another: then a large payload is not there, which is said.
    if (others.some((line) => line.state !== 'missing')) fail(one, `a bit flipped in file ${nth}`, shown, one.wanted);
    tally[others.length ? 'missing' : 'harmless']++;
  } catch (error) {
    if (error instanceof Refused) tally.refused++;
    else if (error instanceof Missing) tally.missing++;
    else throw error;
  }
}
console.log(`bits flipped: ${JSON.stringify(tally)}`);
