package org.tidelog.crypto.ipns;

import java.util.Arrays;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;

/** Whatever bytes come: a refusal, or a record whose content reads back. */
public final class IpnsRecordFuzz {
  private IpnsRecordFuzz() {}

  private static final Verifier VERIFIER = Ed25519.verifier();
  private static final IpnsName NAME = IpnsName.of(new byte[IpnsName.KEY_BYTES]);
  private static final int SLACK_BYTES = 64;

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      IpnsRecord record = IpnsRecord.parse(bytes);
      if (!Arrays.equals(record.bytes(), bytes)) throw new AssertionError("other bytes");
      if (record.verify(NAME, VERIFIER)) throw new AssertionError("nobody has this key");
      if (IpnsRecord.compare(record, record) != 0) throw new AssertionError("other than itself");
      // Written anew, a record may be longer by the digits of its validity.
      if (bytes.length > IpnsRecord.BYTES_MAX - SLACK_BYTES) return;
      IpnsRecord again = IpnsRecord.assemble(record.content(), record.signature());
      if (!again.content().equals(record.content())) throw new AssertionError("another content");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
