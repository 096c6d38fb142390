// Index and pages: log.md, sections 7 and 8.
import { Reader, ZERO, cbor, checkBlockName, hasKeys, isBytes, isWhole, must, same } from './bytes.js';
import { SIZE_MAX, checkHead, link, readSlice } from './entries.js';
import { hashes, join, leaves, readTrees, root } from './merkle.js';

export const BLOCK_MAX = 1_048_576;

/** RL-39 */
function readChild(item) {
  must(Array.isArray(item) && item.length === 7, 'RL-39: not a child');
  const [level, first, end, bytes, cid, previous, roots] = item;
  must(isWhole(level, 0, 8), 'RL-1: level over 8');
  must(isWhole(first, 0, SIZE_MAX) && isWhole(end, first + 1, SIZE_MAX), 'RL-39: no such range');
  must(isWhole(bytes, 1, BLOCK_MAX), 'RL-39: no such length');
  must(isBytes(previous, 32) && isBytes(roots), 'RL-39: no id before it, or no roots');
  const input = new Reader(roots);
  const trees = readTrees(first, end, input);
  input.end();
  return { level, first, end, bytes, cid: checkBlockName(cid), previous, trees };
}

/** RL-40: contiguous children, at least one. */
function readChildren(items) {
  must(Array.isArray(items) && items.length > 0, 'RL-40: no children');
  const children = items.map(readChild);
  must(isContiguous(children), 'RL-40: a gap between children');
  return children;
}

const isContiguous = (parts) => parts.every((part, i) => i === 0 || part.first === parts[i - 1].end);
const covers = (parts, whole) => parts[0].first === whole.first && parts.at(-1).end === whole.end;
const treesOf = (children) => children.flatMap((child) => child.trees);

/** RL-41, RL-49: the children of the root that a log's record names. */
export function readRoot(log, remote, block) {
  const map = cbor(block);
  must(hasKeys(map, 'children', 'head', 'log') && isBytes(map.head, 104), 'RL-41: not an index root');
  must(isBytes(map.log) && same(map.log, log), 'RL-41: the index of another log');
  const children = readChildren(map.children);
  must(covers(children, { first: 0, end: remote.paged }), 'RL-41: it begins or ends elsewhere');
  must(same(children[0].previous, ZERO), 'RL-41: it does not begin after the zero id');
  const input = new Reader(map.head);
  const [last, time, signature] = [input.take(32), input.u64(), input.take(64)];
  must(same(last, remote.previous), 'RL-41: it ends in another entry');
  const trees = treesOf(children);
  checkHead(log, { size: remote.paged, last, root: root(trees), time, signature });
  must(same(root([...trees, ...remote.trees]), remote.head.root), 'RL-49: its entries are not those of the head');
  return children;
}

/** RL-40: the children of the node that a child names. */
export function readNode(child, block) {
  const children = readChildren(cbor(block));
  must(children.every((below) => below.level < child.level), 'RL-40: a child not below its node');
  must(covers(children, child) && same(children[0].previous, child.previous), 'RL-40: not the range of its child');
  must(same(hashes(join(treesOf(children))), hashes(child.trees)), 'RL-40: not the roots of its child');
  return children;
}

/** RL-32, RL-43: the entries of the page that a child names. */
export function readPage(log, child, block) {
  const items = cbor(block);
  must(Array.isArray(items) && items.length > 1 && items.every((item) => isBytes(item)), 'RL-32: not a page');
  must(same(items[0], log), 'RL-43: the page of another log');
  const slices = items.slice(1).map(readSlice);
  must(isContiguous(slices), 'RL-32: a gap between slices');
  must(covers(slices, child), 'RL-43: a page of other positions');
  const entries = slices.flatMap((slice) => slice.entries);
  const ids = link(log, child.previous, entries);
  must(same(hashes(join(leaves(child.first, ids))), hashes(child.trees)), 'RL-43: entries that the index does not name');
  return entries;
}
