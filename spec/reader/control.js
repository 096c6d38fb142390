// What control entries say: log.md, section 6.
import { Reader, concat, must, same, u64 } from './bytes.js';
import { SIZE_MAX } from './entries.js';
import { verify } from './signatures.js';

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

/** RL-61, RL-62: which log this one says that it continues. Whether it may say so is in the genesis of that one. */
export function readContinuation(log, payload) {
  const input = new Reader(payload);
  must(input.u8() === 1, 'RL-61: another version');
  const [continued, size, root] = [input.take(32), input.varint(), input.take(32)];
  const [recoveryKey, signature] = [input.take(32), input.take(64)];
  input.end();
  must(size >= 1 && size <= SIZE_MAX, 'RL-61: no such size');
  must(!same(continued, log), 'RL-62: it names its own log');
  const signed = concat('tidelog/continue/1', log, continued, u64(size), root);
  must(verify(recoveryKey, signed, signature), 'RL-62: not signed by the recovery key');
  return { continued, size, root, recoveryKey };
}
