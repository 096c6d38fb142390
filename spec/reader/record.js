// Names and records: keys.md, "Signatures and names"; log.md, section 9.
import { multihashToIPNSRoutingKey } from 'ipns';
import { ipnsValidator } from 'ipns/validator';
import { base36 } from 'multiformats/bases/base36';
import { CID } from 'multiformats/cid';
import { Reader, Refused, ZERO, bytesOf, cbor, checkBlockName, concat, must, number, same } from './bytes.js';
import { SIZE_MAX, TIME_MAX, checkHead, link, readSlice } from './entries.js';
import { leaves, root } from './merkle.js';
import { isPrimeOrder, verify } from './signatures.js';

const KEY_PREFIX = Buffer.from('08011220', 'hex');
const NO_INDEX = '/ipfs/bafyqaama';
const YEAR_MILLIS = 365 * 86_400_000;

/** S3: the key that a name is. */
export function keyOf(name) {
  try {
    const cid = CID.parse(name, base36);
    const bytes = Buffer.from(cid.multihash.digest);
    const fits = cid.version === 1 && cid.code === 0x72 && cid.multihash.code === 0 && bytes.length === 36;
    must(fits && cid.toString(base36) === name, 'S3: not a name');
    must(same(bytes.subarray(0, 4), KEY_PREFIX), 'S3: not the name of an Ed25519 key');
    return bytes.subarray(4);
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`S3: ${error.message}`);
  }
}

export function nameOf(key) {
  const digest = concat(KEY_PREFIX, key);
  return base36.encode(concat(Buffer.of(1, 0x72, 0, digest.length), digest));
}

/** S5: the fields of the protobuf message by number, numbers or bytes. */
function fields(bytes) {
  const input = new Reader(bytes);
  const found = new Map();
  while (input.left > 0) {
    const tag = input.varint();
    const [number, type] = [Math.floor(tag / 8), tag % 8];
    must(number > 0 && [0, 1, 2, 5].includes(type), 'S5: no such field');
    if (number <= 9) must(type === ([3, 5, 6].includes(number) ? 0 : 2), 'S5: a field of another type');
    must(number > 9 || !found.has(number), 'S5: a field twice');
    if (type === 0 && number > 9) for (let i = 0; input.u8() > 127; ) must(++i < 10, 'S5: over 64 bits');
    else if (type === 0) found.set(number, input.varint());
    else found.set(number, input.take(type === 2 ? input.varint() : type === 1 ? 8 : 4));
  }
  return found;
}

/** S4, S5: checks the record and gives its data. An expired one is still a record: RL-50. */
export async function readRecord(key, bytes) {
  must(bytes.length > 0 && bytes.length <= 10_240, 'S5: record over 10,240 bytes');
  must(isPrimeOrder(key), 'S2: no such key');
  const found = fields(bytes);
  const [signature, signed] = [found.get(8) ?? Buffer.of(), found.get(9) ?? Buffer.of()];
  const data = cbor(signed);
  checkForm(data);
  const expected = [[1, data.Value], [4, data.Validity], [3, 0], [5, data.Sequence], [6, data.TTL]];
  const version1 = [1, 2, 3, 4, 5, 6].some((n) => found.has(n));
  for (const [n, value] of version1 ? expected : []) {
    const old = found.get(n) ?? (n === 1 || n === 4 ? Buffer.of() : 0);
    must(typeof old === 'number' ? old === Number(value) : same(old, value), 'S5: versions 1 and 2 differ');
  }
  must(!found.has(7) || same(found.get(7), concat(KEY_PREFIX, key)), 'S5: it carries another key');
  must(verify(key, concat('ipns-signature:', signed), signature), 'S2: not signed by the name');
  try {
    await ipnsValidator(multihashToIPNSRoutingKey(CID.parse(nameOf(key), base36).multihash), bytes);
  } catch (error) {
    must(error.name === 'RecordExpiredError', `S4: ${error.message}`);
  }
  return data;
}

/** S4 */
function checkForm(data) {
  bytesOf(data?.Value, undefined, 'S4: record without Value');
  bytesOf(data.Validity, undefined, 'S4: record without Validity');
  must(data.ValidityType === 0, 'S4: another ValidityType');
  for (const n of [data.Sequence, data.TTL]) {
    must((Number.isSafeInteger(n) || typeof n === 'bigint') && n >= 0 && n < 2n ** 63n, 'S4: no such number');
  }
}

/** RL-46 to RL-49: head, how much is paged under which index, the tail. */
export async function readHead(key, bytes) {
  const data = await readRecord(key, bytes);
  const size = number(data.Sequence, 1, SIZE_MAX, 'RL-1: no such size');
  const input = new Reader(bytesOf(data._tidelog, undefined, 'RL-47: record without _tidelog'));
  must(input.u8() === 1, 'RL-47: another version');
  const time = input.varint();
  must(time <= TIME_MAX, 'RL-1: head after 9998');
  const signature = input.take(64);
  const claimed = input.take(32);
  const paged = input.varint();
  must(paged <= size, 'RL-47: more is paged than there is');
  const previous = paged > 0 ? input.take(32) : ZERO;
  must((input.left > 0) === (paged < size), 'RL-47: a tail too many or too few');
  const tail = paged < size ? readSlice(input.rest()) : { first: paged, end: paged, entries: [] };
  must(tail.first === paged && tail.end === size, 'RL-47: the tail is of other positions');
  const ids = link(key, previous, tail.entries);
  const validity = new Date(time + YEAR_MILLIS).toISOString().replace('Z', '000000Z');
  must(same(data.Validity, Buffer.from(validity)) && data.TTL === 300_000_000_000, 'RL-46: another Validity or TTL');
  const known = ['TTL', 'Value', 'Sequence', 'Validity', 'ValidityType'];
  must(Object.keys(data).every((field) => field[0] === '_' || known.includes(field)), 'RL-46: a field more');
  const index = readValue(Buffer.from(data.Value).toString('latin1'), paged);
  const head = { size, last: ids.at(-1) ?? previous, root: claimed, time, signature };
  checkHead(key, head);
  const trees = leaves(paged, ids);
  if (paged === 0) must(same(root(trees), claimed), 'RL-49: the root is not that of the entries');
  return { head, paged, previous, index, entries: tail.entries, trees };
}

/** RL-46 */
function readValue(path, paged) {
  must((path === NO_INDEX) === (paged === 0), 'RL-46: pages without an index, or an index without pages');
  if (paged === 0) return undefined;
  try {
    const cid = CID.parse(path.slice('/ipfs/'.length));
    must(path === `/ipfs/${cid}`, 'RL-46: another Value');
    return checkBlockName(cid);
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`RL-46: ${error.message}`);
  }
}
