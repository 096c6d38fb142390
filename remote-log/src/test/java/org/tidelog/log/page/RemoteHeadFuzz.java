package org.tidelog.log.page;

import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.TestLogs;

/** Whatever record comes, signed or not: a refusal, or a head that makes the same record. */
public final class RemoteHeadFuzz {
  private RemoteHeadFuzz() {}

  private static final IpnsName LOG = IpnsName.of(new byte[IpnsName.KEY_BYTES]);

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      IpnsRecord record = IpnsRecord.parse(bytes);
      RemoteHead remote = RemoteHead.parse(LOG, record);
      if (remote.problem(TestLogs.VERIFIER).isEmpty())
        throw new AssertionError("nobody has the key");
      RemoteHead again =
          RemoteHead.parse(LOG, IpnsRecord.assemble(remote.content(), record.signature()));
      if (!again.equals(remote)) throw new AssertionError("another head");
      if (record.content().extra().size() == 1 && !remote.content().equals(record.content())) {
        throw new AssertionError("a second record of one head");
      }
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
