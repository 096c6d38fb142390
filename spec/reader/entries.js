// Entries, heads and slices: log.md, sections 1, 2, 4 and 5.
import { Reader, concat, must, sha256, u32, u64, u8, verify } from './bytes.js';

export const SIZE_MAX = 2 ** 40 - 1;
export const TIME_MAX = 253_370_764_799_999;
export const KINDS = ['data', 'genesis', 'continue', 'alias', 'delete', 'expire', 'prune', 'snapshot', 'close'];
export const [SALTED, LINKED, SEALED, EXPIRING] = [1, 2, 4, 8];

/** RL-20: the position of the first entry, that after the last, the entries. */
export function readSlice(bytes) {
  must(bytes.length <= 524_288, 'RL-1: slice over 524,288 bytes');
  const input = new Reader(bytes);
  const first = input.varint();
  const count = input.varint();
  must(count <= 1024, 'RL-1: more than 1,024 entries');
  must(count >= 1, 'RL-20: a slice of nothing');
  must(first + count <= SIZE_MAX, 'RL-1: positions over 2^40 - 2');
  const entries = [];
  for (let time = 0, weight = 0; entries.length < count; ) {
    const entry = readEntry(input, first + entries.length, time);
    time = entry.time;
    weight += entry.weight;
    must(weight <= 512_000, 'RL-1: slice of a weight over 512,000');
    entries.push(entry);
  }
  input.end();
  return { first, end: first + count, entries };
}

/** RL-21 */
function readEntry(input, seq, timeBefore) {
  const lead = input.u8();
  const kind = lead & 0x0f;
  must(kind < KINDS.length, 'RL-3: unknown kind');
  must((kind === 1) === (seq === 0), 'RL-2: genesis elsewhere, or something else at 0');
  const more = lead & 0x80 ? input.u8() : 0;
  must(more < 8 && (more > 0 || !(lead & 0x80)), 'RL-21: unknown or no flags behind the lead');
  const flags = (lead & 0x40 ? SALTED : 0) | (more & LINKED) | (lead & 0x10 ? SEALED : 0) | (more & 1 ? EXPIRING : 0);
  const time = timeBefore + input.zigzag();
  must(time >= 0 && time <= TIME_MAX, 'RL-1: time before 1970 or after 9998');
  const variable = input.at;
  const expiry = flags & EXPIRING ? readExpiry(input, time) : 0;
  const parents = lead & 0x20 ? readParents(input, input.varint(), 1) : [];
  const length = input.varint();
  must(length <= 262_144, 'RL-1: payload over 262,144 bytes');
  // RL-24
  const weight = 5 + (more & 3 ? 1 : 0) + (input.at - variable) + Math.max(32, length);
  const payload = more & 4 ? undefined : input.take(length);
  const hash = payload ? sha256('tidelog/payload/1', payload) : input.take(32);
  return { seq, kind, flags, time, expiry, parents, length, payload, hash, weight };
}

export function readExpiry(input, time) {
  const expiry = time + input.varint();
  must(expiry > time, 'RL-5: expired when written');
  must(expiry <= TIME_MAX, 'RL-1: expiry after 9998');
  return expiry;
}

export function readParents(input, count, min) {
  must(count <= 16, 'RL-1: more than 16 parents');
  must(count >= min, 'RL-21: parents announced, none there');
  return Array.from({ length: count }, () => {
    const [alias, seq] = [input.varint(), input.varint()];
    must(alias < 2 ** 31 && seq < SIZE_MAX, 'RL-1: no such parent');
    return { alias, seq };
  });
}

/** RL-8, RL-9: gives each entry its id, and answers them all. */
export function link(log, previous, entries) {
  return entries.map((entry) => {
    entry.id = sha256(preimage(log, previous, entry));
    return (previous = entry.id);
  });
}

export function preimage(log, previous, e) {
  const parents = e.parents.map((parent) => concat(u32(parent.alias), u64(parent.seq)));
  return concat('tidelog/entry/1', log, u64(e.seq), u8(e.kind), u8(e.flags), previous, u64(e.time), u64(e.expiry),
    u32(e.length), e.hash, u8(parents.length), ...parents);
}

/** RL-17 */
export const headBytes = (log, { size, last, root, time }) =>
  concat('tidelog/head/1', log, u64(size), last, root, u64(time));

export function checkHead(log, head) {
  must(head.time <= TIME_MAX, 'RL-1: head after 9998');
  must(verify(log, headBytes(log, head), head.signature), 'RL-17: the head is not signed by the log');
}
