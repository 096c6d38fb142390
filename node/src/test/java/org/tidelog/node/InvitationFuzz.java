package org.tidelog.node;

import java.util.Arrays;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Multibase;

/**
 * Whatever body comes, the checksum put right: a refusal, or an invitation whose one text it is.
 */
public final class InvitationFuzz {
  private InvitationFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    byte[] sum = Sha256.hash(Sha256.tag("tidelog/invitation/1"), bytes).bytes();
    byte[] all = new ByteWriter().bytes(bytes).bytes(Arrays.copyOf(sum, 4)).toByteArray();
    String text = Multibase.encode(Multibase.Base.BASE64URL, all);
    try {
      if (!Invitation.parse(text).text().equals(text)) throw new AssertionError("a second text");
    } catch (TidelogException e) {
      if (e.kind() != ErrorKind.BAD_INVITATION) throw e;
    }
  }
}
