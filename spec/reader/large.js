// Large payloads: log.md, section 12.
import { cbor, concat, hasKeys, isBytes, isLink, isWhole, must } from './bytes.js';
import { openBlock } from './sealing.js';

const CHUNK_BYTES = 262_144;
const FAN_OUT = 1024;
const BLOCK_MAX = CHUNK_BYTES + 64;

/** RL-58 to RL-60: the content of which a linked entry's payload says where it lies. */
export async function readLarge(payload, store) {
  const map = cbor(payload);
  must(hasKeys(map, 'key', 'root', 'size') && isLink(map.root) && isBytes(map.key, 32), 'RL-58: not large content');
  const { key, size } = map;
  must(isWhole(size, 1, 2 ** 50), 'RL-58: no such size');
  const chunks = Math.ceil(size / CHUNK_BYTES);
  let span = FAN_OUT;
  while (span < chunks) span *= FAN_OUT;
  return concat(...(await chunksBelow(map.root, 0, chunks, span)));

  /** The chunks [first, end) are below this block, of `span` that would be if it were full. */
  async function chunksBelow(cid, first, end, span) {
    const bytes = await store.block(cid, BLOCK_MAX);
    if (span === 1) return [openChunk(first, bytes)];
    const links = cbor(bytes);
    const part = span / FAN_OUT;
    must(Array.isArray(links) && links.length === Math.ceil((end - first) / part), 'RL-60: another number of links');
    must(links.every(isLink), 'RL-60: not a link');
    const parts = [];
    for (let at = first; at < end; at += part) {
      parts.push(await chunksBelow(links[parts.length], at, Math.min(end, at + part), part));
    }
    return parts.flat();
  }

  function openChunk(index, sealed) {
    const last = index === chunks - 1;
    const bytes = openBlock(key, index, last, sealed);
    must(bytes?.length === (last ? size - index * CHUNK_BYTES : CHUNK_BYTES), 'RL-59: not the chunk of this place');
    return bytes;
  }
}
