// node check.mjs ADDRESS PUBLISHED EXPECTED RECORDS
// Connects a Helia node to the Kubo node at ADDRESS. Reads by its name the log that `tidelog publish --json` told of in PUBLISHED,
// and compares with EXPECTED, which `tidelog read --all --json` printed. Then publishes records of its own and tells in RECORDS,
// a line each: form, name, value, sequence.
import assert from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { ipns, multihashToIPNSRoutingKey } from '@helia/ipns';
import { base36 } from 'multiformats/bases/base36';
import { CID } from 'multiformats/cid';
import { readLog } from '../../spec/reader/log.js';
import { connectedTo } from './peer.mjs';

const WAIT_MILLIS = 20_000;
const [address, published, expected, records] = process.argv.slice(2);
const patience = () => ({ signal: AbortSignal.timeout(WAIT_MILLIS) });
const objects = (file) => readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));

const helia = await connectedTo(address);
// Here and not before: from a node that runs it learns of the DHT, whose records it then checks.
const names = ipns(helia);
await readsOurs(objects(published)[0], objects(expected).map(({ topic, ...shown }) => shown));
await publishesItsOwn();
await helia.stop();

async function readsOurs({ name, root, size, blocksWritten }, wanted) {
  const key = CID.parse(name, base36);
  let value;
  for await (const result of names.resolve(key, { nocache: true, ...patience() })) ({ value } = result);
  assert.strictEqual(value, `/ipfs/${root}`);
  console.log(`helia: ${name} is ${value}`);

  // The reader of spec/reader on nothing but this node: every hash, signature and count is checked by it.
  const blocks = new Set();
  const source = {
    record: async () => Buffer.from(await helia.routing.get(multihashToIPNSRoutingKey(key.multihash), patience())),
    block: async (cid) => {
      blocks.add(`${cid}`);
      const parts = [];
      for await (const part of helia.blockstore.get(CID.parse(`${cid}`), patience())) parts.push(part);
      return Buffer.concat(parts);
    },
  };
  const shown = await readLog(source, name);
  assert.deepStrictEqual(shown, wanted);
  assert.strictEqual(shown.length, size);
  assert.strictEqual(blocks.size, blocksWritten);
  assert(blocks.size > 2, 'an index of one page shows little');
  console.log(`helia: ${size} entries of ${blocks.size} blocks of index and pages by bitswap and of the record, as expected`);
}

async function publishesItsOwn() {
  const value = '/ipfs/bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua';
  const lines = [];
  for (const v1Compatible of [false, true]) {
    const form = v1Compatible ? 'v1+v2' : 'v2';
    const settings = { v1Compatible, lifetime: 86_400_000, ttl: 30_000, data: { _note: 'of somebody else' } };
    await names.publish(form, value, { ...settings, ...patience() });
    // The second one, so that there is a newer and an older.
    const { name } = await names.publish(form, value, { ...settings, ...patience() });
    lines.push(`${form} ${name.slice('/ipns/'.length)} ${value} 2\n`);
  }
  writeFileSync(records, lines.join(''));
}
