// Proofs in the Merkle range: log.md, RL-16.
import { must, same } from '../bytes.js';
import { join, readTrees, rootOf } from '../merkle.js';

/** The root that follows from the proof of [from, to), the trees of that range and those before it. */
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
