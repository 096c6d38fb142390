// What control entries say: log.md, section 6.
import { Reader, must, same } from './bytes.js';
import { SIZE_MAX } from './entries.js';

/** RL-29: the logs that the numbers of a log stand for. */
export class Aliases {
  constructor(log) {
    this.log = log;
    this.keys = [];
    this.broken = false;
  }

  /** Takes the payloads of alias entries in order. One that cannot be read, or is wrong, ends it. */
  bind(payload) {
    this.broken ||= payload === undefined;
    if (this.broken) return;
    this.broken = true;
    const input = new Reader(payload);
    must(payload.length > 0 && payload.length % 32 === 0, 'RL-29: not keys');
    must(payload.length <= 32 * 1024, 'RL-1: over 1,024 names');
    const keys = [...this.keys];
    while (input.left > 0) {
      const key = input.take(32);
      must(!same(key, this.log) && !keys.some((other) => same(key, other)), 'RL-29: its own log, or one twice');
      keys.push(key);
    }
    must(keys.length <= 65_536, 'RL-1: over 65,536 numbers');
    this.keys = keys;
    this.broken = false;
  }
}

/** RL-30: ranges of positions, [from, to). */
export function readDeletion(payload) {
  const input = new Reader(payload);
  const ranges = [];
  for (let at = 0; input.left > 0; ) {
    const from = at + input.varint();
    const to = from + input.varint();
    must(ranges.length < 4096, 'RL-1: over 4,096 ranges');
    must(to <= SIZE_MAX, 'RL-1: positions over 2^40 - 2');
    must(to > from && (from > at || ranges.length === 0), 'RL-30: an empty range, or one that touches the next');
    ranges.push([from, to]);
    at = to;
  }
  must(ranges.length > 0, 'RL-30: nothing to delete');
  return ranges;
}
