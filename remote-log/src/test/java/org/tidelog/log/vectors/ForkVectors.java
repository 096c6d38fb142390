package org.tidelog.log.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Head;
import org.tidelog.log.fork.ForkPoint;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.fork.TestForks;

/** Proofs of each form, and bytes that are none. */
final class ForkVectors {
  /** Version, form, log. */
  private static final int BEGINNING = 2 + 32;

  private ForkVectors() {}

  static String text() {
    JsonText json = new JsonText();
    proof(json, "from position 0", TestForks.fork(0, 1, 1, 0));
    proof(json, "one branch ends there", TestForks.fork(5, 6, 100, 2));
    proof(json, "far on", TestForks.fork((1L << 39) + 3, (1L << 40) - 1, 1L << 39 | 5, 16));
    proof(json, "heads of one size", TestForks.heads(7, 7));
    proof(json, "heads of two sizes", TestForks.heads(7, 1_000));
    proof(json, "a false head of one entry", TestForks.falseHead(1));
    proof(json, "a false head", TestForks.falseHead(77));
    byte[] first = TestForks.fork(0, 1, 1, 0).encode();
    refused(json, "RL-66", "the branches not in order", swapped(first, false));
    refused(json, "RL-66", "one branch twice", swapped(first, true));
    byte[] six = TestForks.fork(5, 6, 100, 2).encode();
    refused(json, "E4", "cut short", Arrays.copyOf(six, six.length - 1));
    refused(json, "E1", "a byte behind the end", Arrays.copyOf(six, six.length + 1));
    refused(json, "RL-63", "form 4", with(six, 1, 4));
    refused(json, "RL-63", "version 2", with(six, 0, 2));
    refused(json, "RL-66", "another position", with(six, BEGINNING, 6));
    refused(json, "RL-69", "a signature of another key", forged());
    refused(
        json, "RL-69", "an entry that is not in the head's log", with(six, six.length - 1, 0xee));
    byte[] heads = TestForks.heads(7, 7).encode();
    byte[] swapped = heads.clone();
    int half = (heads.length - BEGINNING) / 2;
    System.arraycopy(heads, BEGINNING, swapped, BEGINNING + half, half);
    System.arraycopy(heads, BEGINNING + half, swapped, BEGINNING, half);
    refused(json, "RL-67", "the heads not in order", swapped);
    byte[] right = TestForks.falseHead(1).encode();
    TestForks.entry(0, 2, 0).id().copyTo(right, BEGINNING + 1);
    refused(json, "RL-68", "a head that is right", right);
    return json.toString();
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static byte[] swapped(byte[] proof, boolean twice) {
    int shared = BEGINNING + 1;
    int half = (proof.length - shared) / 2;
    byte[] swapped = proof.clone();
    System.arraycopy(proof, shared, swapped, shared + half, half);
    if (!twice) System.arraycopy(proof, shared + half, swapped, shared, half);
    return swapped;
  }

  private static byte[] forged() {
    ForkPoint.Branch real = TestForks.branch(TestForks.entry(5, 2, 0), 10);
    ForkPoint.Branch made = TestForks.branch(TestForks.entry(5, 3, 0), 10);
    Head head = Head.sign(made.head().statement(), TestLogs.signer(2));
    return ForkPoint.of(real, new ForkPoint.Branch(head, made.entry(), made.proof())).encode();
  }

  private static void proof(JsonText json, String name, ForkProof proof) {
    List<String> heads = new ArrayList<>();
    proof.heads().forEach(head -> heads.add(head.size() + "/" + head.root().hex()));
    json.open()
        .put("name", name)
        .put("log", Hex.encode(proof.log().key()))
        .put("form", proof.form())
        .put("point", proof.point().isPresent() ? "" + proof.point().getAsLong() : "")
        .put("heads", String.join(" ", heads));
    if (proof instanceof ForkPoint fork) {
      List<Digest> ids = new ArrayList<>();
      fork.branches().forEach(branch -> ids.add(branch.id()));
      json.put("previous", fork.previous().hex());
      json.put("ids", ids.get(0).hex() + " " + ids.get(1).hex());
    }
    json.put("bytes", Hex.encode(proof.encode())).close();
  }

  private static void refused(JsonText json, String breaks, String name, byte[] bytes) {
    try {
      ForkProof.verified(bytes, TestLogs.VERIFIER);
    } catch (MalformedException e) {
      json.open().put("name", name).put("bytes", Hex.encode(bytes));
      json.put("refused", "yes").put("breaks", breaks).close();
      return;
    }
    throw new AssertionError("not refused: " + name);
  }
}
