// Where records and blocks come from: {record(name), block(cid, max)}, each giving bytes or a promise of them, never more
// than a record may have or `max`, and throwing Missing where there is none. A source is not trusted with anything else.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './bytes.js';
import { RECORD_MAX } from './record.js';

const TIMEOUT_MILLIS = 60_000;

/** Something that is needed is not there. */
export class Missing extends Error {}

/** A mirror folder: log.md, section 11. */
export function folder(root, readFile = readFileSync) {
  const file = (path, max) => {
    const size = statSync(join(root, path), { throwIfNoEntry: false })?.size;
    if (size === undefined) throw new Missing(path);
    must(size <= max, `RL-39: ${path} is over ${max} bytes`);
    return readFile(join(root, path));
  };
  return {
    record: (name) => file(join('names', name), RECORD_MAX),
    block: (cid, max) => file(join('blocks', `${cid}`.slice(-3, -1), `${cid}`), max),
  };
}

/** An IPFS gateway: <https://specs.ipfs.tech/http-gateways/trustless-gateway/>. Kubo's own is at http://127.0.0.1:8080. */
export function gateway(url) {
  const get = async (path, accept, max) => {
    const response = await fetch(url.replace(/\/*$/, path), { headers: { accept }, signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
    if (!response.ok) throw new Missing(`${path}: status ${response.status}`);
    const parts = [];
    let length = 0;
    for await (const part of response.body ?? []) {
      length += part.length;
      must(length <= max, `RL-39: ${path} is over ${max} bytes`);
      parts.push(part);
    }
    return Buffer.concat(parts);
  };
  return {
    record: (name) => get(`/ipns/${name}?format=ipns-record`, 'application/vnd.ipfs.ipns-record', RECORD_MAX),
    block: (cid, max) => get(`/ipfs/${cid}?format=raw`, 'application/vnd.ipld.raw', max),
  };
}

export const sourceAt = (place) => (/^https?:/.test(place) ? gateway(place) : folder(place));
