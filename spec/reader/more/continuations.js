// What continue entries say: log.md, RL-61 and RL-62.
import { Reader, concat, must, same, u64, verify } from '../bytes.js';
import { SIZE_MAX } from '../entries.js';

/** Which log this one says that it continues. Whether it may say so is in the genesis of that one. */
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
