// Bytes, numbers and blocks: keys.md, "Encodings".
import { createHash } from 'node:crypto';
import * as dagCbor from '@ipld/dag-cbor';

/** What the documents say MUST be refused; the message begins with the number of the requirement. */
export class Refused extends Error {}

export function must(holds, why) {
  if (!holds) throw new Refused(why);
}

const ascii = (part) => (typeof part === 'string' ? Buffer.from(part, 'ascii') : part);
export const concat = (...parts) => Buffer.concat(parts.map(ascii));
export const sha256 = (...parts) => createHash('sha256').update(concat(...parts)).digest();
export const same = (a, b) => Buffer.compare(a, b) === 0;
export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const unhex = (text) => Buffer.from(text, 'hex');
export const ZERO = Buffer.alloc(32);
export const u8 = (n) => Buffer.of(n);
export const u32 = (n) => u64(n).subarray(4);

export function u64(n) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(n));
  return bytes;
}

export function varint(n) {
  const bytes = [];
  for (; n > 127; n = Math.floor(n / 128)) bytes.push((n % 128) + 128);
  return Buffer.from([...bytes, n]);
}

/** Takes values off the front of bytes, and never more than are there (E4). */
export class Reader {
  constructor(bytes) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = 0;
  }

  get left() {
    return this.bytes.length - this.at;
  }

  take(length) {
    must(length <= this.left, 'E4: cut short');
    return this.bytes.subarray(this.at, (this.at += length));
  }

  rest() {
    return this.take(this.left);
  }

  end() {
    must(this.left === 0, 'E1: bytes after the end');
  }

  u8() {
    return this.take(1)[0];
  }

  u64() {
    return Number(this.take(8).readBigUInt64BE());
  }

  /** Exact up to 2^53, far over every limit; above that only good for being refused. */
  varint() {
    for (let value = 0, i = 0; ; i++) {
      const byte = this.u8();
      must(i < 9, 'E1: varint over 63 bits');
      value += (byte & 127) * 128 ** i;
      if (byte > 127) continue;
      must(byte !== 0 || i === 0, 'E1: padded varint');
      return value;
    }
  }

  zigzag() {
    const n = this.varint();
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2;
  }
}

/** DAG-CBOR in its one encoding (E2): what is written again must be what was read. */
export function cbor(bytes) {
  let value;
  try {
    value = dagCbor.decode(bytes);
    must(same(dagCbor.encode(value), bytes), 'E2: another encoding of its value');
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`E2: ${error.message}`);
  }
  must(countItems(value, 0) <= 65_536, 'E2: too many values');
  return value;
}

function countItems(value, depth) {
  must(depth <= 64, 'E2: nested too deeply');
  if (!(value instanceof Object) || ArrayBuffer.isView(value)) return 1;
  if (isLink(value)) return checkCid(value);
  return Object.values(value).reduce((count, inner) => count + countItems(inner, depth + 1), 1);
}

export function checkCid(cid) {
  const { code, size } = cid.multihash;
  const known = (code === 0x12 && size === 32) || (code === 0 && size <= 128);
  must(cid.version === 1 && known, 'E3: a CID of another kind');
  return 1;
}

export const isLink = (value) => value instanceof Object && value.asCID === value;

/** RL-45 */
export function checkBlockName(cid) {
  must(isLink(cid) && cid.version === 1 && cid.code === 0x71, 'RL-45: not the name of such a block');
  must(cid.multihash.code === 0x12 && cid.multihash.size === 32, 'RL-45: not named by SHA-256');
  return cid;
}

/** Whether a block is the named one, and no longer than was said. */
export function checkBlock(cid, bytes, max) {
  must(bytes.length <= max, 'RL-39: a longer block');
  must(cid.multihash.code === 0x12 && same(sha256(bytes), cid.multihash.digest), 'RL-45: a block of other bytes');
  return bytes;
}

/** A whole number from `min` to `max`; CBOR has other things too. */
export function number(value, min, max, why) {
  must(Number.isSafeInteger(value) && value >= min && value <= max, why);
  return value;
}

export function bytesOf(value, length, why) {
  must(value instanceof Uint8Array && (length === undefined || value.length === length), why);
  return Buffer.from(value.buffer, value.byteOffset, value.length);
}
