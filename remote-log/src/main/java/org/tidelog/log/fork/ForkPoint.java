package org.tidelog.log.fork;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.EntryHeader;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.merkle.RangeProof;

/**
 * Two entries of one log at one position, behind the same entries, each under a signed head: the
 * log is contested from there on. Everything below is the same in both branches, which the proofs
 * show by their common peaks.
 */
public final class ForkPoint implements ForkProof {
  static final int FORM = 1;

  private final Branch first;
  private final Branch second;

  private ForkPoint(Branch first, Branch second) {
    this.first = first;
    this.second = second;
  }

  /**
   * One of the two.
   *
   * @param proof that the entry is in the head's log
   */
  public record Branch(Head head, EntryHeader entry, RangeProof proof) {
    public Branch {
      if (!proof.rootWith(List.of(entry.id())).equals(head.root())) {
        throw new IllegalArgumentException("proof: of another head than " + head);
      }
    }

    public Digest id() {
      return entry.id();
    }

    private byte[] peaks() {
      return Arrays.copyOf(proof.encode(), peakBytes(entry.seq()));
    }
  }

  /**
   * The proof of two branches, in whatever order.
   *
   * @throws IllegalArgumentException if they do not differ in one entry behind the same ones
   */
  public static ForkPoint of(Branch one, Branch other) {
    boolean inOrder = one.id().compareTo(other.id()) < 0;
    ForkPoint point = inOrder ? new ForkPoint(one, other) : new ForkPoint(other, one);
    EntryHeader a = one.entry();
    EntryHeader b = other.entry();
    boolean fork =
        a.log().equals(b.log())
            && a.log().equals(one.head().statement().log())
            && a.log().equals(other.head().statement().log())
            && a.seq() == b.seq()
            && a.previous().equals(b.previous())
            && !one.id().equals(other.id())
            && Arrays.equals(one.peaks(), other.peaks());
    if (!fork) throw new IllegalArgumentException("branches: they do not part at one entry");
    return point;
  }

  @Override
  public IpnsName log() {
    return first.entry.log();
  }

  /** The first position at which the branches differ. */
  public long seq() {
    return first.entry.seq();
  }

  /** The id of the last common entry; {@link Digest#ZERO} where they differ from position 0. */
  public Digest previous() {
    return first.entry.previous();
  }

  /** The two branches, the one with the smaller entry id first: the same order for everybody. */
  public List<Branch> branches() {
    return List.of(first, second);
  }

  @Override
  public OptionalLong point() {
    return OptionalLong.of(seq());
  }

  @Override
  public List<Head> heads() {
    return List.of(first.head, second.head);
  }

  @Override
  public String describe() {
    return "two entries at position "
        + seq()
        + ", "
        + first.id()
        + " of "
        + first.head.size()
        + " and "
        + second.id()
        + " of "
        + second.head.size()
        + " entries";
  }

  @Override
  public int form() {
    return FORM;
  }

  @Override
  public void encode(ByteWriter out) {
    out.varint(seq());
    if (seq() > 0) out.digest(previous());
    out.bytes(first.peaks());
    write(out, first);
    write(out, second);
  }

  private static void write(ByteWriter out, Branch branch) {
    out.varint(branch.head.size());
    ForkCodec.Signed.of(branch.head).write(out);
    ForkCodec.write(out, branch.entry);
    byte[] proof = branch.proof.encode();
    int peaks = peakBytes(branch.entry.seq());
    out.bytes(proof, peaks, proof.length - peaks);
  }

  private static int peakBytes(long seq) {
    return Digest.LENGTH * Long.bitCount(seq);
  }

  static ForkPoint parse(IpnsName log, ByteReader in) throws MalformedException {
    long seq = in.varint();
    if (seq > Limits.SEQ_MAX) throw new MalformedException("fork at position " + seq);
    Digest previous = seq > 0 ? in.digest() : Digest.ZERO;
    byte[] peaks = in.bytes(peakBytes(seq));
    Shared shared = new Shared(log, seq, previous, peaks);
    Branch first = shared.read(in);
    Branch second = shared.read(in);
    if (first.id().compareTo(second.id()) >= 0) {
      throw new MalformedException("fork proof whose entries are the same, or not in order");
    }
    return new ForkPoint(first, second);
  }

  /** What both branches have in common. */
  private record Shared(IpnsName log, long seq, Digest previous, byte[] peaks) {
    Branch read(ByteReader in) throws MalformedException {
      long size = ForkCodec.size(in);
      if (size <= seq) throw new MalformedException("fork at " + seq + " of " + size + " entries");
      ForkCodec.Signed signed = ForkCodec.Signed.read(in);
      EntryHeader entry = ForkCodec.header(log, seq, previous, in);
      int hashes = RangeProof.hashes(seq, seq + 1, size);
      byte[] behind = in.bytes(Digest.LENGTH * hashes - peaks.length);
      byte[] whole = new ByteWriter().bytes(peaks).bytes(behind).toByteArray();
      RangeProof proof = RangeProof.read(seq, seq + 1, size, new ByteReader(whole));
      Digest root = proof.rootWith(List.of(entry.id()));
      return new Branch(signed.head(log, size, root), entry, proof);
    }
  }
}
