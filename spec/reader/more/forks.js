// Fork proofs: log.md, section 13.
import { Reader, ZERO, must, same, verify } from '../bytes.js';
import { EXPIRING, KINDS, SIZE_MAX, TIME_MAX, headBytes, link, readExpiry, readParents } from '../entries.js';
import { leaves, readTrees, root } from '../merkle.js';
import { provedRoot } from './proofs.js';

const forms = { 1: readForkPoint, 2: readTwoHeads, 3: readFalseHead };

/** RL-63, RL-69: what statements of a log's key cannot all be true: its heads, and where they part if that is known. */
export function readForkProof(bytes) {
  must(bytes.length <= 4096, 'RL-63: over 4,096 bytes');
  const input = new Reader(bytes);
  must(input.u8() === 1, 'RL-63: another version');
  const form = input.u8();
  must(form in forms, 'RL-63: another form');
  const log = input.take(32);
  const body = forms[form](log, input);
  input.end();
  for (const head of body.heads) must(verify(log, headBytes(log, head), head.signature), 'RL-69: a head is not signed by the log');
  return { form, log, ...body };
}

function readSize(input, min, why = 'RL-1: no such size') {
  const size = input.varint();
  must(size >= min && size <= SIZE_MAX, why);
  return size;
}

/** RL-64 */
function readSigned(input) {
  const [last, time, signature] = [input.take(32), input.varint(), input.take(64)];
  must(time <= TIME_MAX, 'RL-1: head after 9998');
  return { last, time, signature };
}

/** RL-65: the id of the entry at a position. */
function readHeader(log, seq, previous, input) {
  const [kind, flags, time] = [input.u8(), input.u8(), input.varint()];
  must(kind < KINDS.length && (kind === 1) === (seq === 0), 'RL-65: no such kind here');
  must(flags < 16 && time <= TIME_MAX, 'RL-65: no such flags or time');
  const expiry = flags & EXPIRING ? readExpiry(input, time) : 0;
  const parents = readParents(input, input.u8(), 0);
  const length = input.varint();
  must(length <= 262_144, 'RL-1: payload over 262,144 bytes');
  return link(log, previous, [{ seq, kind, flags, time, expiry, parents, length, hash: input.take(32) }])[0];
}

/** RL-66 */
function readForkPoint(log, input) {
  const seq = readSize(input, 0);
  const previous = seq > 0 ? input.take(32) : ZERO;
  const peaks = readTrees(0, seq, input);
  const branches = [0, 1].map(() => {
    const size = readSize(input, seq + 1, 'RL-66: a branch that does not reach the point');
    const signed = readSigned(input);
    const id = readHeader(log, seq, previous, input);
    return { id, head: { size, ...signed, root: provedRoot(seq, seq + 1, size, leaves(seq, [id]), input, peaks) } };
  });
  const ids = branches.map((branch) => branch.id);
  must(Buffer.compare(...ids) < 0, 'RL-66: the ids do not ascend');
  return { point: seq, previous, ids, heads: branches.map((branch) => branch.head) };
}

/** RL-67 */
function readTwoHeads(log, input) {
  const first = { size: readSize(input, 1), root: input.take(32), ...readSigned(input) };
  const size = readSize(input, first.size);
  if (size === first.size) {
    const second = { size, root: input.take(32), ...readSigned(input) };
    const order = Buffer.compare(first.root, second.root) || Buffer.compare(first.last, second.last);
    must(order < 0, 'RL-67: roots and last ids do not ascend');
    return { heads: [first, second] };
  }
  const signed = readSigned(input);
  const peaks = readTrees(0, first.size, input);
  must(!same(root(peaks), first.root), 'RL-67: the first head is of a prefix');
  return { heads: [first, { size, ...signed, root: provedRoot(first.size, first.size, size, [], input, peaks) }] };
}

/** RL-68 */
function readFalseHead(log, input) {
  const size = readSize(input, 1);
  const signed = readSigned(input);
  const previous = size > 1 ? input.take(32) : ZERO;
  const id = readHeader(log, size - 1, previous, input);
  must(!same(id, signed.last), 'RL-68: the head is right');
  return { point: size - 1, heads: [{ size, ...signed, root: provedRoot(size - 1, size, size, leaves(size - 1, [id]), input) }] };
}
