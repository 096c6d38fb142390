// node --test: a mirror folder read as a folder, and by a server that hands out its files as an IPFS gateway does.
import assert from 'node:assert';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Refused, concat, u8 } from '../bytes.js';
import { readLog } from '../log.js';
import { Missing, folder, gateway } from '../sources.js';
import { TOPIC, entry, statement, writeMirror } from './writing.js';

const reader = fileURLToPath(new URL('../read.js', import.meta.url));
const genesis = entry(0, { payload: concat(u8(1), u8(0), TOPIC, statement()) });
const { log: name, record, ...blocks } = writeMirror({ entries: ([, ...rest]) => [genesis, ...rest] });
const types = { ipns: ['ipns-record', 'application/vnd.ipfs.ipns-record'], ipfs: ['raw', 'application/vnd.ipld.raw'] };
const asked = [];
let root, server, url;
/** What a test does to the bytes that are served. */
let change = (bytes) => bytes;

function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://gateway');
  const [, kind, id] = pathname.split('/');
  const [format, type] = types[kind];
  asked.push(kind);
  assert.deepEqual([searchParams.get('format'), request.headers.accept], [format, type]);
  const place = kind === 'ipns' ? join('names', id) : join('blocks', id.slice(-3, -1), id);
  try {
    const bytes = change(readFileSync(join(root, place)), kind);
    response.writeHead(200, { 'content-type': type }).end(bytes);
  } catch {
    response.writeHead(404).end('no such thing');
  }
}

before(async () => {
  root = mkdtempSync(join(tmpdir(), 'mirror-'));
  const put = (bytes, ...path) => {
    mkdirSync(join(root, ...path.slice(0, -1)), { recursive: true });
    writeFileSync(join(root, ...path), bytes);
  };
  put(record, 'names', name);
  for (const [key, bytes] of Object.entries(blocks)) {
    const cid = key.slice('block '.length);
    put(bytes, 'blocks', cid.slice(-3, -1), cid);
  }
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${server.address().port}`;
});

after(() => {
  server.close();
  rmSync(root, { recursive: true });
});

async function changed(how, expected) {
  change = how;
  try {
    await assert.rejects(readLog(gateway(url), name), expected);
  } finally {
    change = (bytes) => bytes;
  }
}

test('a gateway and a folder give the same entries', async () => {
  const shown = await readLog(folder(root), name);
  assert.deepEqual(shown.map((line) => line.text ?? line.kind), ['genesis', ...[1, 2, 3, 4, 5].map((seq) => `entry ${seq}`)]);
  for (const place of [url, `${url}/`]) assert.deepEqual(await readLog(gateway(place), name), shown);
  assert.equal(asked.filter((kind) => kind === 'ipfs').length, 2 * 6);
});

test('the command prints the same from both, as JSON lines', async () => {
  const outputs = await Promise.all([root, url].map((place) => promisify(execFile)(process.execPath, [reader, place, name])));
  const lines = outputs.map(({ stdout }) => stdout.trim().split('\n').map((line) => JSON.parse(line)));
  assert.deepEqual(lines, [0, 1].map(() => lines[0]));
  assert.deepEqual(lines[0], await readLog(folder(root), name));
});

test('the command says what is wrong, with another status for each', async () => {
  const status = (...args) => promisify(execFile)(process.execPath, [reader, ...args]).then(() => 0, (error) => [error.code, error.stderr]);
  assert.deepEqual(await status(root, name.slice(1)).then(([code]) => code), 3);
  assert.match((await status(join(root, 'blocks'), name)).join(), /^4,missing: names/);
  assert.match((await status()).join(), /^2,error: usage/);
});

const flipped = (bytes) => {
  const other = Buffer.from(bytes);
  other[other.length - 1] ^= 1;
  return other;
};

test('a gateway is not trusted', async () => {
  await changed((bytes, kind) => (kind === 'ipfs' ? flipped(bytes) : bytes), /RL-45/);
  await changed((bytes, kind) => (kind === 'ipns' ? flipped(bytes) : bytes), Refused);
  await changed((bytes, kind) => (kind === 'ipfs' ? Buffer.alloc(2 ** 21) : bytes), /RL-39: .* is over 1048576 bytes/);
  await changed((bytes, kind) => (kind === 'ipns' ? Buffer.alloc(10_241) : bytes), /is over 10240 bytes/);
});

test('what a gateway does not have is missing', async () => {
  await changed((bytes, kind) => (kind === 'ipfs' ? assert.fail() : bytes), Missing);
  await changed(() => assert.fail(), Missing);
});
