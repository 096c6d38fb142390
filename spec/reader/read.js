#!/usr/bin/env node
// node read.js SOURCE NAME [--invitation TEXT], SOURCE being a mirror folder or the URL of an IPFS gateway.
// Prints the entries of one log as `tidelog read NAME --all --json` does, but for the topic.
import { parseArgs } from 'node:util';
import { Refused } from './bytes.js';
import { readLog } from './log.js';
import { readInvitation } from './sealing.js';
import { Missing, sourceAt } from './sources.js';

async function main() {
  const { values, positionals } = parseArgs({ options: { invitation: { type: 'string' } }, allowPositionals: true });
  const [place, name] = positionals;
  if (!name) throw new Error('usage: node read.js SOURCE NAME [--invitation TEXT]');
  const invitation = values.invitation && readInvitation(values.invitation);
  for (const line of await readLog(sourceAt(place), name, invitation || undefined)) console.log(JSON.stringify(line));
}

await main().catch((error) => {
  console.error(`${error.constructor.name.toLowerCase()}: ${error.message}`);
  process.exitCode = error instanceof Refused ? 3 : error instanceof Missing ? 4 : 2;
});
