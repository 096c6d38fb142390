// Payloads of MVDS: mvds.md, sections 1 and 2. Protobuf is protobufjs; what it is lenient about is checked here.
import protobuf from 'protobufjs/light.js';
import { concat, must, ruled, sha256 } from '../bytes.js';

const [NUMBER, BYTES] = [0, 2];
const MESSAGES = 3;
const [GROUP, TIMESTAMP, BODY, METADATA] = [0, 1, 2, 3];
const PARENTS_MAX = 256;

/** The place of a field among the four, by either numbering (MV-1). */
const place = (first) => (number) => (number >= first ? number - first : number - 1);

/** Calls `take(field, wireType, in)` for each field up to the end; it gives false for those that are not known. */
function fields(input, end, take) {
  while (input.pos < end) {
    const tag = input.uint32();
    must(tag >>> 3 > 0, 'MV-4: field 0');
    if (!take(tag >>> 3, tag & 7)) input.skipType(tag & 7);
    must(input.pos <= end, 'MV-4: longer than what it is in');
  }
}

function nested(input, wireType, take) {
  must(wireType === BYTES, 'MV-3: another wire type');
  const end = input.uint32() + input.pos;
  must(end <= input.len, 'MV-4: cut short');
  fields(input, end, take);
}

function bytes(input, wireType) {
  must(wireType === BYTES, 'MV-3: another wire type');
  return input.bytes();
}

function id(input, wireType) {
  const found = bytes(input, wireType);
  must(found.length === 32, 'MV-2: not 32 bytes');
  return Buffer.from(found);
}

function number(input, wireType) {
  must(wireType === NUMBER, 'MV-3: another wire type');
  return input;
}

function once(target, name, value) {
  must(!(name in target), `MV-3: ${name} twice`);
  target[name] = value;
}

function readMetadata(input, wireType) {
  const found = { parents: [] };
  nested(input, wireType, (field, type) => {
    if (field === 1) must(found.parents.push(id(input, type)) <= PARENTS_MAX, 'MV-6: parents');
    else if (field === 2) once(found, 'ephemeral', number(input, type).bool());
    return field === 1 || field === 2;
  });
  return { ephemeral: false, ...found };
}

function readMessage(input, wireType) {
  const found = {};
  nested(input, wireType, (field, type) => {
    const at = place(6001)(field);
    if (at === GROUP) once(found, 'group', id(input, type));
    else if (at === TIMESTAMP) once(found, 'timestamp', BigInt.asIntN(64, BigInt(number(input, type).int64().toString())));
    else if (at === BODY) once(found, 'body', Buffer.from(bytes(input, type)));
    else if (at === METADATA) once(found, 'metadata', readMetadata(input, type));
    return at <= METADATA;
  });
  must(found.group, 'MV-2: no group');
  return { timestamp: 0n, body: Buffer.alloc(0), metadata: { parents: [], ephemeral: false }, ...found };
}

/** The payload, whatever its numbering. */
export function readPayload(encoded) {
  const payload = { acks: [], offers: [], requests: [], messages: [] };
  const input = protobuf.Reader.create(encoded);
  ruled('MV-4', () =>
    fields(input, input.len, (field, type) => {
      const at = place(5001)(field);
      if (at === MESSAGES) payload.messages.push(readMessage(input, type));
      else if (at < MESSAGES) payload[['acks', 'offers', 'requests'][at]].push(id(input, type));
      return at <= MESSAGES;
    }),
  );
  return payload;
}

export function messageId({ group, timestamp, body }) {
  const time = Buffer.alloc(8);
  time.writeBigInt64LE(timestamp);
  return sha256(concat(Buffer.from('MESSAGE_ID'), group, time, body));
}
