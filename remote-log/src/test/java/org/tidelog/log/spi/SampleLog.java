package org.tidelog.log.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.entry.SliceBuilder;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;

/** Writes a real log, signed and all, for tests of stores. The same seed gives the same log. */
public final class SampleLog {
  private static final long TIME_MILLIS = 1_700_000_000_000L;

  private final Signer signer;
  private final IpnsName name;
  private final Random random;
  private final Frontier frontier = Frontier.empty();
  private Digest last = Digest.ZERO;

  public SampleLog(int seed) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) seed);
    this.signer = Ed25519.signer(key);
    this.name = IpnsName.of(signer.publicKey());
    this.random = new Random(seed);
  }

  public IpnsName name() {
    return name;
  }

  public long size() {
    return frontier.size();
  }

  /** The next entries as one slice, with their head. */
  public StoredSlice append(int entries, int payloadBytes) {
    StoredSlice slice = appendWithoutHead(entries, payloadBytes);
    return withHead(slice, head(TIME_MILLIS + frontier.size()));
  }

  /** The next entries as one slice, as a page brings them. */
  public StoredSlice appendWithoutHead(int entries, int payloadBytes) {
    SliceBuilder builder = new SliceBuilder(frontier.size());
    for (int i = 0; i < entries; i++) {
      byte[] payload = new byte[payloadBytes];
      random.nextBytes(payload);
      EntryKind kind = builder.end() == 0 ? EntryKind.GENESIS : EntryKind.DATA;
      builder.add(NewEntry.plain(kind, TIME_MILLIS + builder.end(), payload));
    }
    Slice slice = builder.build();
    StoredSlice stored = StoredSlice.of(name, slice, last, Optional.empty());
    last = stored.outline().last();
    frontier.appendRange(slice.end(), stored.outline().roots());
    return stored;
  }

  /** The present state, signed. */
  public Head head(long timeMillis) {
    return Head.sign(
        new Head.Statement(name, frontier.size(), last, frontier.root(), timeMillis), signer);
  }

  public static StoredSlice withHead(StoredSlice slice, Head head) {
    SliceOutline o = slice.outline();
    return new StoredSlice(
        new SliceOutline(
            o.first(), o.count(), o.previous(), o.last(), o.roots(), Optional.of(head)),
        slice.slice());
  }

  /** A block of the published tree; the store does not look into it. */
  public static PublishedBlock block(int level, long ordinal, int entries) {
    List<Digest> leaves = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      leaves.add(Digest.of(Arrays.copyOf(new byte[] {(byte) level, (byte) ordinal, (byte) i}, 32)));
    }
    long first = ordinal * entries;
    return new PublishedBlock(
        level,
        ordinal,
        first,
        first + entries,
        entries * 100L,
        entries * 110L,
        Cid.sha256(Codec.DAG_CBOR, new byte[] {(byte) level, (byte) ordinal}),
        Digest.of(Arrays.copyOf(new byte[] {(byte) ordinal}, 32)),
        AlignedRoots.of(first, leaves));
  }
}
