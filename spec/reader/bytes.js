// Bytes, numbers, DAG-CBOR, blocks and signatures: keys.md, "Encodings" and S2.
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import * as dagCbor from '@ipld/dag-cbor';
import { ed25519 } from '@noble/curves/ed25519';
import { varint as leb128 } from 'multiformats';

/** What the documents say MUST be refused; the message begins with the number of the requirement. */
export class Refused extends Error {}

export function must(holds, why) {
  if (!holds) throw new Refused(why);
}

/** Whatever a library does not take breaks the rule. */
export function ruled(rule, read) {
  try {
    return read();
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`${rule}: ${error.message}`);
  }
}

export const concat = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
export const sha256 = (...parts) => createHash('sha256').update(concat(...parts)).digest();
export const same = (a, b) => Buffer.compare(a, b) === 0;
export const utf8 = (bytes) => (isUtf8(bytes) ? bytes.toString() : undefined);
export const ZERO = Buffer.alloc(32);
export const u8 = (n) => Buffer.of(n);
export const u32 = (n) => u64(n).subarray(4);
export const u64 = (n) => Buffer.from(BigInt(n).toString(16).padStart(16, '0'), 'hex');
export const varint = (n) => Buffer.from(leb128.encodeTo(n, new Uint8Array(leb128.encodingLength(n))));

/** Takes values off the front of bytes, and never more than are there (E4). */
export class Reader {
  constructor(bytes) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = 0;
  }

  get left() { return this.bytes.length - this.at; }
  rest() { return this.take(this.left); }
  end() { must(this.left === 0, 'E1: bytes after the end'); }
  u8() { return this.take(1)[0]; }
  u64() { return Number(this.take(8).readBigUInt64BE()); }

  take(length) {
    must(length <= this.left, 'E4: cut short');
    return this.bytes.subarray(this.at, (this.at += length));
  }

  /** Exact up to 2^53, far over every limit; above that only good for being refused. */
  varint() {
    const [n, length] = ruled(this.left < 9 ? 'E4' : 'E1', () => leb128.decode(this.bytes, this.at));
    must(length <= 9 && length === leb128.encodingLength(n), 'E1: a varint that is padded or over 63 bits');
    this.at += length;
    return n;
  }

  zigzag() {
    const n = this.varint();
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2;
  }
}

/** DAG-CBOR in its one encoding (E2): what is written again must be what was read. */
export function cbor(bytes) {
  const value = ruled('E2', () => dagCbor.decode(bytes));
  must(ruled('E2', () => same(dagCbor.encode(value), bytes)), 'E2: another encoding of its value');
  must(countItems(value, 0) <= 65_536, 'E2: too many values');
  return value;
}

function countItems(value, depth) {
  must(depth <= 64, 'E2: nested too deeply');
  if (isLink(value)) checkCid(value);
  if (!(value instanceof Object) || isBytes(value) || isLink(value)) return 1;
  return Object.values(value).reduce((count, inner) => count + countItems(inner, depth + 1), 1);
}

export const isLink = (value) => value instanceof Object && value.asCID === value;
export const isBytes = (value, length) => value instanceof Uint8Array && value.length === (length ?? value.length);
export const isWhole = (value, min, max) => Number.isSafeInteger(value) && value >= min && value <= max;
export const hasKeys = (map, ...keys) => map instanceof Object && Object.keys(map).sort().join() === keys.join();
const isSha256 = ({ code, size }) => code === 0x12 && size === 32;

/** E3 */
export function checkCid({ version, multihash }) {
  must(version === 1 && (isSha256(multihash) || (multihash.code === 0 && multihash.size <= 128)), 'E3: a CID of another kind');
}

/** RL-45 */
export function checkBlockName(cid) {
  must(isLink(cid) && cid.code === 0x71 && isSha256(cid.multihash), 'RL-45: not the name of such a block');
  return cid;
}

/** Whether a block is the named one, and no longer than was said. */
export function checkBlock(cid, bytes, max) {
  must(bytes.length <= max, 'RL-39: a longer block');
  must(isSha256(cid.multihash) && same(sha256(bytes), cid.multihash.digest), 'RL-45: a block of other bytes');
  return bytes;
}

/** S2: libraries disagree where a key, or the R of a signature, is not canonical and of prime order. */
export function verify(key, message, signature) {
  try {
    const points = [key, signature.subarray(0, 32)].map((bytes) => ed25519.Point.fromHex(bytes, false));
    const sound = points.every((point) => !point.is0() && point.isTorsionFree());
    return sound && ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}
