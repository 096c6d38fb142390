// node kubo.js EXPECTED GATEWAY NAME [--invitation TEXT]
// Runs read.js with these, and compares with the lines of EXPECTED, which `tidelog read NAME --all --json` printed.
import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { keyOf, readHead } from '../record.js';
import { gateway } from '../sources.js';

const [file, url, name] = process.argv.slice(2);
const reader = fileURLToPath(new URL('../read.js', import.meta.url));
const objects = (text) => text.toString().trim().split('\n').map((line) => JSON.parse(line));

const expected = objects(readFileSync(file)).map(({ topic, ...shown }) => shown);
const { paged, entries } = await readHead(keyOf(name), await gateway(url).record(name));
// Else this would show less than it says.
assert(paged > 0 && entries.length > 0, 'no pages, or no entries in the record');
const shown = objects(execFileSync(process.execPath, [reader, ...process.argv.slice(3)]));
assert.deepStrictEqual(shown, expected);
assert.strictEqual(shown.length, paged + entries.length);
console.log(`${name}: ${paged} entries of pages and ${entries.length} of the record, as expected`);
