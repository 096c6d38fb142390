// Writes what the vectors of what is refused are made of: a small log of which any part may be given a flaw, and
// everything above it be made and signed as if nothing were wrong.
import * as dagCbor from '@ipld/dag-cbor';
import { hkdfSync } from 'node:crypto';
import { gcmsiv } from '@noble/ciphers/aes';
import { ed25519 } from '@noble/curves/ed25519';
import { CID } from 'multiformats/cid';
import { create as createDigest } from 'multiformats/hashes/digest';
import { ZERO, concat, sha256, u64, u8, varint } from '../bytes.js';
import { EXPIRING, LINKED, SALTED, SEALED, headBytes, link } from '../entries.js';
import { hashes, join, leaves, root } from '../merkle.js';
import { nameOf } from '../record.js';

export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const unhex = (text) => Buffer.from(text, 'hex');
export const TIME = 1_767_225_600_000;
export const seed = (n) => Buffer.alloc(32, n);
export const publicKey = (n) => Buffer.from(ed25519.getPublicKey(seed(n)));
export const sign = (n, ...parts) => Buffer.from(ed25519.sign(concat(...parts), seed(n)));
export const LOG = publicKey(1);
export const TOPIC = Buffer.alloc(32, 10);
export const encode = (value) => Buffer.from(dagCbor.encode(value));
export const cidOf = (block, code = 0x71) => CID.createV1(code, createDigest(0x12, sha256(block)));

export function entry(seq, fields = {}) {
  const made = { seq, kind: seq === 0 ? 1 : 0, flags: 0, time: TIME + seq, expiry: 0, parents: [], ...fields };
  if (!fields.hash) made.payload ??= Buffer.from(`entry ${seq}`);
  made.hash ??= sha256('tidelog/payload/1', made.payload);
  made.length ??= made.payload.length;
  return made;
}

/** RL-27 */
export function statement({ purpose = 0, topic = TOPIC, signer = 5, name = Buffer.from('kim') } = {}) {
  const incarnation = Buffer.alloc(16, 11);
  const signature = sign(signer, 'tidelog/device/1', LOG, topic, u8(purpose), incarnation);
  return concat(u8(purpose), incarnation, publicKey(5), signature, ZERO, name);
}

const aeadSeal = (key, nonce, associated, plain) =>
  Buffer.from(gcmsiv(key, nonce, associated).encrypt(plain));

/** P2, P3 */
export function seal(log, epochKey, seq, plain) {
  const key = Buffer.from(hkdfSync('sha256', epochKey, '', concat('tidelog/seal/1', log), 32));
  return concat(u8(0), aeadSeal(key, concat(u64(seq), Buffer.alloc(4)), concat('tidelog/entry/1', log, u8(0)), plain));
}

/** P4 */
export const sealBlock = (key, index, last, plain) =>
  aeadSeal(key, concat(u64(index), u8(last ? 1 : 0), Buffer.alloc(3)), Buffer.of(), plain);

/** RL-20 to RL-22 */
export function writeSlice(first, entries) {
  let before = 0;
  const parts = entries.map((e) => {
    const more = (e.flags & EXPIRING ? 1 : 0) | (e.flags & LINKED) | (e.payload ? 0 : 4);
    const lead = e.kind | (e.flags & SEALED ? 0x10 : 0) | (e.parents.length ? 0x20 : 0) | (e.flags & SALTED ? 0x40 : 0);
    const step = e.time - before;
    before = e.time;
    const parents = e.parents.flatMap((parent) => [varint(parent.alias), varint(parent.seq)]);
    return concat(
      more ? Buffer.of(lead | 0x80, more) : u8(lead),
      varint(step < 0 ? -2 * step - 1 : 2 * step),
      e.flags & EXPIRING ? varint(e.expiry - e.time) : '',
      parents.length ? concat(varint(e.parents.length), ...parents) : '',
      varint(e.length),
      e.payload ?? e.hash);
  });
  return concat(varint(first), varint(entries.length), ...parts);
}

export const protobuf = (fields) =>
  concat(...fields.map(([number, value]) =>
    typeof value === 'number'
      ? concat(varint(number * 8), varint(value))
      : concat(varint(number * 8 + 2), varint(value.length), value)));

const same = (value) => value;

/** A record of version 2 (keys.md S4); `change.data` and `change.fields` may spoil it. */
export function writeRecord(signer, data, change = {}) {
  const encoded = (change.encoded ?? same)(encode((change.data ?? same)(data)));
  const signature = sign(change.signer ?? signer, 'ipns-signature:', encoded);
  return protobuf((change.fields ?? same)([[8, signature], [9, encoded]]));
}

export const recordData = (value, sequence, time) => ({
  TTL: 300_000_000_000,
  Value: Buffer.from(value),
  Sequence: sequence,
  Validity: Buffer.from(new Date(time + 365 * 86_400_000).toISOString().replace('Z', '000000Z')),
  ValidityType: 0,
});

/**
 * A log of six entries: pages [0, 1), [1, 2) below a node, [2, 3), [3, 4), a tail. Each function of `change` takes what
 * is about to be written and gives what is written instead.
 */
export function writeMirror(change = {}) {
  const changed = (part, value, ...where) => (change[part] ?? same)(value, ...where);
  const blocks = {};
  const put = (bytes, code) => {
    const cid = cidOf(bytes, code);
    blocks[`block ${cid}`] = changed('block', bytes, cid);
    return cid;
  };
  const entries = changed('entries', [0, 1, 2, 3, 4, 5].map((seq) => entry(seq)));
  const ids = link(LOG, ZERO, entries);
  const rootsOf = (from, to) => hashes(join(leaves(from, ids.slice(from, to))));
  const child = (level, first, end, bytes, code) =>
    [level, first, end, bytes.length, put(bytes, code), ids[first - 1] ?? ZERO, rootsOf(first, end)];
  const pages = [0, 1, 2, 3].map((i) => {
    const items = changed('page', [LOG, writeSlice(i, [entries[i]])], i);
    return changed('child', child(0, i, i + 1, encode(items), change.pageCodec), i);
  });
  const node = changed('nodeChild', child(1, 0, 2, encode(changed('node', pages.slice(0, 2)))));
  const statement = { size: 4, last: ids[3], root: root(leaves(0, ids.slice(0, 4))), time: TIME + 3 };
  const { last, time } = changed('indexHead', statement);
  const map = changed('root', {
    log: LOG,
    head: concat(last, u64(time), sign(change.indexSigner ?? 1, headBytes(LOG, statement))),
    children: changed('rootChildren', [node, ...pages.slice(2)]),
  });
  const index = put(encode(map), change.indexCodec);
  const carried = changed('carried', {
    version: 1,
    head: { size: 6, last: ids[5], root: root(leaves(0, ids)), time: TIME + 5 },
    paged: 4,
    previous: ids[3],
    tail: writeSlice(4, entries.slice(4)),
  });
  const data = { ...recordData(`/ipfs/${index}`, 6, TIME + 5), _tidelog: writeCarried(carried) };
  return { log: nameOf(LOG), record: writeRecord(1, changed('data', data)), ...blocks };
}

/** RL-47 */
export function writeCarried({ version = 1, head, paged, previous, tail, signer = 1 }) {
  const signature = sign(signer, headBytes(LOG, head));
  return concat(u8(version), varint(head.time), signature, head.root, varint(paged), previous, tail);
}
