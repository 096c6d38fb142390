// node --test: every vector that a reader has to do with is read, or refused for the reason that it names.
import assert from 'node:assert';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { CID } from 'multiformats/cid';
import { Reader, Refused, ZERO, cbor, checkCid, must, ruled, sha256, verify } from '../bytes.js';
import { bind, readDeletion } from '../control.js';
import { checkHead, headBytes, link, preimage, readSlice } from '../entries.js';
import { readLarge } from '../large.js';
import { join, leaves, readTrees, root } from '../merkle.js';
import { readBackup, stretch } from '../more/backup.js';
import { readCar } from '../more/car.js';
import { readContinuation } from '../more/continuations.js';
import { readForkProof } from '../more/forks.js';
import { messageId, readPayload } from '../more/mvds.js';
import { readPhrase } from '../more/phrases.js';
import { checkProof } from '../more/proofs.js';
import { keyOf, nameOf, readRecord } from '../record.js';
import { checked, readEntries } from '../remote.js';
import { commitment, openBlock, readGenesis, readInvitation, sealer } from '../sealing.js';
import { Missing } from '../sources.js';
import { files as refusedFiles } from './refused.js';
import { hex, unhex, writeSlice } from './writing.js';

const folder = new URL('../../src/main/resources/vectors/', import.meta.url);
const load = (file) => JSON.parse(readFileSync(new URL(file, folder)));
const headOf = (v) => ({ size: +v.size, last: unhex(v.last), root: unhex(v.root), time: +v.time, signature: unhex(v.signature) });
const treesOf = (from, to, text) => readTrees(from, to, new Reader(unhex(text)));
const sourceOf = (v) =>
  checked({
    record: () => unhex(v.record),
    block(cid) {
      if (v[`block ${cid}`] === undefined) throw new Missing(`${cid}`);
      return unhex(v[`block ${cid}`]);
    },
  });

/** What is to be refused; those that give nothing, rather than fail, give it. */
const readers = {
  slice: (v) => readSlice(unhex(v.bytes)),
  head: (v) => checkHead(unhex(v.log), headOf(v)),
  proof: (v) =>
    checkProof(+v.from, +v.to, +v.size, treesOf(+v.from, +v.to, v.roots), new Reader(unhex(v.proof)), unhex(v.root)),
  genesis: (v) => readGenesis(unhex(v.log), unhex(v.payload), v.epochKey ? { topicId: unhex(v.topicId), epochKey: unhex(v.epochKey) } : undefined),
  aliases(v) {
    return v.payloads.split(' ').reduce((keys, payload) => bind(unhex(v.log), keys, unhex(payload)), []);
  },
  deletion: (v) => readDeletion(unhex(v.payload)),
  mirror: (v) => readEntries(sourceOf(v), keyOf(v.log)),
  linked: (v) => readLarge(unhex(v.content), sourceOf(v)),
  cbor: (v) => cbor(unhex(v.bytes)),
  cid: (v) => checkCid(ruled('E3', () => CID.decode(unhex(v.bytes)))),
  signature: (v) => must(verify(unhex(v.key), unhex(v.message), unhex(v.signature)), 'S2'),
  name: (v) => keyOf(v.text),
  'ipns-record': (v) => readRecord(keyOf(v.log), unhex(v.bytes)),
  'sealed-payload': (v) => must(sealer(unhex(v.logKey), unhex(v.epochKey))(+v.seq, unhex(v.sealed), 2 ** 28), 'P3'),
  'sealed-block': (v) => must(openBlock(unhex(v.key), +v.index, v.last === 'true', unhex(v.sealed)), 'P4'),
  'epoch-commitment': (v) => must(hex(commitment(unhex(v.logKey), unhex(v.topicId), unhex(v.epochKey))) === v.commitment, 'P1'),
  invitation: (v) => readInvitation(v.text),
  'recovery-phrase': (v) => readPhrase(v.text),
  backup: (v) => readBackup(unhex(v.backup), v.passphrase, stretchedOnce),
};

/** Most vectors have the same header, and stretching takes a while. */
const stretchedKeys = new Map();
function stretchedOnce(passphrase, salt, cost) {
  const name = JSON.stringify([passphrase, hex(salt), cost]);
  if (!stretchedKeys.has(name)) stretchedKeys.set(name, stretch(passphrase, salt, cost));
  return stretchedKeys.get(name);
}

async function refuses(reader, v) {
  const rule = new RegExp(`^${v.breaks}(:|$)`);
  await assert.rejects(async () => reader(v), (error) => error instanceof Refused && rule.test(error.message) || assert.fail(`${v.name}: not for ${v.breaks}: ${error.stack}`));
}

for (const file of ['log-refused.json', 'crypto-refused.json']) {
  test(`${file} is refused`, async (t) => {
    // A reader of mirrors sees no key stores.
    for (const v of load(file).filter((v) => v.what !== 'key-store')) await t.test(`${v.what}: ${v.name} (${v.breaks})`, () => refuses(readers[v.what], v));
  });
}

for (const [file, text] of Object.entries(refusedFiles)) {
  test(`${file} is what refused.js writes`, () => assert.equal(readFileSync(new URL(file, folder), 'utf8'), text));
}

test('invitations.json', async () => {
  for (const v of load('invitations.json')) {
    if (v.breaks) await refuses(readers.invitation, v);
    else {
      const { topicId, epochKey, label, logs } = readInvitation(v.text);
      assert.deepEqual([hex(topicId), hex(epochKey ?? ''), label, logs.map(nameOf).join(' ')], [v.topicId, v.epochKey, v.label, v.logs]);
    }
  }
});

test('log-entries.json', () => {
  for (const v of load('log-entries.json')) {
    const parents = v.parents.split(' ').filter(Boolean).map((text) => text.split('/').map(Number));
    const payload = unhex(v.payload);
    const entry = {
      ...{ seq: +v.seq, kind: +v.kind, flags: +v.flags, time: +v.time, expiry: +v.expiry, length: payload.length },
      ...{ parents: parents.map(([alias, seq]) => ({ alias, seq })), hash: sha256('tidelog/payload/1', payload) },
    };
    assert.equal(hex(entry.hash), v['payload-hash']);
    assert.equal(hex(preimage(unhex(v.log), unhex(v.previous), entry)), v.preimage);
    assert.equal(hex(link(unhex(v.log), unhex(v.previous), [entry])[0]), v.id);
  }
});

test('log-slices.json', async () => {
  for (const v of load('log-slices.json')) {
    if (v.refused) {
      await refuses(readers.slice, v);
      continue;
    }
    const { first, entries } = readSlice(unhex(v.bytes));
    assert.equal(link(unhex(v.log), unhex(v.previous), entries).map(hex).join(' '), v.ids, v.name);
    assert.equal(`[${entries.map((entry) => entry.weight).join(', ')}]`, v.weights, v.name);
    assert.equal(hex(writeSlice(first, entries)), v.bytes, v.name);
  }
});

test('log-merkle.json', () => {
  for (const v of load('log-merkle.json')) {
    const [size, seq] = [+v.size, +v.proved];
    const ids = Array.from({ length: size }, (_, i) => sha256(`leaf ${i}`));
    const whole = leaves(0, ids);
    assert.equal(join(whole).map((tree) => hex(tree.hash)).join(' '), v.peaks);
    assert.equal(hex(root(whole)), v.root);
    assert.equal(join(leaves(seq, ids.slice(seq))).map((tree) => hex(tree.hash)).join(' '), v['roots-from-proved']);
    checkProof(seq, seq + 1, size, leaves(seq, [ids[seq]]), new Reader(unhex(v.proof)), unhex(v.root));
  }
});

test('log-heads.json', () => {
  for (const v of load('log-heads.json')) {
    assert.equal(hex(headBytes(unhex(v.log), headOf(v))), v.signed);
    assert.equal(nameOf(keyOf(v.name)), v.name);
    checkHead(keyOf(v.name), headOf(v));
  }
});

test('log-forks.json', async () => {
  for (const v of load('log-forks.json')) {
    if (v.refused) {
      await refuses(() => readForkProof(unhex(v.bytes)), v);
      continue;
    }
    const proof = readForkProof(unhex(v.bytes));
    assert.equal(proof.heads.map((head) => `${head.size}/${hex(head.root)}`).join(' '), v.heads, v.name);
    assert.deepEqual([hex(proof.log), `${proof.form}`, `${proof.point ?? ''}`], [v.log, v.form, v.point], v.name);
    if (v.ids) assert.deepEqual([hex(proof.previous), proof.ids.map(hex).join(' ')], [v.previous, v.ids]);
  }
});

test('log-control.json', async () => {
  const shown = {
    genesis(v) {
      const { purpose, incarnation, device, recovery, name } = readers.genesis(v).statement;
      const [fields, wanted] = [[`${purpose}`, hex(incarnation), hex(device), hex(recovery), name], ['purpose', 'incarnation', 'device', 'recovery', 'displayName']];
      assert.deepEqual(fields, wanted.map((field) => v[field]));
    },
    aliases: (v) => assert.equal(readers.aliases(v).map(hex).join(''), v.payloads.replaceAll(' ', '')),
    deletion: (v) => assert.equal(readers.deletion(v).map((range) => range.join('-')).join(' '), v.ranges),
    linked: async (v) => assert.equal(hex(await readers.linked(v)), v.plaintext),
  };
  for (const v of load('log-control.json')) await shown[v.what](v);
});

test('log-continuations.json', async () => {
  const read = (v) => readContinuation(unhex(v.log), unhex(v.payload));
  for (const v of load('log-continuations.json')) {
    if (v.refused) await refuses(read, v);
    else {
      const { continued, size, root, recoveryKey } = read(v);
      assert.deepEqual([hex(continued), `${size}`, hex(root)], [v.continued, v.size, v.root]);
      assert.equal(hex(sha256('tidelog/recovery/1', recoveryKey)), v['recovery-key-hash']);
    }
  }
});

test('log-records.json', async () => {
  for (const v of load('log-records.json')) {
    const entries = await readers.mirror(v);
    const written = readSlice(unhex(v.slice)).entries;
    assert.deepEqual(entries.map((entry) => hex(entry.id)), link(keyOf(v.log), ZERO, written).map(hex));
    assert.deepEqual(entries.map((entry) => entry.payload), written.map((entry) => entry.payload));
  }
});

test('crypto.json', () => {
  const open = {
    'device-keys': (v) => assert.equal(nameOf(unhex(v.logKey)), v.logName),
    'epoch-commitment': (v) => readers['epoch-commitment'](v),
    'sealed-payload': (v) => assert.equal(hex(readersOpen['sealed-payload'](v)), v.plaintext),
    'sealed-block': (v) => assert.equal(hex(readersOpen['sealed-block'](v)), v.plaintext),
  };
  const readersOpen = {
    'sealed-payload': (v) => sealer(unhex(v.logKey), unhex(v.epochKey))(+v.seq, unhex(v.sealed), 2 ** 28),
    'sealed-block': (v) => openBlock(unhex(v.key), +v.index, v.last === 'true', unhex(v.sealed)),
  };
  // Others are of the key store, which no reader of a mirror sees.
  for (const v of load('crypto.json')) open[v.kind]?.(v);
});

test('log-cars.json', async () => {
  for (const v of load('log-cars.json')) {
    if (v.refused) {
      await refuses(({ file }) => readCar(unhex(file)), v);
      continue;
    }
    const logs = await readCar(unhex(v.file));
    assert.equal(logs.map((log) => log.name).join(' '), v.logs, v.name);
    for (const log of logs) assert.ok((await readEntries(log, log.key)).length > 4);
  }
});

test('backup.json', async (t) => {
  const [refused, good] = [true, false].map((yes) => load('backup.json').filter((v) => (v.refused !== undefined) === yes));
  for (const v of good) assert.equal(hex(await readers.backup(v)), v.items, v.name);
  for (const v of refused) await t.test(`${v.name} (${v.breaks})`, () => refuses(readers.backup, v));
  await refuses(readers.backup, { ...good[0], name: 'another passphrase', passphrase: 'another', breaks: 'BK-5' });
});

test('mvds.json', async (t) => {
  const join = (ids) => ids.map(hex).join(' ');
  for (const v of load('mvds.json')) {
    if (v.refused) {
      await t.test(`${v.name} (${v.breaks})`, () => refuses(() => readPayload(unhex(v.bytes)), v));
      continue;
    }
    for (const numbering of ['spec', 'head']) {
      const { acks, offers, requests, messages } = readPayload(unhex(v[numbering]));
      assert.deepEqual([acks, offers, requests].map(join), [v.acks, v.offers, v.requests], v.name);
      assert.equal(messages.length, v.id === undefined ? 0 : 1);
      for (const message of messages) {
        const { group, timestamp, body, metadata } = message;
        assert.deepEqual([hex(group), `${timestamp}`, hex(body), join(metadata.parents)], [v.group, v.timestamp, v.body, v.parents], v.name);
        assert.equal(`${metadata.ephemeral}`, v.ephemeral);
        assert.equal(hex(messageId(message)), v.id, v.name);
      }
    }
  }
});

test('the phrases of BIP-39', () => {
  const phrases = {
    ['00'.repeat(32)]: `${'abandon '.repeat(23)}art`,
    ['7f'.repeat(32)]: `${'legal winner thank year wave sausage worth useful '.repeat(2)}legal winner thank year wave sausage worth title`,
    ['ff'.repeat(32)]: `\t ${'Zoo\n'.repeat(23)} VOTE `,
  };
  for (const [seed, words] of Object.entries(phrases)) assert.equal(hex(readPhrase(words)), seed);
});

test('what is too large for a vector, or depends on its entry, is refused', async () => {
  const keys = (from, count) => Buffer.concat(Array.from({ length: count }, (_, i) => sha256(`key ${from + i}`)));
  const check = (breaks, name, read) => refuses(read, { breaks, name });
  await check('RL-1', '1,025 names in an alias entry', () => bind(ZERO, [], keys(0, 1025)));
  const all = Array.from({ length: 64 }, (_, i) => i).reduce((bound, i) => bind(ZERO, bound, keys(1024 * i, 1024)), []);
  assert.equal(all.length, 65_536);
  await check('RL-1', '65,537 names', () => bind(ZERO, all, keys(65_536, 1)));
  await check('RL-1', 'a slice of 524,289 bytes', () => readSlice(Buffer.alloc(524_289)));
  assert.deepEqual(readDeletion(unhex('0105'), 6), [[1, 6]]);
  await check('RL-30', 'a deletion of itself', () => readDeletion(unhex('0105'), 5));
});

test('every requirement to refuse something has a vector, or a reason why not', () => {
  const broken = new Set(readdirSync(folder).flatMap((file) => load(file).map((v) => v.breaks)));
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const excused = new Set([...readme.matchAll(/^\| ([A-Z]+-?\d+) \|/gm)].map((match) => match[1]));
  const texts = ['keys.md', 'log.md', 'backup.md', 'mvds.md'].map((name) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
  const items = texts.flatMap((text) => text.split(/\n(?=- \*\*|\n|#)/).map((item) => /^- \*\*([A-Z]+-?\d+)\*\*([^]*)/.exec(item)).filter(Boolean));
  const numbers = items.map((item) => item[1]);
  assert.deepEqual(numbers.filter((number, i) => numbers.indexOf(number) !== i), [], 'numbers given twice');
  const refusing = items.filter((item) => /MUST/.test(item[2])).map((item) => item[1]);
  assert.ok(refusing.length > 20);
  assert.deepEqual(refusing.filter((number) => !broken.has(number) && !excused.has(number)), [], 'no vector, no reason');
  assert.deepEqual([...excused].filter((number) => broken.has(number)), [], 'needs no reason');
});
