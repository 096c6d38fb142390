// Invitations, sealed payloads, genesis: keys.md, "Sealing" and "Invitations"; log.md, section 6.
import { hkdfSync } from 'node:crypto';
import { gcmsiv } from '@noble/ciphers/aes';
import { base64url } from 'multiformats/bases/base64';
import { Reader, concat, must, ruled, same, sha256, u64, u8, utf8, varint, verify } from './bytes.js';
import { SALTED, SEALED } from './entries.js';

const SALT_BYTES = 16;

/** The plaintext, or nothing: RFC 8452. */
function aeadOpen(key, nonce, associated, sealed) {
  try {
    return Buffer.from(gcmsiv(key, nonce, associated).decrypt(sealed));
  } catch {
    return undefined;
  }
}

/** I1 to I3: the topic's id, its key unless it is open, some of its logs. */
export function readInvitation(text) {
  must(text.length <= 4096, 'I2: over 4,096 characters');
  const input = new Reader(ruled('I1', () => base64url.decode(text)));
  const body = new Reader(input.take(Math.max(0, input.left - 4)));
  must(same(sha256('tidelog/invitation/1', body.bytes).subarray(0, 4), input.rest()), 'I3: another checksum');
  must(body.u8() === 1, 'I3: another version');
  const flags = body.u8();
  must(flags <= 1, 'I2: unknown flags');
  const topicId = body.take(32);
  const epochKey = flags === 1 ? undefined : body.take(32);
  const label = utf8(body.take(body.u8()));
  must(label !== undefined, 'I2: a label that is not UTF-8');
  const count = body.u8();
  must(count <= 16, 'I2: more than 16 logs');
  const logs = Array.from({ length: count }, () => body.take(32));
  body.end();
  return { topicId, epochKey, label, logs };
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
export function readGenesis(log, payload, { topicId, epochKey } = {}) {
  const input = new Reader(payload);
  must(input.u8() === 1, 'RL-26: another version');
  const visibility = input.u8();
  must(visibility <= 1, 'RL-26: no such visibility');
  const topic = input.take(32);
  if (visibility === 0) return { statement: readStatement(log, topic, input.rest()) };
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

/** RL-4: the payload as its author gave it, without seal and salt; nothing where it does not open. */
export function plain(entry, open) {
  let bytes = entry.payload;
  if (bytes && entry.flags & SEALED) bytes = open?.(entry.seq, bytes);
  if (!bytes || !(entry.flags & SALTED)) return bytes;
  return bytes.length < SALT_BYTES ? undefined : bytes.subarray(SALT_BYTES);
}
