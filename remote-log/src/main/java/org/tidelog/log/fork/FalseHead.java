package org.tidelog.log.fork;

import java.util.List;
import java.util.OptionalLong;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.EntryHeader;
import org.tidelog.log.entry.Head;
import org.tidelog.log.merkle.RangeProof;

/**
 * One head that contradicts itself: under its root the last entry is not the one whose id it names.
 * No honest program signs such a head.
 */
public final class FalseHead implements ForkProof {
  static final int FORM = 3;

  private final Head head;
  private final EntryHeader entry;
  private final RangeProof proof;

  private FalseHead(Head head, EntryHeader entry, RangeProof proof) {
    this.head = head;
    this.entry = entry;
    this.proof = proof;
  }

  /**
   * The proof against a head.
   *
   * @param entry the last one under the head's root
   * @param proof that it is
   * @throws IllegalArgumentException if that does not contradict the head
   */
  public static FalseHead of(Head head, EntryHeader entry, RangeProof proof) {
    boolean contradicts =
        entry.log().equals(head.statement().log())
            && entry.seq() == head.size() - 1
            && !entry.id().equals(head.last())
            && proof.rootWith(List.of(entry.id())).equals(head.root());
    if (!contradicts) throw new IllegalArgumentException("head: " + head + " is not false");
    return new FalseHead(head, entry, proof);
  }

  @Override
  public IpnsName log() {
    return entry.log();
  }

  /** The position of the entry: what the head says of it is not so. */
  @Override
  public OptionalLong point() {
    return OptionalLong.of(entry.seq());
  }

  @Override
  public List<Head> heads() {
    return List.of(head);
  }

  @Override
  public String describe() {
    return "a head of size " + head.size() + " whose last id and root disagree";
  }

  @Override
  public int form() {
    return FORM;
  }

  @Override
  public void encode(ByteWriter out) {
    out.varint(head.size());
    ForkCodec.Signed.of(head).write(out);
    if (entry.seq() > 0) out.digest(entry.previous());
    ForkCodec.write(out, entry);
    out.bytes(proof.encode());
  }

  static FalseHead parse(IpnsName log, ByteReader in) throws MalformedException {
    long size = ForkCodec.size(in);
    long seq = size - 1;
    ForkCodec.Signed signed = ForkCodec.Signed.read(in);
    Digest previous = seq > 0 ? in.digest() : Digest.ZERO;
    EntryHeader entry = ForkCodec.header(log, seq, previous, in);
    RangeProof proof = RangeProof.read(seq, size, size, in);
    Digest id = entry.id();
    if (id.equals(signed.last())) throw new MalformedException("proof of a head that is right");
    return new FalseHead(signed.head(log, size, proof.rootWith(List.of(id))), entry, proof);
  }
}
