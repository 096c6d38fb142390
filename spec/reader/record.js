// Names and records: keys.md, "Signatures and names"; log.md, section 9.
import { multihashToIPNSRoutingKey } from 'ipns';
import { ipnsValidator } from 'ipns/validator';
import { base36 } from 'multiformats/bases/base36';
import { CID } from 'multiformats/cid';
import { identity } from 'multiformats/hashes/identity';
import { Reader, ZERO, cbor, checkBlockName, concat, isBytes, isWhole, must, ruled, same, verify } from './bytes.js';
import { SIZE_MAX, TIME_MAX, checkHead, link, readSlice } from './entries.js';
import { leaves, root } from './merkle.js';

export const RECORD_MAX = 10_240;
const KEY_PREFIX = Buffer.of(8, 1, 0x12, 32);
const NO_INDEX = '/ipfs/bafyqaama';
const YEAR_MILLIS = 365 * 86_400_000;

const cidOf = (key) => CID.createV1(0x72, identity.digest(concat(KEY_PREFIX, key)));
export const nameOf = (key) => cidOf(key).toString(base36);

/** S3: the key that a name is. */
export function keyOf(name) {
  const { digest } = ruled('S3', () => CID.parse(name, base36)).multihash;
  const key = Buffer.from(digest.subarray(KEY_PREFIX.length));
  must(key.length === 32 && nameOf(key) === name, 'S3: not the name of an Ed25519 key');
  return key;
}

/** S5: the fields of the protobuf message by number, numbers or bytes. A library's decoder would pass over most of this. */
function fields(bytes) {
  const input = new Reader(bytes);
  const found = new Map();
  while (input.left > 0) {
    const tag = input.varint();
    const [number, type] = [Math.floor(tag / 8), tag % 8];
    must(number > 0 && [0, 1, 2, 5].includes(type), 'S5: no such field');
    must(number > 9 || type === ([3, 5, 6].includes(number) ? 0 : 2), 'S5: a field of another type');
    must(number > 9 || !found.has(number), 'S5: a field twice');
    if (type === 0 && number > 9) for (let i = 0; input.u8() > 127; ) must(++i < 10, 'S5: over 64 bits');
    else if (type === 0) found.set(number, input.varint());
    else found.set(number, input.take(type === 2 ? input.varint() : type === 1 ? 8 : 4));
  }
  return found;
}

/** S4, S5: checks the record and gives its data. An expired one is still a record: RL-50. */
export async function readRecord(key, bytes) {
  must(bytes.length > 0 && bytes.length <= RECORD_MAX, 'S5: record over 10,240 bytes');
  const found = fields(bytes);
  const [signature, signed] = [8, 9].map((n) => found.get(n) ?? Buffer.of());
  const data = cbor(signed);
  must(isBytes(data?.Value) && isBytes(data.Validity), 'S4: record without Value or Validity');
  must(data.ValidityType === 0 && [data.Sequence, data.TTL].every(isCount), 'S4: no such number');
  const version1 = [[1, data.Value], [3, 0], [4, data.Validity], [5, data.Sequence], [6, data.TTL]];
  for (const [n, value] of [1, 2, 3, 4, 5, 6].some((n) => found.has(n)) ? version1 : []) {
    const old = found.get(n) ?? (isBytes(value) ? Buffer.of() : 0);
    must(isBytes(value) ? same(old, value) : old === Number(value), 'S5: versions 1 and 2 differ');
  }
  must(!found.has(7) || same(found.get(7), concat(KEY_PREFIX, key)), 'S5: it carries another key');
  must(verify(key, concat('ipns-signature:', signed), signature), 'S2: not signed by the name');
  // What other programs say to it: less strict than all that, but not ours.
  await ipnsValidator(multihashToIPNSRoutingKey(cidOf(key).multihash), bytes).catch((error) =>
    must(error.name === 'RecordExpiredError', `S4: ${error.message}`));
  return data;
}

const isCount = (n) => (Number.isSafeInteger(n) || typeof n === 'bigint') && n >= 0 && n < 2n ** 63n;

/** RL-46 to RL-49: head, how much is paged under which index, the tail. */
export async function readHead(key, bytes) {
  const data = await readRecord(key, bytes);
  const size = data.Sequence;
  must(isWhole(size, 1, SIZE_MAX), 'RL-1: no such size');
  must(isBytes(data._tidelog), 'RL-47: record without _tidelog');
  const input = new Reader(data._tidelog);
  must(input.u8() === 1, 'RL-47: another version');
  const time = input.varint();
  must(time <= TIME_MAX, 'RL-1: head after 9998');
  const [signature, claimed, paged] = [input.take(64), input.take(32), input.varint()];
  must(paged <= size, 'RL-47: more is paged than there is');
  const previous = paged > 0 ? input.take(32) : ZERO;
  must((input.left > 0) === (paged < size), 'RL-47: a tail too many or too few');
  const tail = paged < size ? readSlice(input.rest()) : { first: paged, end: paged, entries: [] };
  must(tail.first === paged && tail.end === size, 'RL-47: the tail is of other positions');
  checkFields(data, time);
  const index = readValue(Buffer.from(data.Value).toString('latin1'), paged);
  const ids = link(key, previous, tail.entries);
  const trees = leaves(paged, ids);
  const head = { size, last: ids.at(-1) ?? previous, root: claimed, time, signature };
  checkHead(key, head);
  must(paged > 0 || same(root(trees), claimed), 'RL-49: the root is not that of the entries');
  return { head, paged, previous, index, entries: tail.entries, trees };
}

/** RL-46 */
function checkFields(data, time) {
  const validity = new Date(time + YEAR_MILLIS).toISOString().replace('Z', '000000Z');
  must(same(data.Validity, Buffer.from(validity)) && data.TTL === 300_000_000_000, 'RL-46: another Validity or TTL');
  const known = ['TTL', 'Value', 'Sequence', 'Validity', 'ValidityType'];
  must(Object.keys(data).every((field) => field[0] === '_' || known.includes(field)), 'RL-46: a field more');
}

/** RL-46: the name of the index root, if there is one. */
function readValue(path, paged) {
  must((path === NO_INDEX) === (paged === 0), 'RL-46: pages without an index, or an index without pages');
  if (paged === 0) return undefined;
  const cid = ruled('RL-46', () => CID.parse(path.slice('/ipfs/'.length)));
  must(path === `/ipfs/${cid}`, 'RL-46: another Value');
  return checkBlockName(cid);
}
