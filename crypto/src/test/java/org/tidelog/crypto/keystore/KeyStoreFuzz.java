package org.tidelog.crypto.keystore;

import java.util.Arrays;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.ByteWriter;

/** Whatever bytes come with the checksum put right: a refusal, or a key store of these bytes. */
public final class KeyStoreFuzz {
  private KeyStoreFuzz() {}

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    byte[] file = new ByteWriter().bytes(bytes).digest(Sha256.hash(bytes)).toByteArray();
    try {
      if (!Arrays.equals(KeyStoreFile.parse(file).bytes(), file)) {
        throw new AssertionError("other bytes");
      }
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
