package org.tidelog.log.fork;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.Head;

/**
 * Statements signed with one log's key that cannot all be true: its author, or a copy of his
 * device, went on twice from one place. Whoever has the bytes can check them, now and later; they
 * hold no payload. At most 2,048 bytes for logs of up to 2^20 entries, {@link #BYTES_MAX} for any.
 *
 * <p>A proof that exists is well formed, and contradicts itself if its signatures are the log's:
 * that is for {@link #problem} to say. Immutable.
 */
public sealed interface ForkProof permits ForkPoint, ForkedHeads, FalseHead {
  int BYTES_MAX = 4_096;

  IpnsName log();

  /** The position from which the log is contested; empty where that is not settled. */
  OptionalLong point();

  /** The heads that cannot all be true: one or two. */
  List<Head> heads();

  /** What the proof shows, in words. */
  String describe();

  /** The form's number, as encoded. */
  int form();

  /** Writes what stands behind version, form and log. */
  void encode(ByteWriter out);

  /** The proof as bytes. A contradiction of the same statements has one encoding. */
  default byte[] encode() {
    ByteWriter out = new ByteWriter().u8(ForkCodec.VERSION).u8(form()).bytes(log().key());
    encode(out);
    return out.toByteArray();
  }

  /** What is wrong with the signatures; empty where the proof holds. */
  default Optional<String> problem(Verifier verifier) {
    for (Head head : heads()) {
      if (!head.verify(verifier)) {
        return Optional.of(
            "the signature of its head of " + head.size() + " entries does not verify");
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a proof, and refuses what contradicts nothing and every second encoding. The signatures
   * are still to be checked.
   */
  static ForkProof parse(byte[] bytes) throws MalformedException {
    if (bytes.length > BYTES_MAX) {
      throw new MalformedException("fork proof of " + bytes.length + " bytes");
    }
    ByteReader in = new ByteReader(bytes);
    int version = in.u8();
    if (version != ForkCodec.VERSION) {
      throw new MalformedException("fork proof of version " + version);
    }
    int form = in.u8();
    IpnsName log = IpnsName.parse(in.bytes(IpnsName.KEY_BYTES));
    ForkProof proof =
        switch (form) {
          case ForkPoint.FORM -> ForkPoint.parse(log, in);
          case ForkedHeads.FORM -> ForkedHeads.parse(log, in);
          case FalseHead.FORM -> FalseHead.parse(log, in);
          default -> throw new MalformedException("fork proof of form " + form);
        };
    in.end();
    return proof;
  }

  /** As {@link #parse} and {@link #problem} in one: a proof that holds. */
  static ForkProof verified(byte[] bytes, Verifier verifier) throws MalformedException {
    ForkProof proof = parse(bytes);
    Optional<String> problem = proof.problem(verifier);
    if (problem.isPresent()) throw new MalformedException("fork proof: " + problem.get());
    return proof;
  }
}
