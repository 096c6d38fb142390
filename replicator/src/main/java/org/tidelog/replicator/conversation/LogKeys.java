package org.tidelog.replicator.conversation;

import java.util.Arrays;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.crypto.seal.LogSealer;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Flags;

/** Opens the payloads of one log: takes off sealing and salt. */
public final class LogKeys {
  private final Optional<LogSealer> sealer;

  private LogKeys(Optional<LogSealer> sealer) {
    this.sealer = sealer;
  }

  public static LogKeys none() {
    return new LogKeys(Optional.empty());
  }

  public static LogKeys of(EpochKey key, IpnsName log) {
    return new LogKeys(Optional.of(new LogSealer(key, log)));
  }

  public boolean canOpen(Entry entry) {
    return !entry.header().has(Flags.SEALED) || sealer.isPresent();
  }

  /** Whether what is sealed can be opened. */
  public boolean hasKey() {
    return sealer.isPresent();
  }

  /** Only the first epoch has a key: what claims another must not be opened with it. */
  private static boolean isEpochKnown(byte[] sealed) {
    try {
      return LogSealer.epochOf(sealed) == 0;
    } catch (MalformedException e) {
      return false;
    }
  }

  /** The payload as its author gave it; empty where it is not there, or does not open. */
  public Optional<byte[]> open(Entry entry) {
    Optional<byte[]> bytes = entry.payload();
    if (bytes.isPresent() && entry.header().has(Flags.SEALED)) {
      byte[] sealed = bytes.get();
      bytes =
          isEpochKnown(sealed)
              ? sealer.flatMap(s -> s.open(entry.seq(), sealed))
              : Optional.empty();
    }
    return bytes.flatMap(plain -> withoutSalt(entry, plain));
  }

  private static Optional<byte[]> withoutSalt(Entry entry, byte[] plain) {
    if (!entry.header().has(Flags.SALTED)) return Optional.of(plain);
    if (plain.length < Flags.SALT_BYTES) return Optional.empty();
    return Optional.of(Arrays.copyOfRange(plain, Flags.SALT_BYTES, plain.length));
  }
}
