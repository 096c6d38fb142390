// node refused.js: writes what MUST be refused as vectors, each with the requirement that it breaks; and what control
// entries and invitations hold.
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { base36 } from 'multiformats/bases/base36';
import { base58btc } from 'multiformats/bases/base58';
import { base64url } from 'multiformats/bases/base64';
import { CID } from 'multiformats/cid';
import { create as createDigest } from 'multiformats/hashes/digest';
import { concat, sha256, u32, u8, varint, ZERO } from '../bytes.js';
import { EXPIRING, SIZE_MAX, TIME_MAX, headBytes, link } from '../entries.js';
import { hashes, join, leaves, root } from '../merkle.js';
import { nameOf } from '../record.js';
import { commitment } from '../sealing.js';
import * as w from './writing.js';

const { LOG, TIME, TOPIC, entry, hex, publicKey, sign, statement, unhex, writeMirror, writeSlice } = w;
const EPOCH_KEY = Buffer.alloc(32, 12);
const inBase58 = (data) => CID.parse(data.Value.toString().slice('/ipfs/'.length)).toString(base58btc);
const folder = new URL('../../src/main/resources/vectors/', import.meta.url);
const asText = (value) => (value instanceof Uint8Array ? hex(value) : String(value));

function vectors(add) {
  const made = [];
  add((what, breaks, name, inputs) => {
    const texts = Object.entries(inputs).map(([key, value]) => [key, asText(value)]);
    made.push({ name, what, breaks, ...Object.fromEntries(texts) });
  });
  return `${JSON.stringify(made, null, 2)}\n`;
}

/** With one bit the other way. */
function flipped(bytes, at = bytes.length - 1) {
  const other = Buffer.from(bytes);
  other[at] ^= 1;
  return other;
}

export const files = {
  'log-refused.json': vectors((refused) => {
    slices(refused);
    heads(refused);
    proofs(refused);
    control(refused);
    mirrors(refused);
    linked(refused);
  }),
  'crypto-refused.json': vectors((refused) => {
    encodings(refused);
    signatures(refused);
    records(refused);
    sealed(refused);
    keyStores(refused);
    phrases(refused);
  }),
  'invitations.json': vectors(invitations),
  'log-control.json': vectors(controlPayloads),
};

function slices(refused) {
  const slice = (breaks, name, bytes) => refused('slice', breaks, name, { bytes });
  const one = (fields) => writeSlice(1, [entry(1, { payload: Buffer.of(), ...fields })]);
  const gone = (length) => ({ payload: undefined, hash: ZERO, length });
  slice('RL-1', 'positions that end over the limit', writeSlice(SIZE_MAX, [entry(1)]));
  slice('RL-1', 'a payload of 262,145 bytes, absent', one(gone(262_145)));
  slice('RL-1', 'a weight over 512,000, all absent', writeSlice(1, [entry(1, gone(262_144)), entry(2, gone(262_144))]));
  slice('RL-1', 'a time after the year 9998', one({ time: TIME_MAX + 1 }));
  slice('RL-1', 'an expiry after the year 9998', one({ flags: EXPIRING, expiry: TIME_MAX + 1 }));
  slice('RL-1', '17 parents', one({ parents: Array.from({ length: 17 }, (_, seq) => ({ alias: 0, seq })) }));
  slice('RL-1', 'alias number 2^31', one({ parents: [{ alias: 2 ** 31, seq: 0 }] }));
  slice('RL-1', 'a parent at 2^40 - 1', one({ parents: [{ alias: 0, seq: SIZE_MAX }] }));
  slice('RL-3', 'kind 15', one({ kind: 15 }));
  slice('E1', 'a varint of 64 bits', concat(unhex('80808080808080808001'), one({}).subarray(1)));
  slice('E4', 'cut within a payload hash', one(gone(5)).subarray(0, -1));
  slice('E4', '1,024 entries announced, none there', unhex('018008'));
}

function heads(refused) {
  const ids = [0, 1, 2].map((i) => sha256(`leaf ${i}`));
  const good = { size: 3, last: ids[2], root: root(leaves(0, ids)), time: TIME };
  const signature = sign(1, headBytes(LOG, good));
  const head = (breaks, name, change) => refused('head', breaks, name, { log: LOG, ...good, signature, ...change });
  head('RL-17', 'another size than was signed', { size: 4 });
  head('RL-17', 'another last id than was signed', { last: ids[1] });
  head('RL-17', 'another root than was signed', { root: ids[1] });
  head('RL-17', 'another time than was signed', { time: TIME + 1 });
  head('RL-17', 'signed by another log', { signature: sign(2, headBytes(LOG, good)) });
  head('RL-17', 'signed under another label', { signature: sign(1, flipped(headBytes(LOG, good), 0)) });
  const late = { ...good, time: TIME_MAX + 1 };
  head('RL-1', 'a time after the year 9998', { ...late, signature: sign(1, headBytes(LOG, late)) });
}

function proofs(refused) {
  const ids = Array.from({ length: 13 }, (_, i) => sha256(`leaf ${i}`));
  const trees = (from, to) => join(leaves(from, ids.slice(from, to)));
  // [5, 6) of 13: the peaks of 5, the roots of [6, 8), the bag of the peaks of [8, 13).
  const peaks = trees(8, 13).map((tree) => tree.hash);
  const proof = concat(hashes(trees(0, 5)), hashes(trees(6, 8)), sha256('tidelog/bag/1', ...peaks));
  const good = { from: 5, to: 6, size: 13, roots: hashes(trees(5, 6)), proof, root: root(leaves(0, ids)) };
  const wrong = (breaks, name, change) => refused('proof', breaks, name, { ...good, ...change });
  for (let at = 0; at < proof.length; at += 32) wrong('RL-16', `hash ${at / 32} is another`, { proof: flipped(proof, at) });
  wrong('RL-16', 'another entry', { roots: hashes(trees(4, 5)) });
  wrong('RL-16', 'another root', { root: ids[0] });
  wrong('RL-16', 'of another position', { from: 4, to: 5 });
  wrong('RL-16', 'behind the end', { from: 13, to: 14 });
  wrong('RL-16', 'of nothing at 0', { from: 0, to: 0, roots: '' });
  wrong('E1', 'a hash too many', { proof: concat(proof, ZERO) });
  wrong('E4', 'a hash too few', { proof: proof.subarray(32) });
}

function control(refused) {
  const genesis = (breaks, name, payload) => refused('genesis', breaks, name, { log: LOG, payload });
  const open = (bytes) => concat(u8(1), u8(0), TOPIC, bytes);
  genesis('RL-26', 'version 2', concat(u8(2), open(statement()).subarray(1)));
  genesis('RL-26', 'visibility 2', concat(u8(1), u8(2), TOPIC, statement()));
  genesis('RL-27', 'purpose 2', open(statement({ purpose: 2 })));
  genesis('RL-27', 'a name that is not UTF-8', open(statement({ name: Buffer.of(0xc3, 0x28) })));
  genesis('RL-27', 'a name with a surrogate', open(statement({ name: unhex('eda080') })));
  genesis('RL-1', 'a name of 257 bytes', open(statement({ name: Buffer.alloc(257, 0x61) })));
  genesis('RL-28', 'signed for another topic', open(statement({ topic: ZERO })));
  genesis('RL-28', 'signed by another device', open(statement({ signer: 6 })));
  genesis('E4', 'cut short', open(statement()).subarray(0, 100));
  const secret = (breaks, name, payload) => refused('genesis', breaks, name, { log: LOG, payload, topicId: TOPIC, epochKey: EPOCH_KEY });
  secret('RL-26', 'a sealed statement that does not open', flipped(privateGenesis(statement())));
  secret('RL-26', 'a statement sealed for another position', privateGenesis(statement(), 1));
  secret('RL-27', 'purpose 2, sealed', privateGenesis(statement({ purpose: 2 })));
  secret('RL-28', 'signed by another device, sealed', privateGenesis(statement({ signer: 6 })));

  const aliases = (breaks, name, ...payloads) => refused('aliases', breaks, name, { log: LOG, payloads: payloads.map(hex).join(' ') });
  aliases('RL-29', 'its own log', LOG);
  aliases('RL-29', 'a log twice', concat(publicKey(2), publicKey(2)));
  aliases('RL-29', 'a log bound before', publicKey(2), concat(publicKey(3), publicKey(2)));
  aliases('RL-29', 'half a key', publicKey(2).subarray(16));
  aliases('RL-29', 'no key', Buffer.of());

  const deletion = (breaks, name, payload) => refused('deletion', breaks, name, { payload });
  deletion('RL-30', 'nothing', '');
  deletion('RL-30', 'an empty range', unhex('0100'));
  deletion('RL-30', 'ranges that touch', unhex('01010001'));
  deletion('E4', 'a gap without a length', unhex('010102'));
  deletion('E1', 'a padded gap', unhex('810001'));
  deletion('RL-1', 'positions over the limit', concat(varint(SIZE_MAX), varint(1)));
  deletion('RL-1', '4,097 ranges', concat(...Array.from({ length: 4097 }, () => unhex('0101'))));
}

function privateGenesis(plain, seq = 0) {
  return concat(u8(1), u8(1), commitment(LOG, TOPIC, EPOCH_KEY), w.seal(LOG, EPOCH_KEY, seq, plain));
}

/** Valid: `breaks` is empty. */
function controlPayloads(add) {
  const says = { topicId: TOPIC, purpose: 0, incarnation: Buffer.alloc(16, 11), device: publicKey(5), recovery: ZERO };
  const genesis = (name, payload, more) => add('genesis', '', name, { log: LOG, payload, ...says, epochKey: '', ...more });
  genesis('open', concat(u8(1), u8(0), TOPIC, statement()), { displayName: 'kim' });
  genesis('open, of an index, without a name', concat(u8(1), u8(0), TOPIC, statement({ purpose: 1, name: Buffer.of() })), { purpose: 1, displayName: '' });
  genesis('private', privateGenesis(statement()), { epochKey: EPOCH_KEY, displayName: 'kim' });
  const name = Buffer.from('Ω 日本 🌊');
  genesis('private, with a name in many letters', privateGenesis(statement({ name })), { epochKey: EPOCH_KEY, displayName: name.toString() });
  add('aliases', '', 'two entries', { log: LOG, payloads: `${hex(concat(publicKey(2), publicKey(3)))} ${hex(publicKey(4))}` });
  add('deletion', '', 'two ranges', { payload: concat(varint(0), varint(1), varint(300), varint(2)), ranges: '0-1 301-303' });
  const key = Buffer.alloc(32, 13);
  const chunk = w.sealBlock(key, 0, true, Buffer.from('a message'));
  const node = w.encode([w.cidOf(chunk, 0x55)]);
  add('linked', '', 'one chunk', {
    content: w.encode({ size: 9, root: w.cidOf(node), key }),
    [`block ${w.cidOf(node)}`]: node,
    [`block ${w.cidOf(chunk, 0x55)}`]: chunk,
    plaintext: Buffer.from('a message'),
  });
}

function mirrors(refused) {
  const mirror = (breaks, name, change) => refused('mirror', breaks, name, writeMirror(change));
  const at = (i, spoil) => (value, where) => (where === i ? spoil(value) : value);
  const field = (i, value) => (list) => list.map((old, n) => (n === i ? value : old));
  const first = (spoil) => ([head, ...rest]) => [spoil(head), ...rest];

  mirror('RL-32', 'a page that is no list', { page: at(0, () => ({})) });
  mirror('RL-32', 'a page without slices', { page: at(0, ([log]) => [log]) });
  mirror('RL-32', 'a page with a gap between slices', { page: at(2, ([log, slice]) => [log, slice, writeSlice(4, [entry(4)])]) });
  mirror('RL-43', 'a page of another log', { page: at(1, field(0, publicKey(2))) });
  mirror('RL-43', 'a page of other positions', { page: at(1, field(1, writeSlice(2, [entry(2)]))) });
  mirror('RL-43', 'a page of other entries', { page: at(1, field(1, writeSlice(1, [entry(1, { time: TIME })]))) });

  mirror('RL-39', 'a child of six fields', { child: at(0, (child) => child.slice(0, 6)) });
  mirror('RL-39', 'a child of no positions', { child: at(0, field(2, 0)) });
  mirror('RL-39', 'a child of no bytes', { child: at(0, field(3, 0)) });
  mirror('RL-39', 'a child of a page over the limit', { child: at(0, field(3, 1_048_577)) });
  mirror('RL-39', 'a child whose block is longer', { child: at(0, field(3, 40)) });
  mirror('RL-39', 'a child with an id before it of 31 bytes', { child: at(0, field(5, ZERO.subarray(1))) });
  mirror('E4', 'a child with a root too few', { nodeChild: field(6, Buffer.of()) });
  mirror('E1', 'a child with a root too many', { nodeChild: (child) => field(6, concat(child[6], ZERO))(child) });
  mirror('RL-1', 'a child of level 9', { nodeChild: field(0, 9) });
  mirror('RL-45', 'a page named by codec raw', { pageCodec: 0x55 });
  mirror('RL-45', 'an index root named by codec raw', { indexCodec: 0x55 });
  mirror('RL-45', 'an index root that holds itself in its name', {
    data: (data) => ({ ...data, Value: Buffer.from(`/ipfs/${CID.createV1(0x71, createDigest(0, Buffer.of(0xa0)))}`) }),
  });
  mirror('RL-45', 'a block of other bytes than its name', { block: (bytes) => (bytes[0] === 0x82 ? flipped(bytes) : bytes) });

  mirror('RL-40', 'a node without children', { node: () => [] });
  mirror('RL-40', 'a node with a gap', { node: ([a, b]) => [a, field(1, 2)(field(2, 3)(b))] });
  mirror('RL-40', 'a node with a child of its own level', { node: first(field(0, 1)) });
  mirror('RL-40', 'a node that ends too early', { node: ([a]) => [a] });
  mirror('RL-40', 'a node after another entry', { node: first(field(5, sha256('another'))) });
  mirror('RL-40', 'a node of other roots', { node: first(field(6, sha256('another'))) });

  mirror('RL-41', 'an index root with a field more', { root: (map) => ({ ...map, more: 0 }) });
  mirror('RL-41', 'an index root without a head', { root: ({ log, children }) => ({ log, children }) });
  mirror('RL-41', 'the index root of another log', { root: (map) => ({ ...map, log: publicKey(2) }) });
  mirror('RL-41', 'an index that does not begin at 0', { rootChildren: ([, ...rest]) => rest });
  mirror('RL-41', 'an index that begins after an entry', { rootChildren: first(field(5, sha256('another'))) });
  mirror('RL-41', 'an index that ends too early', { rootChildren: (children) => children.slice(0, -1) });
  mirror('RL-41', 'an index head with another last id', { indexHead: (head) => ({ ...head, last: sha256('another') }) });
  mirror('RL-17', 'an index head with another time than was signed', { indexHead: (head) => ({ ...head, time: TIME }) });
  mirror('RL-17', 'an index head signed by another log', { indexSigner: 2 });
  mirror('RL-41', 'a last paged entry that is not the one of both heads', lastPagedIsAnother());
  mirror('RL-49', 'an index of other entries than the head', otherRoot());

  const text = (value) => (data) => ({ ...data, ...value });
  mirror('RL-46', 'another validity', { data: text({ Validity: Buffer.from('2027-01-01T00:00:00.006000000Z') }) });
  mirror('RL-46', 'a validity in another form', { data: (data) => ({ ...data, Validity: Buffer.from('2027-01-01T00:00:00.005Z') }) });
  mirror('RL-46', 'another TTL', { data: text({ TTL: 1 }) });
  mirror('RL-46', 'a field more', { data: text({ More: 1 }) });
  mirror('RL-46', 'a value in another base', { data: (data) => ({ ...data, Value: Buffer.from(`/ipfs/${inBase58(data)}`) }) });
  mirror('RL-46', 'a value that is no CID', { data: text({ Value: Buffer.from('/ipfs/x') }) });
  mirror('RL-46', 'a value without /ipfs/', { data: (data) => ({ ...data, Value: data.Value.subarray(6) }) });
  mirror('RL-46', 'pages without an index', { data: text({ Value: Buffer.from('/ipfs/bafyqaama') }) });
  mirror('RL-47', 'no _tidelog', { data: ({ _tidelog, ...data }) => data });
  mirror('RL-47', 'a _tidelog that is no byte string', { data: text({ _tidelog: 7 }) });
  mirror('RL-47', 'version 2', { carried: (carried) => ({ ...carried, version: 2 }) });
  mirror('RL-47', 'more paged than there is', { carried: (carried) => ({ ...carried, paged: 7 }) });
  mirror('RL-47', 'no tail', { carried: (carried) => ({ ...carried, tail: '' }) });
  mirror('RL-47', 'a tail of other positions', { carried: (carried) => ({ ...carried, tail: writeSlice(3, [entry(3), entry(4), entry(5)]) }) });
  mirror('RL-17', 'a tail of other entries', { carried: (carried) => ({ ...carried, tail: writeSlice(4, [entry(4), entry(5, { time: TIME })]) }) });
  mirror('RL-17', 'a head signed by another log', { carried: (carried) => ({ ...carried, signer: 2 }) });
  mirror('RL-1', 'a log of no entries', { data: text({ Sequence: 0 }) });
  mirror('RL-1', 'a log of 2^40 entries', { data: text({ Sequence: 2 ** 40 }) });
  refused('mirror', 'RL-49', 'another root where nothing is paged', unpaged(sha256('another')));
}

/** Both heads name the same id, and it is not that of the entry in the page. */
function lastPagedIsAnother() {
  const other = sha256('another');
  const [e4, e5] = [entry(4), entry(5)];
  const tail = link(LOG, other, [e4, e5]);
  const ids = link(LOG, ZERO, [0, 1, 2, 3].map((seq) => entry(seq)));
  return {
    indexHead: (head) => Object.assign(head, { last: other }),
    carried: (carried) => ({
      ...carried,
      head: { ...carried.head, last: tail[1], root: root(leaves(0, [...ids, ...tail])) },
      previous: other,
    }),
  };
}

function otherRoot() {
  return { carried: (carried) => ({ ...carried, head: { ...carried.head, root: sha256('another') } }) };
}

/** A log of one entry, which is in the record. */
function unpaged(wrongRoot) {
  const only = entry(0);
  const [id] = link(LOG, ZERO, [only]);
  const head = { size: 1, last: id, root: wrongRoot, time: TIME };
  const carried = w.writeCarried({ head, paged: 0, previous: '', tail: writeSlice(0, [only]) });
  const data = { ...w.recordData('/ipfs/bafyqaama', 1, TIME), _tidelog: carried };
  return { log: nameOf(LOG), record: w.writeRecord(1, data) };
}

function linked(refused) {
  const key = Buffer.alloc(32, 13);
  // The content is the nine bytes of the sealed-block vectors; as the only chunk it would be sealed at 0, as the last.
  const chunk = unhex('1c192519a7c70b36cbe2adcfdd786c69dfce24028da72d63fe');
  const node = (links) => w.encode(links);
  const content = (breaks, name, map, ...blocks) =>
    refused('linked', breaks, name, {
      content: map instanceof Uint8Array ? map : w.encode(map),
      ...Object.fromEntries(blocks.map((block) => [`block ${w.cidOf(block, block === chunk ? 0x55 : 0x71)}`, block])),
    });
  const link1 = w.cidOf(chunk, 0x55);
  const good = { size: 9, root: w.cidOf(node([link1])), key };
  content('RL-58', 'of no bytes', { ...good, size: 0 });
  content('RL-58', 'of over 2^50 bytes', { ...good, size: 2 ** 50 + 1 });
  content('RL-58', 'with a key of 31 bytes', { ...good, key: key.subarray(1) });
  content('RL-58', 'without a root', { size: 9, key });
  content('RL-58', 'with a field more', { ...good, more: 0 });
  content('RL-58', 'with a root that is no link', { ...good, root: 'bafy' });
  content('E2', 'that is no DAG-CBOR', unhex('ff'));
  content('RL-59', 'whose chunk is that of another place', good, node([link1]), chunk);
  content('RL-60', 'whose node has a link too many', { ...good, root: w.cidOf(node([link1, link1])) }, node([link1, link1]), chunk);
  content('RL-60', 'whose node has none', { ...good, root: w.cidOf(node([])) }, node([]));
  content('RL-60', 'whose node has no link', { ...good, root: w.cidOf(node([7])) }, node([7]));
}

function encodings(refused) {
  const cbor = (name, bytes) => refused('cbor', 'E2', name, { bytes: unhex(bytes) });
  cbor('an integer in more bytes than it needs', '1817');
  cbor('a length in more bytes than it needs', '580161');
  cbor('a byte string without a length', '5f4161ff');
  cbor('a list without a length', '9f01ff');
  cbor('a map without a length', 'bf616101ff');
  cbor('keys in another order', 'a2616201616102');
  cbor('a longer key before a shorter one', 'a262616101616202');
  cbor('a key twice', 'a2616101616102');
  cbor('a key that is no text', 'a10102');
  cbor('tag 43', 'd82b420155');
  cbor('a link without the zero before it', 'd82a45015500016a');
  cbor('a float of 16 bits', 'f93c00');
  cbor('a float of 32 bits', 'fa3f800000');
  cbor('a float that is no number', 'fb7ff8000000000000');
  cbor('an infinite float', 'fb7ff0000000000000');
  cbor('undefined', 'f7');
  cbor('text that is not UTF-8', '62c328');
  cbor('two items', '0101');
  cbor('no item', '');
  cbor('a list cut short', '8201');
  cbor('a list of 2^32 items, none there', '9b0000000100000000');
  cbor('65 lists, one in the other', `${'81'.repeat(65)}00`);

  const cid = (breaks, name, bytes) => refused('cid', breaks, name, { bytes: unhex(bytes) });
  cid('E3', 'version 0', `1220${'00'.repeat(32)}`);
  cid('E3', 'version 2', `02711220${'00'.repeat(32)}`);
  cid('E3', 'SHA-512', `01711340${'00'.repeat(64)}`);
  cid('E3', 'SHA-256 of 20 bytes', `01711214${'00'.repeat(20)}`);
  cid('E3', 'identity of 129 bytes', `0171008101${'00'.repeat(129)}`);
}

function signatures(refused) {
  const message = Buffer.from('a message');
  const good = sign(1, message);
  const signature = (name, key, bytes, signed = message) => refused('signature', 'S2', name, { key, message: signed, signature: bytes });
  signature('another message', LOG, good, Buffer.from('another'));
  signature('another key', publicKey(2), good);
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${hex(Buffer.from(good.subarray(32)).reverse())}`) + order;
  signature('the group order added to S', LOG, concat(good.subarray(0, 32), unhex(s.toString(16).padStart(64, '0')).reverse()));
  // The cases of "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko), on which libraries disagree.
  const cases = [
    ['a key of small order, S = 0', '8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a0000000000000000000000000000000000000000000000000000000000000000'],
    ['a key of small order', '9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
      'f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04'],
    ['R of small order', 'aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab', 'f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e'],
    ['a key and R of mixed order', '9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79', 'cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d',
      '9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009'],
    ['good with the cofactor only', 'e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c', 'cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d',
      '160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed5125ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09'],
    ['S not below the order', '85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40', '442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623',
      'e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514'],
    ['R not canonical', 'fdaebc429f4a735932a160da1301080c13280eea8bc280d1b392c6b9e6ba3a5a', 'f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43',
      'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f454d370c8d9fc323a41450f8d513eafeb5b0697390c1e505a0d4ddc71f566607'],
  ];
  for (const [name, signed, key, bytes] of cases) signature(name, unhex(key), unhex(bytes), unhex(signed));

  const name = (what, text) => refused('name', 'S3', what, { text });
  const cid = (codec, prefix) => CID.createV1(codec, createDigest(0, concat(unhex(prefix), LOG)));
  name('in capitals', nameOf(LOG).toUpperCase());
  name('of a key of another kind', cid(0x72, '08021220').toString(base36));
  name('of another codec', cid(0x55, '08011220').toString(base36));
  name('of a hash of the key', CID.createV1(0x72, createDigest(0x12, sha256(LOG))).toString(base36));
  name('cut short', nameOf(LOG).slice(0, -2));
}

function records(refused) {
  const data = w.recordData('/ipfs/bafyqaama', 1, TIME);
  const record = (breaks, what, change) => refused('ipns-record', breaks, what, { log: nameOf(LOG), bytes: w.writeRecord(1, data, change) });
  const also = (...more) => ({ fields: (fields) => [...fields, ...more] });
  const version1 = [[1, data.Value], [3, 0], [4, data.Validity], [5, 1], [6, data.TTL]];
  record('S2', 'signed by another name', { signer: 2 });
  record('S2', 'with another byte in its data', { fields: ([s, [n, bytes]]) => [s, [n, flipped(bytes, bytes.indexOf('bafy'))]] });
  record('S2', 'without a signature', { fields: ([, d]) => [d] });
  record('S4', 'of another validity type', { data: (d) => ({ ...d, ValidityType: 1 }) });
  record('S4', 'without a TTL', { data: ({ TTL, ...d }) => d });
  record('S4', 'whose value is text', { data: (d) => ({ ...d, Value: '/ipfs/bafyqaama' }) });
  record('S4', 'with a negative sequence', { data: (d) => ({ ...d, Sequence: -1 }) });
  record('S4', 'with a sequence of 2^63', { data: (d) => ({ ...d, Sequence: 2n ** 63n }) });
  record('E2', 'whose data is in another encoding', { encoded: (bytes) => concat(bytes, u8(0)) });
  record('S5', 'over 10,240 bytes', { data: (d) => ({ ...d, _x: Buffer.alloc(10_240) }) });
  record('S5', 'with its signature twice', { fields: ([s, d]) => [s, s, d] });
  record('S5', 'with its data twice', { fields: ([s, d]) => [s, d, d] });
  record('S5', 'with a field of number 0', also([0, 1]));
  record('S5', 'with a signature that is a number', { fields: ([, d]) => [[8, 1], d] });
  record('S5', 'with a value of version 1 that differs', also([1, Buffer.from('/ipfs/x')], ...version1.slice(1)));
  record('S5', 'with a sequence of version 1 that differs', also(...version1.map(([n, v]) => [n, n === 5 ? 2 : v])));
  record('S5', 'with a part of version 1', also(...version1.slice(0, 3)));
  record('S5', 'with a signature of version 1 alone', also([2, ZERO]));
  record('S5', 'with the key of another name', also([7, concat(unhex('08011220'), publicKey(2))]));
  record('S5', 'with a key of another kind', also([7, concat(unhex('08021220'), LOG)]));
}

/** Not errors: they open to nothing. */
function sealed(refused) {
  const good = unhex('0013dd813d07d26a643944d403ab59bfbf0b5b71b90c758e333b');
  const log = unhex('eee18e2b10e3b83d0a6c75f8da3da6d48cc8a0d336d7645009651506ce5416fc');
  const payload = (name, change) =>
    refused('sealed-payload', 'P3', name, { epochKey: EPOCH_KEY, logKey: log, seq: 0, sealed: good, ...change });
  payload('of another position', { seq: 1 });
  payload('of another log', { logKey: LOG });
  payload('of another epoch than it says', { sealed: concat(u8(1), good.subarray(1)) });
  payload('under another key', { epochKey: ZERO });
  payload('with another bit', { sealed: flipped(good) });
  payload('shorter than a tag', { sealed: good.subarray(0, 16) });
  const block = unhex('43bf02d81e297691eedd5e3c7698d70effa7680cb61573717b');
  const chunk = (name, change) =>
    refused('sealed-block', 'P4', name, { key: Buffer.alloc(32, 13), index: 3, last: false, sealed: block, ...change });
  chunk('of another place', { index: 2 });
  chunk('as if it were the last', { last: true });
  chunk('with another bit', { sealed: flipped(block) });
  const commitment = (name, change) =>
    refused('epoch-commitment', 'P1', name, {
      epochKey: EPOCH_KEY,
      logKey: log,
      topicId: TOPIC,
      commitment: '3d0aa614f464c337797dcc15dc22bce6627295a06c781ea9f7a6b9c6403d290c',
      ...change,
    });
  commitment('another key', { epochKey: ZERO });
  commitment('another topic', { topicId: ZERO });
  commitment('another log', { logKey: LOG });
}

/** The one with a passphrase of the valid vectors, with another cost. */
function keyStores(refused) {
  const valid = JSON.parse(readFileSync(new URL('crypto.json', folder)));
  const { passphrase, file } = valid.find((v) => v.kind === 'key-store' && v.passphrase);
  const store = (name, at, bytes) => {
    const body = unhex(file).subarray(0, -32);
    concat(...bytes).copy(body, at);
    refused('key-store', 'K4', name, { passphrase, file: concat(body, sha256(body)) });
  };
  store('memory below 19 MiB', 6, [u32(19 * 1024 - 1)]);
  store('memory over 1 GiB', 6, [u32(1024 * 1024 + 1)]);
  store('one pass', 10, [u8(1)]);
  store('17 passes', 10, [u8(17)]);
  store('no lane', 11, [u8(0)]);
  store('17 lanes', 11, [u8(17)]);
}

function phrases(refused) {
  const phrase = (name, text) => refused('recovery-phrase', 'BK-3', name, { text });
  const zoo = Array(23).fill('zoo');
  phrase('of 23 words', zoo.join(' '));
  phrase('of 25 words', [...zoo, 'vote', 'vote'].join(' '));
  phrase('of 12 words, good by the standard', `${'zoo '.repeat(11)}wrong`);
  phrase('with a word that is not in the list', [...zoo.slice(1), 'zoos', 'vote'].join(' '));
  phrase('with an abbreviation', [...Array(23).fill('abandon').slice(1), 'aban', 'art'].join(' '));
  phrase('with another checksum', [...zoo, 'zoo'].join(' '));
}

function invitations(refused) {
  const word = (body, sum = sha256('tidelog/invitation/1', body).subarray(0, 4)) => base64url.encode(concat(body, sum));
  const body = ({ version = 1, flags = 0, key = EPOCH_KEY, label = 'trip', logs = [LOG], count = logs.length } = {}) =>
    concat(u8(version), u8(flags), TOPIC, key, u8(label.length), label, u8(count), ...logs);
  const open = { flags: 1, key: '' };
  refused('invitation', '', 'a private topic', { text: word(body()), topicId: TOPIC, epochKey: EPOCH_KEY, label: 'trip', logs: nameOf(LOG) });
  refused('invitation', '', 'an open topic', { text: word(body(open)), topicId: TOPIC, epochKey: '', label: 'trip', logs: nameOf(LOG) });
  const wrong = (breaks, name, text) => refused('invitation', breaks, name, { text });
  wrong('I1', 'that is no multibase', word(body()).slice(1));
  wrong('I1', 'in base 58', base58btc.encode(base64url.decode(word(body()))));
  wrong('I1', 'with an unused bit set', unusedBit(word(body({ label: 'tri' }))));
  wrong('I2', 'with a label that is not UTF-8', word(body({ label: Buffer.of(0xff) })));
  wrong('I2', 'with flag 2', word(body({ flags: 2 })));
  wrong('I2', 'of 17 logs', word(body({ logs: Array(17).fill(LOG) })));
  wrong('I2', 'of 4,097 characters', `u${'A'.repeat(4096)}`);
  wrong('I3', 'of version 2', word(body({ version: 2 })));
  wrong('I3', 'with another checksum', word(body(), ZERO.subarray(0, 4)));
  wrong('E1', 'with a byte behind', word(concat(body(), u8(0))));
  wrong('E4', 'with fewer logs than it says', word(body({ count: 2 })));
  wrong('E4', 'cut short', word(body().subarray(0, 20)));
}

/** The last character stands for fewer bits than it has. */
function unusedBit(text) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1)) + 1];
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(files)) writeFileSync(new URL(name, folder), text);
}
