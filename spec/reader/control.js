// What alias and delete entries say: log.md, section 6.
import { Reader, must } from './bytes.js';
import { SIZE_MAX } from './entries.js';

const text = (key) => key.toString('hex');

/** RL-29: the logs that numbers stand for, once an alias entry's payload is added to those before. */
export function bind(log, before, payload) {
  must(payload?.length > 0 && payload.length % 32 === 0, 'RL-29: not keys');
  must(payload.length <= 32 * 1024, 'RL-1: over 1,024 names');
  const keys = [...before];
  const taken = new Set([log, ...before].map(text));
  for (const input = new Reader(payload); input.left > 0; ) {
    const key = input.take(32);
    must(!taken.has(text(key)), 'RL-29: its own log, or one twice');
    taken.add(text(key));
    keys.push(key);
  }
  must(keys.length <= 65_536, 'RL-1: over 65,536 numbers');
  return keys;
}

/** RL-30: ranges of positions, [from, to), all before the entry that says so. */
export function readDeletion(payload, seq = SIZE_MAX) {
  const input = new Reader(payload);
  const ranges = [];
  for (let at = 0; input.left > 0; ) {
    const from = at + input.varint();
    const to = from + input.varint();
    must(ranges.length < 4096, 'RL-1: over 4,096 ranges');
    must(to <= SIZE_MAX, 'RL-1: positions over 2^40 - 2');
    must(to <= seq, 'RL-30: not before the entry itself');
    must(to > from && (from > at || ranges.length === 0), 'RL-30: an empty range, or one that touches the next');
    ranges.push([from, to]);
    at = to;
  }
  must(ranges.length > 0, 'RL-30: nothing to delete');
  return ranges;
}
