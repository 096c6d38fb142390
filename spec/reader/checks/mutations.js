// node mutations.js FOLDER COUNT [SEED]
// Reads logs of FOLDER/mirror with a bit of one file the other way: refused, missing or harmless, never another text.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Refused } from '../bytes.js';
import { checked } from '../remote.js';
import { Missing } from '../sources.js';
import { fail, openCases, read, show } from './cases.js';

const [folder, count, first = Date.now() % 2 ** 32] = process.argv.slice(2);
const { cases, mirror, expected } = openCases(folder);
let seed = Number(first);

/** Below `bound`; the same again for the same seed (mulberry32). */
function random(bound) {
  seed = (seed + 0x6d2b79f5) | 0;
  let n = Math.imul(seed ^ (seed >>> 15), seed | 1);
  n ^= n + Math.imul(n ^ (n >>> 7), n | 61);
  return Math.floor((((n ^ (n >>> 14)) >>> 0) / 2 ** 32) * bound);
}

/** A store whose nth answer has one bit the other way; `late`: after its hash was checked, as if that proved nothing. */
function flipping(nth, late) {
  let calls = 0;
  const flip = (bytes) => {
    if (++calls !== nth) return bytes;
    const other = Buffer.from(bytes);
    other[random(other.length)] ^= 1 << random(8);
    return other;
  };
  if (!late) return checked(mirror((path) => flip(readFileSync(path))));
  const inner = checked(mirror());
  return { record: (name) => flip(inner.record(name)), block: async (cid, max) => flip(await inner.block(cid, max)) };
}

async function filesOf(one) {
  let files = 0;
  await read(one, mirror((path) => ((files += 1), readFileSync(path))));
  return files;
}

const tally = { refused: 0, missing: 0, harmless: 0 };
for (let i = Number(count); i > 0; i--) {
  const one = cases[random(cases.length)];
  one.wanted ??= expected(one);
  one.files ??= await filesOf(one);
  const nth = 1 + random(one.files);
  try {
    const shown = await show(one, flipping(nth, i % 2 === 0));
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
console.log(`${count} bits flipped, seed ${first}: ${JSON.stringify(tally)}`);
