// A log from a source that need not be trusted: record, index, pages, all entries. log.md, sections 7 to 9.
import { checkBlock, must, same } from './bytes.js';
import { BLOCK_MAX, readNode, readPage, readRoot } from './pages.js';
import { nameOf, readHead } from './record.js';

/** The source, but that it gives no block that is not the named one. A record proves itself. */
export const checked = (source) => ({
  record: (name) => source.record(name),
  block: async (cid, max) => checkBlock(cid, await source.block(cid, max), max),
});

/** All entries of a log, verified, each with its id. */
export async function readEntries(store, log) {
  const remote = await readHead(log, await store.record(nameOf(log)));
  const paged = remote.index ? await below(readRoot(log, remote, await store.block(remote.index, BLOCK_MAX))) : [];
  must(same(paged.at(-1)?.id ?? remote.previous, remote.previous), 'RL-41: the last paged entry is another');
  return [...paged, ...remote.entries];

  async function below(children) {
    const parts = [];
    for (const child of children) {
      const block = await store.block(child.cid, child.bytes);
      parts.push(child.level === 0 ? readPage(log, child, block) : await below(readNode(child, block)));
    }
    return parts.flat();
  }
}
