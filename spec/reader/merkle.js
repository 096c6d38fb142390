// The Merkle range: log.md, section 3. A tree is {first, width, hash}: the root over a run of leaves.
import { concat, must, same, sha256, u64 } from './bytes.js';

const node = (left, right) => sha256('tidelog/node/1', left, right);
const end = (tree) => tree.first + tree.width;

/** RL-15: joins neighbouring trees, in order, to the largest perfect ones. */
export function join(trees) {
  const joined = [];
  for (let tree of trees) {
    for (;;) {
      const left = joined.at(-1);
      const fits = left?.width === tree.width && left.first % (2 * tree.width) === 0;
      if (!fits || end(left) !== tree.first) break;
      joined.pop();
      tree = { first: left.first, width: 2 * tree.width, hash: node(left.hash, tree.hash) };
    }
    joined.push(tree);
  }
  return joined;
}

export const leaves = (first, ids) => ids.map((hash, i) => ({ first: first + i, width: 1, hash }));

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

export const hashes = (trees) => concat(...trees.map((tree) => tree.hash));

/** RL-13 */
const bag = (peaks) => peaks.reduceRight((rest, peak) => sha256('tidelog/bag/1', peak, rest));

/** RL-14: the root of the log that these trees, from position 0 on, are all of. */
export function root(trees) {
  const peaks = join(trees);
  return rootOf(end(peaks.at(-1)), peaks.map((peak) => peak.hash));
}

const rootOf = (size, peaks) => sha256('tidelog/root/1', u64(size), bag(peaks));

/** RL-16: the root that follows from the proof of [from, to), the trees of that range and those before it. */
export function provedRoot(from, to, size, trees, proof, left = readTrees(0, from, proof)) {
  must(0 <= from && from <= to && to <= size && to > 0 && size < 2 ** 40, 'RL-16: no such range');
  let peakEnd = 0;
  for (let width = 2 ** 40; peakEnd < to; width /= 2) {
    if (Math.floor(size / width) % 2 === 1) peakEnd += width;
  }
  const peaks = join([...left, ...trees, ...readTrees(to, peakEnd, proof)]).map((peak) => peak.hash);
  if (peakEnd < size) peaks.push(proof.take(32));
  return rootOf(size, peaks);
}

export function checkProof(from, to, size, trees, proof, wanted) {
  must(same(provedRoot(from, to, size, trees, proof), wanted), 'RL-16: the proof leads elsewhere');
  proof.end();
}
