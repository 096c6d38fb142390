package org.tidelog.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.ParentRef;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.entry.SliceBuilder;

/** Keys and seeded entries that tests share. */
public final class TestLogs {
  /** A moment from which the clocks of all tests start. */
  public static final long NOW = 1_767_225_600_000L;

  public static final Verifier VERIFIER = Ed25519.verifier();

  private static final EntryKind[] LATER_KINDS =
      Arrays.stream(EntryKind.values())
          .filter(kind -> kind != EntryKind.GENESIS)
          .toArray(EntryKind[]::new);

  private TestLogs() {}

  /** The signer whose seed is 32 times this byte. */
  public static Signer signer(int seed) {
    byte[] bytes = new byte[Ed25519.SEED_BYTES];
    Arrays.fill(bytes, (byte) seed);
    return Ed25519.signer(bytes);
  }

  public static IpnsName name(int seed) {
    return IpnsName.of(signer(seed).publicKey());
  }

  public static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * A genesis where {@code seq} is 0, else anything the format allows, but for deletions that
   * readers would obey.
   */
  public static NewEntry anyEntry(Random random, long seq, int payloadBytesMax) {
    EntryKind kind = seq == 0 ? EntryKind.GENESIS : LATER_KINDS[random.nextInt(LATER_KINDS.length)];
    int flags = random.nextInt(16);
    long time = time(random, seq);
    long expiry = (flags & Flags.EXPIRING) == 0 ? 0 : time + 1 + random.nextInt(1 << 30);
    List<ParentRef> parents = new ArrayList<>();
    for (int i = random.nextInt(4) == 0 ? random.nextInt(17) : 0; i > 0; i--) {
      parents.add(new ParentRef(random.nextInt(300), random.nextInt(1 << 20)));
    }
    byte[] payload = payload(random, payloadBytesMax);
    if (kind == EntryKind.DELETE) Arrays.fill(payload, 0, Math.min(2, payload.length), (byte) 0);
    return new NewEntry(kind, time, flags, expiry, parents, payload);
  }

  private static long time(Random random, long seq) {
    int jump = random.nextInt(20) == 0 ? Integer.MAX_VALUE : 100_000;
    return NOW + seq % 10_000 * 1_000 + random.nextInt(jump) - jump / 2;
  }

  private static byte[] payload(Random random, int bytesMax) {
    int bound = random.nextInt(10) == 0 ? bytesMax : Math.min(bytesMax, 120);
    return bytes(random, random.nextInt(bound + 1));
  }

  /** Entries {@code [first, first + count)} of a log. */
  public static List<NewEntry> anyEntries(Random random, long first, int count, int bytesMax) {
    List<NewEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(anyEntry(random, first + i, bytesMax));
    }
    return entries;
  }

  /** One slice of these entries. */
  public static Slice slice(long first, List<NewEntry> entries) {
    SliceBuilder builder = new SliceBuilder(first);
    entries.forEach(builder::add);
    return builder.build();
  }

  /** An id that stands for the entry before a slice: zero where there is none. */
  public static Digest previous(long first) {
    return first == 0 ? Digest.ZERO : Sha256.hash(new byte[] {(byte) first});
  }
}
