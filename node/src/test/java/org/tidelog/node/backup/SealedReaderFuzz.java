package org.tidelog.node.backup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.keystore.BackupHeader;

/** Whatever stands behind a backup's header: refused, or what sealing its content gives. */
public final class SealedReaderFuzz {
  private static final byte[] KEY = Sample.HEADER.key();

  private SealedReaderFuzz() {}

  /** Called by the fuzzer: stretching the passphrase is no part of what an input may take. */
  public static void fuzzerInitialize() throws IOException {
    byte[] backup = Sample.sealed(Sample.device());
    fuzzerTestOneInput(Arrays.copyOfRange(backup, BackupHeader.BYTES, backup.length));
  }

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] sealed) throws IOException {
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    SealedWriter writer = new SealedWriter(again, KEY);
    try (SealedReader reader =
        new SealedReader(new ByteArrayInputStream(sealed), KEY, sealed.length)) {
      while (reader.remaining() > 0) {
        writer.write(reader.bytes((int) Math.min(1_000, reader.remaining())));
      }
    } catch (MalformedException e) {
      return;
    }
    writer.finish();
    if (!Arrays.equals(again.toByteArray(), sealed)) throw new AssertionError("a second encoding");
  }
}
