// What is shown of a log: log.md, section 15.
import { Refused, utf8 } from './bytes.js';
import { bind, readDeletion } from './control.js';
import { EXPIRING, KINDS, LINKED } from './entries.js';
import { readLarge } from './large.js';
import { keyOf, nameOf } from './record.js';
import { checked, readEntries } from './remote.js';
import { plain, readGenesis } from './sealing.js';
import { Missing } from './sources.js';

export { Missing, Refused };
export { readInvitation } from './sealing.js';
export { folder, gateway } from './sources.js';

/** The entries of a log as they are shown. `invitation` is what readInvitation gives, `now` in milliseconds since 1970. */
export const readLog = (source, name, invitation, now = Date.now()) => showLog(checked(source), name, invitation, now);

/** As readLog; `store` gives no block but the named one. */
export async function showLog(store, name, invitation, now) {
  const log = keyOf(name);
  const entries = await readEntries(store, log);
  const { statement, open } = entries[0].payload ? readGenesis(log, entries[0].payload, invitation) : {};
  const author = statement?.name || name.slice('k51qzi5uqu5d'.length).slice(0, 8);
  const { keys, deleted } = await learn(log, entries, open);
  const shown = [];
  for (const entry of entries) {
    const { seq, id, time, kind, parents } = entry;
    const known = parents.filter((parent) => parent.alias < keys.length);
    shown.push({
      ...{ name, seq, id: id.toString('hex'), time: new Date(time).toISOString(), author, kind: KINDS[kind] },
      ...(kind === 0 ? await payloadOf(entry) : {}),
      parents: known.map((parent) => ({ name: nameOf(keys[parent.alias]), seq: parent.seq })),
    });
  }
  return shown;

  /** V2 */
  async function payloadOf(entry) {
    if (deleted.some(([from, to]) => from <= entry.seq && entry.seq < to)) return { state: 'deleted' };
    if (entry.flags & EXPIRING && entry.expiry <= now) return { state: 'expired' };
    if (!entry.payload) return { state: 'missing' };
    let bytes = plain(entry, open);
    if (!bytes) return { state: 'sealed' };
    if (entry.flags & LINKED) bytes = await orNothing(() => readLarge(bytes, store));
    if (!bytes) return { state: 'missing' };
    const text = utf8(bytes);
    return text === undefined ? { base64: bytes.toString('base64') } : { text };
  }
}

/** What is wrong, or not there, says nothing. */
async function orNothing(read) {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Missing)) throw error;
  }
}

/** RL-29, RL-30: the logs that numbers stand for, up to an alias entry that cannot be read or is wrong; the positions deleted. */
async function learn(log, entries, open) {
  let [keys, more] = [[], []];
  const deleted = [];
  for (const entry of entries) {
    if (entry.kind === 3 && more) more = await orNothing(() => bind(log, keys, plain(entry, open)));
    keys = more ?? keys;
    if (entry.kind !== 4 || !entry.payload) continue;
    deleted.push(...((await orNothing(() => readDeletion(entry.payload, entry.seq))) ?? []));
  }
  return { keys, deleted };
}
