#!/usr/bin/env node
// node read.js FOLDER NAME [--invitation TEXT] [--now MILLISECONDS]
// Prints the entries of one log of a mirror folder as `tidelog read NAME --all --json` does, but for the topic.
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Refused, checkBlock, hex, must, same } from './bytes.js';
import { Aliases, readDeletion } from './control.js';
import { EXPIRING, KINDS } from './entries.js';
import { readNode, readPage, readRoot } from './pages.js';
import { keyOf, nameOf, readHead } from './record.js';
import { plain, readGenesis, readInvitation, utf8, whole } from './sealing.js';

/** Something that is needed is not in the folder. */
export class Missing extends Error {}

/** Section 11: blocks and records of a folder. */
export function openFolder(folder, readFile = readFileSync) {
  const file = (path, max) => {
    const size = statSync(join(folder, path), { throwIfNoEntry: false })?.size;
    if (size === undefined) throw new Missing(path);
    must(size <= max, `RL-39: ${path} is over ${max} bytes`);
    return readFile(join(folder, path));
  };
  return {
    record: (name) => file(join('names', name), 10_240),
    block(cid, max) {
      const text = cid.toString();
      return checkBlock(cid, file(join('blocks', text.slice(-3, -1), text), max), max);
    },
  };
}

/** All entries of a log, verified, each with its id. */
export async function readEntries(store, log) {
  const remote = await readHead(log, store.record(nameOf(log)));
  const paged = remote.index ? pagesBelow(readRoot(log, remote, store.block(remote.index, 1_048_576))) : [];
  const last = paged.at(-1);
  must(!last || same(last.id, remote.previous), 'RL-41: the last paged entry is another');
  return [...paged, ...remote.entries];

  function pagesBelow(children) {
    return children.flatMap((child) => {
      const block = store.block(child.cid, child.bytes);
      return child.level === 0 ? readPage(log, child, block) : pagesBelow(readNode(child, block));
    });
  }
}

/** The entries of a log as they are shown. */
export async function readLog(store, name, invitation, now) {
  const log = keyOf(name);
  const entries = await readEntries(store, log);
  const { statement, open } = entries[0].payload ? readGenesis(log, entries[0].payload, invitation) : {};
  const author = statement?.name || name.slice('k51qzi5uqu5d'.length).slice(0, 8);
  const { aliases, deleted } = learn(log, entries, open);
  return entries.map((entry) => ({
    name,
    seq: entry.seq,
    id: hex(entry.id),
    time: new Date(entry.time).toISOString(),
    author,
    kind: KINDS[entry.kind],
    ...(entry.kind === 0 ? payloadOf(entry) : {}),
    parents: entry.parents
      .filter((parent) => parent.alias < aliases.keys.length)
      .map((parent) => ({ name: nameOf(aliases.keys[parent.alias]), seq: parent.seq })),
  }));

  function payloadOf(entry) {
    if (deleted.some(([from, to]) => from <= entry.seq && entry.seq < to)) return { state: 'deleted' };
    if (entry.flags & EXPIRING && entry.expiry <= now) return { state: 'expired' };
    if (!entry.payload) return { state: 'missing' };
    const bytes = plain(entry, open);
    return bytes ? shown(entry, bytes) : { state: 'sealed' };
  }

  function shown(entry, bytes) {
    try {
      const all = whole(entry, bytes, store.block);
      return utf8(all) === undefined ? { base64: all.toString('base64') } : { text: utf8(all) };
    } catch (error) {
      if (error instanceof Missing || error instanceof Refused) return { state: 'missing' };
      throw error;
    }
  }
}

/** What alias and delete entries say; those that are wrong say nothing. */
function learn(log, entries, open) {
  const aliases = new Aliases(log);
  const deleted = [];
  for (const entry of entries) {
    try {
      if (entry.kind === 3) aliases.bind(plain(entry, open));
      if (entry.kind === 4 && entry.payload) deleted.push(...readDeletion(entry.payload, entry.seq));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      process.stderr.write(`entry ${entry.seq}: ${error.message}\n`);
    }
  }
  return { aliases, deleted };
}

async function main() {
  const options = { invitation: { type: 'string' }, now: { type: 'string' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [folder, name] = positionals;
  if (!name) throw new Error('usage: node read.js FOLDER NAME [--invitation TEXT] [--now MILLISECONDS]');
  const invitation = values.invitation && readInvitation(values.invitation);
  const now = values.now ? Number(values.now) : Date.now();
  for (const line of await readLog(openFolder(folder), name, invitation, now)) console.log(JSON.stringify(line));
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    console.error(`${error.constructor.name.toLowerCase()}: ${error.message}`);
    process.exitCode = error instanceof Refused ? 3 : error instanceof Missing ? 4 : 2;
  });
}
