package org.tidelog.log.merkle;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteReader;

/** Whatever numbers and bytes come: a refusal, or a proof whose one encoding they are. */
public final class RangeProofFuzz {
  private RangeProofFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      ByteReader in = new ByteReader(bytes);
      long from = in.varint();
      long to = in.varint();
      long size = in.varint();
      byte[] rest = Arrays.copyOfRange(bytes, in.position(), bytes.length);
      RangeProof proof = RangeProof.read(from, to, size, in);
      in.end();
      if (!Arrays.equals(proof.encode(), rest)) throw new AssertionError("a second encoding");
      int count = AlignedRoots.heights(from, to).length;
      List<Digest> roots = Collections.nCopies(count, Digest.ZERO);
      if (!proof.rootWith(roots).equals(proof.rootWith(roots))) throw new AssertionError("root");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
