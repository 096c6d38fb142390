package org.tidelog.node.backup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.keystore.BackupHeader;

/**
 * Whatever items are sealed in a backup: refused with a reason, or written again as they were, all
 * of them.
 */
public final class BackupItemsFuzz {
  private BackupItemsFuzz() {}

  /** Called by the fuzzer: stretching the passphrase is no part of what an input may take. */
  public static void fuzzerInitialize() throws IOException {
    fuzzerTestOneInput(Sample.device());
  }

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] items) throws IOException {
    if (items.length == 0) return;
    byte[] sealed = Sample.sealed(items);
    byte[] chunks = Arrays.copyOfRange(sealed, BackupHeader.BYTES, sealed.length);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    BackupWriter writer = new BackupWriter(again, Sample.HEADER);
    try (BackupReader reader =
        new BackupReader(
            new SealedReader(new ByteArrayInputStream(chunks), Sample.HEADER.key(), chunks.length),
            Ed25519.verifier(),
            writer)) {
      while (reader.next()) {
        if (reader.remaining() < 0) throw new AssertionError("more than there is");
      }
    } catch (MalformedException e) {
      return;
    }
    writer.finish();
    if (!Arrays.equals(again.toByteArray(), sealed)) throw new AssertionError("a second encoding");
  }
}
