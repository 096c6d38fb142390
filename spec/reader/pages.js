// Index and pages: log.md, sections 7 and 8.
import { Reader, ZERO, bytesOf, cbor, checkBlockName, must, number, same } from './bytes.js';
import { SIZE_MAX, checkHead, link, readSlice } from './entries.js';
import { hashes, join, leaves, readTrees, root } from './merkle.js';

const BLOCK_MAX = 1_048_576;

/** RL-39 */
function readChild(item) {
  must(Array.isArray(item) && item.length === 7, 'RL-39: not a child');
  const level = number(item[0], 0, 8, 'RL-1: level over 8');
  const first = number(item[1], 0, SIZE_MAX, 'RL-39: no such range');
  const end = number(item[2], first + 1, SIZE_MAX, 'RL-39: no such range');
  const bytes = number(item[3], 1, BLOCK_MAX, 'RL-39: no such length');
  const cid = checkBlockName(item[4]);
  const previous = bytesOf(item[5], 32, 'RL-39: no id before it');
  const input = new Reader(bytesOf(item[6], undefined, 'RL-39: no roots'));
  const trees = readTrees(first, end, input);
  input.end();
  return { level, first, end, bytes, cid, previous, trees };
}

/** RL-40: contiguous children, at least one. */
function readChildren(items) {
  must(Array.isArray(items) && items.length > 0, 'RL-40: no children');
  const children = items.map(readChild);
  children.slice(1).forEach((child, i) => must(child.first === children[i].end, 'RL-40: a gap between children'));
  return children;
}

const treesOf = (children) => children.flatMap((child) => child.trees);

/** RL-41, RL-49: the children of the root that a log's record names. */
export function readRoot(log, remote, block) {
  must(block.length <= BLOCK_MAX, 'RL-1: index root over 1,048,576 bytes');
  const map = cbor(block);
  must(Object.keys(map ?? {}).sort().join() === 'children,head,log', 'RL-41: not an index root');
  must(same(bytesOf(map.log, 32, 'RL-41: no log'), log), 'RL-41: the index of another log');
  const children = readChildren(map.children);
  must(children[0].first === 0 && same(children[0].previous, ZERO), 'RL-41: it does not begin at 0');
  must(children.at(-1).end === remote.paged, 'RL-41: it ends elsewhere');
  const input = new Reader(bytesOf(map.head, 104, 'RL-41: no head'));
  const head = { size: remote.paged, last: input.take(32), time: input.u64(), signature: input.take(64) };
  must(same(head.last, remote.previous), 'RL-41: it ends in another entry');
  checkHead(log, { ...head, root: root(treesOf(children)) });
  const whole = root([...treesOf(children), ...remote.trees]);
  must(same(whole, remote.head.root), 'RL-49: its entries are not those of the head');
  return children;
}

/** RL-40: the children of the node that a child names. */
export function readNode(child, block) {
  const children = readChildren(cbor(block));
  must(children.every((below) => below.level < child.level), 'RL-40: a child not below its node');
  const covers = children[0].first === child.first && children.at(-1).end === child.end;
  must(covers && same(children[0].previous, child.previous), 'RL-40: not the range of the child that names it');
  must(same(hashes(join(treesOf(children))), hashes(child.trees)), 'RL-40: not the roots of the child that names it');
  return children;
}

/** RL-32, RL-43: the entries of the page that a child names. */
export function readPage(log, child, block) {
  const items = cbor(block);
  must(Array.isArray(items) && items.length > 1, 'RL-32: a page without slices');
  must(same(bytesOf(items[0], undefined, 'RL-32: no log'), log), 'RL-43: the page of another log');
  const slices = items.slice(1).map((item) => readSlice(bytesOf(item, undefined, 'RL-32: not a slice')));
  slices.slice(1).forEach((slice, i) => must(slice.first === slices[i].end, 'RL-32: a gap between slices'));
  must(slices[0].first === child.first && slices.at(-1).end === child.end, 'RL-43: a page of other positions');
  const entries = slices.flatMap((slice) => slice.entries);
  const ids = link(log, child.previous, entries);
  must(same(hashes(join(leaves(child.first, ids))), hashes(child.trees)), 'RL-43: entries that the index does not name');
  return entries;
}
