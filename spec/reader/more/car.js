// CAR files of logs: log.md, section 14.
import { CID } from 'multiformats/cid';
import { Reader, Refused, cbor, isLink, must, same, sha256 } from '../bytes.js';
import { nameOf, readHead } from '../record.js';

const BLOCK_MAX = 1_048_576;
const FIELDS = ['name', 'record', 'index', 'large', 'proof'];

const ruled = (rule, read) => {
  try {
    return read();
  } catch (error) {
    throw new Refused(`${rule}: ${error.message}`);
  }
};

const keysOf = (map, ...keys) => map instanceof Object && Object.keys(map).every((key) => keys.includes(key));

/** RL-76, RL-77: the roots, and all blocks by name. */
function readSections(bytes) {
  const input = new Reader(bytes);
  const blocks = new Map();
  const roots = ruled('RL-76', () => {
    const header = cbor(input.take(input.varint()));
    must(keysOf(header, 'roots', 'version') && header.version === 1, 'another header');
    must(Array.isArray(header.roots) && header.roots.length > 0 && header.roots.every(isLink), 'no roots');
    return header.roots;
  });
  while (input.left > 0) {
    const [cid, block] = ruled('RL-76', () => {
      const [cid, block] = CID.decodeFirst(input.take(input.varint()));
      must([0x55, 0x71].includes(cid.code) && cid.version === 1 && cid.multihash.code === 0x12, 'another kind of block');
      must(block.length <= BLOCK_MAX, 'block too large');
      return [cid, block];
    });
    must(same(cid.multihash.digest, sha256(block)), 'RL-77: other bytes than its name says');
    blocks.set(`${cid}`, block);
  }
  return { roots, blocks };
}

/** The logs of a file, each as a store to read from. */
export async function readCar(bytes) {
  const { roots, blocks } = readSections(bytes);
  for (const root of roots) must(blocks.has(`${root}`), 'RL-78: a root that is not there');
  const contents = cbor(blocks.get(`${roots.at(-1)}`));
  must(keysOf(contents, 'tidelog', 'logs') && contents.tidelog === 1 && contents.logs?.length > 0, 'RL-79: no contents');
  let before = Buffer.alloc(0);
  const logs = [];
  for (const log of contents.logs) {
    must(keysOf(log, ...FIELDS) && log.name?.length === 32 && isLink(log.record), 'RL-79: another log');
    must(!log.proof || (isLink(log.proof) && log.proof.code === 0x55), 'RL-79: no fork proof');
    must(Buffer.compare(before, log.name) < 0, 'RL-79: not in order');
    before = log.name;
    logs.push(await readLog(log));
  }
  return logs;

  async function readLog(log) {
    const record = blocks.get(`${log.record}`);
    must(record, 'RL-80: no record');
    const remote = await readHead(log.name, record).catch((error) => must(false, `RL-80: ${error.message}`));
    must(`${remote.index ?? ''}` === `${log.index ?? ''}`, 'RL-80: another index');
    const block = (cid, max) => {
      const found = blocks.get(`${cid}`);
      must(found && found.length <= max, `missing: ${cid}`);
      return found;
    };
    return { name: nameOf(Buffer.from(log.name)), key: Buffer.from(log.name), record: () => record, block };
  }
}
