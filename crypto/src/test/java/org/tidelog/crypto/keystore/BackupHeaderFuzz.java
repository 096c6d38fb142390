package org.tidelog.crypto.keystore;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.ByteWriter;

/** Whatever bytes come with the checksum put right: a refusal, or a header of these bytes. */
public final class BackupHeaderFuzz {
  private BackupHeaderFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    byte[] all = new ByteWriter().bytes(bytes).digest(Sha256.hash(bytes)).toByteArray();
    try {
      if (!Arrays.equals(BackupHeader.parse(all).bytes(), all)) {
        throw new AssertionError("a second encoding");
      }
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
