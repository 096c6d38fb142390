package org.tidelog.log.sync;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.TestLogs;

/**
 * Whatever frames come after the proofs, a session goes on or refuses, and keeps nothing that does
 * not verify. The input is frames, each of kind, length (two bytes, clamped to what is left) and
 * body.
 */
public final class SyncFuzz {
  private SyncFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] input) {
    TestDevice one = new TestDevice(1);
    TestDevice other = new TestDevice(2);
    one.append(1, new Random(1), 20, 100);
    other.append(1, new Random(1), 15, 100);
    List<String> before = one.contents();
    TestLink link = new TestLink(one, other);
    link.turn(link.initiator, link.responder);
    link.turn(link.responder, link.initiator);
    link.turn(link.initiator, link.responder);
    SyncSession session = (input.length & 1) == 0 ? link.initiator : link.responder;
    for (int at = 0; at + 3 <= input.length; ) {
      int length = (input[at + 1] & 0xff) << 8 | (input[at + 2] & 0xff);
      length = Math.min(length, input.length - at - 3);
      byte[] body = Arrays.copyOfRange(input, at + 3, at + 3 + length);
      session.onBytes(frame(input[at] & 0xff, body), TestLogs.NOW);
      for (List<SyncEffect> effects = session.drain(); !effects.isEmpty(); ) {
        effects = session.drain();
      }
      at += 3 + length;
    }
    if (!one.contents().equals(before)) throw new AssertionError("kept what nobody signed");
  }

  private static byte[] frame(int kind, byte[] body) {
    return new ByteWriter().varint(body.length + 1L).u8(kind).bytes(body).toByteArray();
  }
}
