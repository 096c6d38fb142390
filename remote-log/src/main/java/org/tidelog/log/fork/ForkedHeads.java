package org.tidelog.log.fork;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Head;
import org.tidelog.log.merkle.RangeProof;

/**
 * Two heads of one log, neither of which continues the other: of one size and with other content,
 * or with the proof that the larger one's log had another root when it was of the smaller one's
 * size. It is there before the entries are; where the branches part it does not say.
 */
public final class ForkedHeads implements ForkProof {
  static final int FORM = 2;

  private final Head smaller;
  private final Head larger;
  private final Optional<RangeProof> prefix;

  private ForkedHeads(Head smaller, Head larger, Optional<RangeProof> prefix) {
    this.smaller = smaller;
    this.larger = larger;
    this.prefix = prefix;
  }

  /**
   * Two heads of one size.
   *
   * @throws IllegalArgumentException if they do not contradict each other
   */
  public static ForkedHeads of(Head one, Head other) {
    if (one.size() != other.size() || !isOneLog(one, other) || one.agreesWith(other)) {
      throw new IllegalArgumentException("heads: " + one + " and " + other + " are no fork");
    }
    boolean inOrder = isBefore(one, other);
    return new ForkedHeads(inOrder ? one : other, inOrder ? other : one, Optional.empty());
  }

  /**
   * A head and one of a larger log that had another root at its size.
   *
   * @param prefix of {@code [smaller.size(), smaller.size())} in the larger log
   * @throws IllegalArgumentException if they do not contradict each other
   */
  public static ForkedHeads of(Head smaller, Head larger, RangeProof prefix) {
    boolean fork =
        smaller.size() < larger.size()
            && isOneLog(smaller, larger)
            && prefix.rootWith(List.of()).equals(larger.root())
            && !prefix.prefixRoot().equals(Optional.of(smaller.root()));
    if (!fork) {
      throw new IllegalArgumentException("heads: " + smaller + " and " + larger + " are no fork");
    }
    return new ForkedHeads(smaller, larger, Optional.of(prefix));
  }

  private static boolean isOneLog(Head one, Head other) {
    return one.statement().log().equals(other.statement().log());
  }

  private static boolean isBefore(Head one, Head other) {
    int order = one.root().compareTo(other.root());
    return order != 0 ? order < 0 : one.last().compareTo(other.last()) < 0;
  }

  @Override
  public IpnsName log() {
    return smaller.statement().log();
  }

  @Override
  public OptionalLong point() {
    return OptionalLong.empty();
  }

  @Override
  public List<Head> heads() {
    return List.of(smaller, larger);
  }

  @Override
  public String describe() {
    if (!prefix.isPresent()) return "two heads of size " + smaller.size();
    return "a head of size "
        + smaller.size()
        + " that one of size "
        + larger.size()
        + " does not continue";
  }

  @Override
  public int form() {
    return FORM;
  }

  @Override
  public void encode(ByteWriter out) {
    out.varint(smaller.size()).digest(smaller.root());
    ForkCodec.Signed.of(smaller).write(out);
    out.varint(larger.size());
    if (!prefix.isPresent()) out.digest(larger.root());
    ForkCodec.Signed.of(larger).write(out);
    prefix.ifPresent(proof -> out.bytes(proof.encode()));
  }

  static ForkedHeads parse(IpnsName log, ByteReader in) throws MalformedException {
    long size = ForkCodec.size(in);
    Digest root = in.digest();
    Head smaller = ForkCodec.Signed.read(in).head(log, size, root);
    long largerSize = ForkCodec.size(in);
    if (largerSize < size) throw new MalformedException("fork proof whose heads are not in order");
    if (largerSize == size) {
      Digest otherRoot = in.digest();
      Head other = ForkCodec.Signed.read(in).head(log, size, otherRoot);
      if (!isBefore(smaller, other)) {
        throw new MalformedException("fork proof whose heads are the same, or not in order");
      }
      return new ForkedHeads(smaller, other, Optional.empty());
    }
    ForkCodec.Signed signed = ForkCodec.Signed.read(in);
    RangeProof prefix = RangeProof.read(size, size, largerSize, in);
    if (prefix.prefixRoot().equals(Optional.of(root))) {
      throw new MalformedException("fork proof of which one head continues the other");
    }
    Head larger = signed.head(log, largerSize, prefix.rootWith(List.of()));
    return new ForkedHeads(smaller, larger, Optional.of(prefix));
  }
}
