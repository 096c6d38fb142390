// Invitations, genesis, sealed and large payloads: keys.md, "Sealing"; log.md, sections 6 and 12.
import { hkdfSync } from 'node:crypto';
import { gcmsiv } from '@noble/ciphers/aes';
import { base64url } from 'multiformats/bases/base64';
import { Reader, Refused, bytesOf, cbor, concat, isLink, must, number, same, sha256, u64, u8, varint } from './bytes.js';
import { LINKED, SALTED, SEALED } from './entries.js';
import { verify } from './signatures.js';

const TAG_BYTES = 16;
const SALT_BYTES = 16;
const CHUNK_BYTES = 262_144;
const FAN_OUT = 1024;
const LINKED_BLOCK_MAX = CHUNK_BYTES + 64;

/** The plaintext, or nothing: RFC 8452. */
function aeadOpen(key, nonce, associated, sealed) {
  if (sealed.length < TAG_BYTES) return undefined;
  const [k, n, a, s] = [key, nonce, associated, sealed].map((bytes) => Uint8Array.from(bytes));
  try {
    return Buffer.from(gcmsiv(k, n, a).decrypt(s));
  } catch {
    return undefined;
  }
}

/** I1 to I3: the topic's id, its key unless it is open, some of its logs. */
export function readInvitation(text) {
  must(text.length <= 4096, 'I2: over 4,096 characters');
  const input = new Reader(fromBase64(text));
  must(input.left > 4, 'I1: too short');
  const body = input.take(input.left - 4);
  must(same(sha256('tidelog/invitation/1', body).subarray(0, 4), input.rest()), 'I3: another checksum');
  const inner = new Reader(body);
  must(inner.u8() === 1, 'I3: another version');
  const flags = inner.u8();
  must(flags <= 1, 'I2: unknown flags');
  const topicId = inner.take(32);
  const epochKey = flags === 1 ? undefined : inner.take(32);
  const label = utf8(inner.take(inner.u8()));
  must(label !== undefined, 'I2: a label that is not UTF-8');
  const count = inner.u8();
  must(count <= 16, 'I2: more than 16 logs');
  const logs = Array.from({ length: count }, () => inner.take(32));
  inner.end();
  return { topicId, epochKey, label, logs };
}

function fromBase64(text) {
  try {
    return base64url.decode(text);
  } catch (error) {
    throw new Refused(`I1: ${error.message}`);
  }
}

/** P1 */
export const commitment = (log, topicId, epochKey) => sha256('tidelog/epoch/1', log, topicId, epochKey);

/** P2, P3: opens what is sealed for a position of this log; nothing where it does not open. */
export function sealer(log, epochKey) {
  const key = Buffer.from(hkdfSync('sha256', epochKey, '', concat('tidelog/seal/1', log), 32));
  return (seq, sealed, epochs = 1) => {
    const input = new Reader(sealed);
    const epoch = input.varint();
    if (epoch >= epochs) return undefined;
    return aeadOpen(key, concat(u64(seq), Buffer.alloc(4)), concat('tidelog/entry/1', log, varint(epoch)), input.rest());
  };
}

/** P4 */
export function openBlock(key, index, last, sealed) {
  return aeadOpen(key, concat(u64(index), u8(last ? 1 : 0), Buffer.alloc(3)), Buffer.of(), sealed);
}

/** RL-26 to RL-28: who writes, as far as it can be read, and what opens the log's payloads. */
export function readGenesis(log, payload, invitation) {
  const input = new Reader(payload);
  must(input.u8() === 1, 'RL-26: another version');
  const visibility = input.u8();
  must(visibility <= 1, 'RL-26: no such visibility');
  const topic = input.take(32);
  if (visibility === 0) return { statement: readStatement(log, topic, input.rest()) };
  const { topicId, epochKey } = invitation ?? {};
  // P1: a key that does not give the commitment opens nothing.
  if (!epochKey || !same(commitment(log, topicId, epochKey), topic)) return {};
  const open = sealer(log, epochKey);
  const statement = open(0, input.rest());
  must(statement, 'RL-26: the statement does not open');
  return { statement: readStatement(log, topicId, statement), open };
}

function readStatement(log, topicId, bytes) {
  const input = new Reader(bytes);
  const purpose = input.u8();
  must(purpose <= 1, 'RL-27: no such purpose');
  const [incarnation, device, signature, recovery] = [16, 32, 64, 32].map((length) => input.take(length));
  must(input.left <= 256, 'RL-1: display name over 256 bytes');
  const name = utf8(input.rest());
  must(name !== undefined, 'RL-27: a display name that is not UTF-8');
  const signed = concat('tidelog/device/1', log, topicId, u8(purpose), incarnation);
  must(verify(device, signed, signature), 'RL-28: not signed by the device');
  return { purpose, incarnation, device, recovery, name };
}

export function utf8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** RL-4: the payload as its author gave it, without seal and salt; nothing where it does not open. */
export function plain(entry, open) {
  let bytes = entry.payload;
  if (bytes && entry.flags & SEALED) bytes = open?.(entry.seq, bytes);
  if (!bytes || !(entry.flags & SALTED)) return bytes;
  return bytes.length < SALT_BYTES ? undefined : bytes.subarray(SALT_BYTES);
}

/** RL-58 to RL-60: a payload whole, whether it lies in its entry or in blocks of its own. */
export function whole(entry, bytes, block) {
  if (!(entry.flags & LINKED)) return bytes;
  const map = cbor(bytes);
  must(Object.keys(map ?? {}).sort().join() === 'key,root,size', 'RL-58: not large content');
  const size = number(map?.size, 1, 2 ** 50, 'RL-58: no such size');
  const key = bytesOf(map.key, 32, 'RL-58: no key');
  must(isLink(map.root), 'RL-58: no root');
  const chunks = Math.ceil(size / CHUNK_BYTES);
  let span = FAN_OUT;
  while (span < chunks) span *= FAN_OUT;
  return concat(...chunksBelow(map.root, { first: 0, end: chunks, span }));

  /** `span` chunks at most are below a node; each of its links leads to a part of them. */
  function chunksBelow(cid, { first, end, span }) {
    const bytes = block(cid, LINKED_BLOCK_MAX);
    if (span === 1) return [openChunk(first, bytes)];
    const links = cbor(bytes);
    const part = span / FAN_OUT;
    must(Array.isArray(links) && links.length === Math.ceil((end - first) / part), 'RL-60: another number of links');
    return links.flatMap((link, i) => {
      must(isLink(link), 'RL-60: not a link');
      const from = first + i * part;
      return chunksBelow(link, { first: from, end: Math.min(end, from + part), span: part });
    });
  }

  function openChunk(index, sealed) {
    const last = index === chunks - 1;
    const bytes = openBlock(key, index, last, sealed);
    const length = last ? size - index * CHUNK_BYTES : CHUNK_BYTES;
    must(bytes?.length === length, 'RL-59: not the chunk of this place');
    return bytes;
  }
}
