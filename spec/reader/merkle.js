// The Merkle range: log.md, section 3. A tree is {first, width, hash}: the root over a run of leaves.
import { concat, sha256, u64 } from './bytes.js';

const end = (tree) => tree.first + tree.width;
export const leaves = (first, ids) => ids.map((hash, i) => ({ first: first + i, width: 1, hash }));
export const hashes = (trees) => concat(...trees.map((tree) => tree.hash));

/** RL-11, RL-15: joins neighbouring trees, in order, to the largest perfect ones. */
export function join(trees) {
  const joined = [];
  for (let tree of trees) {
    for (let left; (left = joined.at(-1)); joined.pop()) {
      const fits = left.width === tree.width && left.first % (2 * tree.width) === 0;
      if (!fits || end(left) !== tree.first) break;
      tree = { first: left.first, width: 2 * tree.width, hash: sha256('tidelog/node/1', left.hash, tree.hash) };
    }
    joined.push(tree);
  }
  return joined;
}

/** RL-15: the aligned roots of [from, to), whose hashes are the next ones of a reader. */
export function readTrees(from, to, input) {
  const trees = [];
  for (let first = from; first < to; first = end(trees.at(-1))) {
    let width = 1;
    while (first % (2 * width) === 0 && first + 2 * width <= to) width *= 2;
    trees.push({ first, width, hash: input.take(32) });
  }
  return trees;
}

/** RL-13, RL-14: the root of the log that these trees, from position 0 on, are all of; and of that with these peaks. */
export const root = (trees) => rootOf(end(trees.at(-1)), join(trees).map((peak) => peak.hash));
export const rootOf = (size, peaks) =>
  sha256('tidelog/root/1', u64(size), peaks.reduceRight((bag, peak) => sha256('tidelog/bag/1', peak, bag)));
