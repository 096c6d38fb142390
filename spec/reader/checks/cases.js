// The logs that the Java program wrote by chance, and what it reads in them: FOLDER/mirror, cases.json, expected/NAME.jsonl.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { showLog } from '../log.js';
import { checked } from '../remote.js';
import { readInvitation } from '../sealing.js';
import { folder as mirrorAt } from '../sources.js';

export const openCases = (folder) => ({
  cases: JSON.parse(readFileSync(join(folder, 'cases.json'))),
  mirror: (readFile) => mirrorAt(join(folder, 'mirror'), readFile),
  /** All but the topic, which is a device's own word for it. */
  expected(one) {
    const lines = readFileSync(join(folder, 'expected', `${one.name}.jsonl`), 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => {
      const { topic, ...fields } = JSON.parse(line);
      return fields;
    });
  },
});

/** `store` gives blocks that were checked. */
export const show = (one, store) => showLog(store, one.name, one.invitation ? readInvitation(one.invitation) : undefined, one.now);
export const read = (one, source) => show(one, checked(source));

export function fail(one, what, shown, wanted) {
  const at = wanted.findIndex((line, i) => !isDeepStrictEqual(line, shown[i]));
  console.error(`${one.name}: ${what}, line ${at} of ${wanted.length}, read ${shown.length}`);
  console.error(JSON.stringify(shown[at])?.slice(0, 500));
  console.error(JSON.stringify(wanted[at])?.slice(0, 500));
  process.exit(1);
}
