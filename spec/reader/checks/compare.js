// node compare.js FOLDER
// Reads all logs of FOLDER/mirror and compares with FOLDER/expected.
import { isDeepStrictEqual } from 'node:util';
import { fail, openCases, read } from './cases.js';

const { cases, mirror, expected } = openCases(process.argv[2]);
let entries = 0;
for (const one of cases) {
  const [shown, wanted] = [await read(one, mirror()), expected(one)];
  if (!isDeepStrictEqual(shown, wanted)) fail(one, 'read otherwise', shown, wanted);
  entries += shown.length;
}
console.log(`${cases.length} logs, ${entries} entries: as expected`);
