package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.fork.ForkPoint;
import org.tidelog.log.fork.ForkProof;

/**
 * What a fork proof shows, checked without a home or a network.
 *
 * @param point the first contested position; empty where the proof does not settle it
 * @param previous the id of the entry before it; empty where that is not known, or there is none
 * @param ids of the two entries at that position, in the proof's order; empty where it has none
 * @param sizes of the heads that contradict each other
 * @param what in words
 */
public record ForkReport(
    IpnsName name,
    OptionalLong point,
    Optional<Digest> previous,
    List<Digest> ids,
    List<Long> sizes,
    String what) {

  /**
   * Checks a proof.
   *
   * @throws TidelogException with {@link ErrorKind#BAD_PROOF} if it does not hold
   */
  public static ForkReport check(byte[] bytes) {
    try {
      return of(ForkProof.verified(bytes, Ed25519.verifier()));
    } catch (MalformedException e) {
      throw new TidelogException(
          ErrorKind.BAD_PROOF, "the fork proof does not hold: " + e.getMessage(), null, e);
    }
  }

  private static ForkReport of(ForkProof proof) {
    List<Digest> ids = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    Optional<Digest> previous = Optional.empty();
    if (proof instanceof ForkPoint fork) {
      fork.branches().forEach(branch -> ids.add(branch.id()));
      if (fork.seq() > 0) previous = Optional.of(fork.previous());
    }
    for (Head head : proof.heads()) {
      sizes.add(head.size());
    }
    return new ForkReport(proof.log(), proof.point(), previous, ids, sizes, proof.describe());
  }
}
