// Backups: backup.md.
import { hkdfSync } from 'node:crypto';
import { argon2id } from '@noble/hashes/argon2';
import { Reader, Refused, ZERO, concat, must, same, sha256, utf8 } from '../bytes.js';
import { readDeletion } from '../control.js';
import { SIZE_MAX, TIME_MAX, checkHead, link, readSlice } from '../entries.js';
import { join, leaves, root } from '../merkle.js';
import { readHead } from '../record.js';
import { openBlock } from '../sealing.js';
import { readForkProof } from './forks.js';

const HEADER_BYTES = 91;
const SEALED_CHUNK_BYTES = 65_552;
const ITEM_MAX = 589_824;
const BLOCK_MAX = 262_208;

/** Which items may stand behind one of a type: BK-10. */
const AFTER = {
  nothing: [1],
  ...{ 1: [2, 5], 2: [2, 3, 4, 5], 3: [2, 3, 4, 5], 4: [2, 3, 4, 5] },
  ...{ 5: [5, 6, 7, 8, 9], 8: [5, 6, 7, 9], 9: [5, 6, 7], 6: [5, 6, 7], 7: [5, 7] },
};

/** BK-4 */
export const stretch = (passphrase, salt, { memory, passes, lanes }) =>
  argon2id(Buffer.from(passphrase), salt, { m: memory, t: passes, p: lanes, dkLen: 32 });

/** What is sealed in a backup, checked to its end. */
export async function readBackup(file, passphrase, stretcher = stretch) {
  must(file.length > HEADER_BYTES + 16, 'BK-8: cut short');
  const chunks = new Reader(file);
  const key = unlock(chunks.take(HEADER_BYTES), passphrase, stretcher);
  const plain = [];
  while (chunks.left > 0) {
    const sealed = chunks.take(Math.min(chunks.left, SEALED_CHUNK_BYTES));
    const chunk = openBlock(key, plain.length, chunks.left === 0, sealed);
    must(chunk?.length > 0, 'BK-8: altered or cut short');
    plain.push(chunk);
  }
  const items = concat(...plain);
  await checkItems(new Reader(items));
  return items;
}

/** BK-4 to BK-6: the key of the chunks. */
function unlock(header, passphrase, stretcher) {
  const input = new Reader(header);
  must(same(input.take(4), Buffer.from('TDLB')) && input.u8() === 1, 'BK-6: no backup of version 1');
  must(same(sha256(header.subarray(0, -32)), header.subarray(-32)), 'BK-6: its beginning is damaged');
  const [memory, passes, lanes] = [input.take(4).readUInt32BE(), input.u8(), input.u8()];
  must(memory >= 19 * 1024 && memory <= 1024 * 1024, 'BK-4: memory outside 19 MiB to 1 GiB');
  must(passes >= 2 && passes <= 16 && lanes >= 1 && lanes <= 16, 'BK-4: passes or lanes outside 1 or 2 to 16');
  const salt = input.take(16);
  const info = concat('tidelog/backup/1', header.subarray(0, input.at));
  const both = Buffer.from(hkdfSync('sha256', stretcher(passphrase, salt, { memory, passes, lanes }), '', info, 64));
  must(same(both.subarray(32), input.take(32)), 'BK-5: another passphrase');
  return both.subarray(0, 32);
}

/** Section 3 */
async function checkItems(input) {
  const state = { labels: new Set(), ids: new Set(), members: new Set(), count: 0 };
  let before = 'nothing';
  while (input.left > 0) {
    const type = input.u8();
    must(type in readers, 'BK-25: no such item');
    const length = input.varint();
    must(length <= ITEM_MAX, 'BK-25: a body over 589,824 bytes');
    const body = new Reader(input.take(length));
    must(AFTER[before].includes(type), 'BK-10: an item out of place');
    if (type === 5 || type === 7) endOfSlices(state);
    await readers[type](body, state);
    body.end();
    before = type;
  }
  endOfSlices(state);
}

function endOfSlices({ log }) {
  must(!log?.within, 'BK-16: a run without a head');
}

const readers = { 1: device, 2: topic, 3: member, 4: cursor, 5: log, 6: slice, 7: block, 8: proof, 9: unsent };

function text(input, length, min, max) {
  must(length >= min && length <= max, `BK-25: a text outside ${min} to ${max} bytes`);
  const text = utf8(input.take(length));
  must(text !== undefined, 'BK-25: a text that is not UTF-8');
  return text;
}

function time(input) {
  const time = input.varint();
  must(time <= TIME_MAX, 'RL-1: a time after 9998');
  return time;
}

function device(input) {
  input.take(32);
  time(input);
  text(input, input.left, 0, 256);
}

/** BK-11 */
function topic(input, state) {
  const flags = input.u8();
  must([1, 3, 6].includes(flags), 'BK-11: no such flags');
  const id = flags & 2 ? input.take(32).toString('hex') : undefined;
  if (flags & 4) input.take(32);
  const label = text(input, input.left, 1, 1024);
  must(!state.labels.has(label) && !state.ids.has(id), 'BK-11: a label or an id twice');
  state.labels.add(label);
  if (id) state.ids.add(id);
  must(state.labels.size <= 10_000, 'BK-11: over 10,000 topics');
  state.topic = { id, own: new Set(), members: new Set() };
}

/** BK-12 */
function member(input, state) {
  const { topic } = state;
  const [role, key] = [input.u8(), input.take(32).toString('hex')];
  must(role >= 1 && role <= 5, 'BK-12: no such role');
  must(role > 2 || (topic.id && !topic.own.has(role)), 'BK-12: an own log twice, or of no topic');
  must(!topic.members.has(key), 'BK-12: a log twice in a topic');
  if (role <= 2) topic.own.add(role);
  topic.members.add(key);
  state.members.add(key);
  must((state.count += 1) <= 131_072, 'BK-12: over 131,072 members');
}

function cursor(input) {
  text(input, input.varint(), 1, 1024);
  input.take(32);
  must(input.left > 0, 'BK-25: a cursor without ranges');
  readDeletion(input.rest());
}

/** BK-14 */
async function log(input, state) {
  const key = input.take(32);
  must(!state.log || Buffer.compare(state.log.key, key) < 0, 'BK-10: logs out of order');
  must(state.members.has(key.toString('hex')), 'BK-14: a log of no topic');
  const record = input.rest();
  const remote = record.length > 0 ? await because('BK-14', () => readHead(key, record)) : undefined;
  state.log = { key, remote, trees: [], last: ZERO, end: -1, within: false };
}

/** BK-15 to BK-17 */
async function slice(input, { log }) {
  const flags = input.u8();
  must(flags <= 3, 'BK-25: no such flags');
  const begins = (flags & 1) > 0;
  must(!begins || !log.within, 'BK-16: a run without a head');
  must(begins || log.within, 'BK-15: it follows on nothing');
  const previous = begins ? input.take(32) : log.last;
  const claim = flags & 2 ? { root: input.take(32), time: time(input), signature: input.take(64) } : undefined;
  const { first, end, entries } = readSlice(input.rest());
  must(begins ? first > log.end : first === log.end, 'BK-15: not behind the one before');
  must(first > 0 || same(previous, ZERO), 'BK-15: an id before position 0');
  const ids = link(log.key, previous, entries);
  const whole = first === (log.trees.length > 0 ? log.end : 0);
  const trees = whole ? join([...log.trees, ...leaves(first, ids)]) : [];
  compareWithRecord(log, first, ids);
  if (claim) {
    await because('BK-16', () => checkHead(log.key, { size: end, last: ids.at(-1), ...claim }));
    must(!whole || same(root(trees), claim.root), 'BK-16: the root is not that of the entries');
  }
  Object.assign(log, { trees, last: ids.at(-1), end, within: !claim });
}

/** BK-17 */
function compareWithRecord({ remote, trees }, first, ids) {
  const size = remote?.head.size ?? 0;
  if (size <= first || size > first + ids.length) return;
  const upTo = ids.slice(0, size - first);
  must(same(upTo.at(-1), remote.head.last), 'BK-17: its record is of other entries');
  if (first > 0 && trees.length === 0) return;
  must(same(root([...trees, ...leaves(first, upTo)]), remote.head.root), 'BK-17: the root of its record is another');
}

/** BK-19 */
function block(input) {
  must([0x55, 0x71].includes(input.varint()), 'BK-25: a block of another codec');
  must(input.left >= 1 && input.left <= BLOCK_MAX, 'BK-25: a block outside 1 to 262,208 bytes');
  input.rest();
}

/** BK-22 */
async function proof(input, { log }) {
  const found = await because('BK-22', () => readForkProof(input.rest()));
  must(same(found.log, log.key), 'BK-22: a fork proof of another log');
}

/** BK-23 */
async function unsent(input, { log }) {
  must(log.remote, 'BK-23: unsent, and no record');
  if (input.left === 0) return;
  const [size, last, root] = [input.varint(), input.take(32), input.take(32)];
  must(size >= 1 && size <= SIZE_MAX, 'RL-1: no such size');
  const head = { size, last, root, time: time(input), signature: input.take(64) };
  await because('BK-23', () => checkHead(log.key, head));
}

/** Refused for this rule, whichever of those beneath it was broken. */
async function because(rule, read) {
  try {
    return await read();
  } catch (error) {
    throw error instanceof Refused ? new Refused(`${rule}: ${error.message}`) : error;
  }
}
