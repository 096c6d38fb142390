package org.tidelog.node.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.keystore.Argon2Cost;
import org.tidelog.crypto.keystore.BackupHeader;
import org.tidelog.crypto.keystore.Protection;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.StoredSlice;

/** Backups of a test: always the same bytes. */
final class Sample {
  static final String PASSPHRASE = "correct horse battery staple";
  static final long TIME = 1_772_366_400_000L;
  static final byte[] SEED = repeated(0x51, 32);
  static final byte[] SECRET = repeated(0x52, 32);
  static final Digest TOPIC = Sha256.hash(Sha256.tag("topic"));

  /** Stretching takes a while, and a test has hundreds. */
  static final BackupHeader.Created HEADER = header(Argon2Cost.LEAST);

  private Sample() {}

  static BackupHeader.Created header(Argon2Cost cost) {
    Entropy fixed = target -> Arrays.fill(target, (byte) 0x5a);
    return BackupHeader.create(new Protection.Passphrase(PASSPHRASE.toCharArray(), cost), fixed);
  }

  static byte[] repeated(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  static Signer signer(int number) {
    return Ed25519.signer(repeated(number, 32));
  }

  static IpnsName name(int number) {
    return IpnsName.of(signer(number).publicKey());
  }

  /** A log of so many entries in slices of so many. */
  static Written write(int number, int count, int sliceEntries) {
    return write(number, count, sliceEntries, "entry");
  }

  static Written write(int number, int count, int sliceEntries, String word) {
    MemoryLogStore store = new MemoryLogStore();
    LocalLog log = LocalLog.open(signer(number), store);
    List<StoredSlice> slices = new ArrayList<>();
    while (log.size() < count) {
      List<NewEntry> entries = new ArrayList<>();
      for (long seq = log.size(); entries.size() < sliceEntries && seq < count; seq++) {
        EntryKind kind = seq == 0 ? EntryKind.GENESIS : EntryKind.DATA;
        byte[] text = (word + " " + seq).getBytes(StandardCharsets.UTF_8);
        entries.add(NewEntry.plain(kind, TIME + seq, text));
      }
      LocalLog.Group group = log.prepare(entries, TIME + count);
      store.commit(List.of(group.change()));
      log.committed(group);
      slices.addAll(group.change().slices());
    }
    return new Written(log, slices);
  }

  /** A log that was written, its slices each with a head. */
  record Written(LocalLog log, List<StoredSlice> slices) {
    /** Without the head, as within a run. */
    StoredSlice within(int index) {
      StoredSlice slice = slices.get(index);
      return StoredSlice.of(
          log.name(), slice.slice(), slice.outline().previous(), Optional.empty());
    }

    Head head() {
      return log.head().orElseThrow();
    }

    /** All of it in a record, as a mirror has it before there is a page. */
    byte[] record(Signer signer) {
      Slice whole = slices.get(0).slice();
      if (slices.size() > 1) throw new IllegalStateException("slices: " + slices.size());
      RemoteHead remote =
          new RemoteHead(head(), Optional.empty(), 0, Digest.ZERO, Optional.of(whole));
      return remote.sign(signer).bytes();
    }
  }

  /** Something that says what is in a backup. */
  interface Content {
    void writeTo(BackupWriter writer) throws IOException;
  }

  /** A backup as the program writes it. */
  static byte[] backup(Content content) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BackupWriter writer = new BackupWriter(out, HEADER);
      content.writeTo(writer);
      writer.finish();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A backup of any items, which need not be right. */
  static byte[] sealed(byte[] items) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(HEADER.header().bytes());
      SealedWriter writer = new SealedWriter(out, HEADER.key());
      writer.write(items);
      writer.finish();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] item(int type, byte[]... parts) {
    ByteWriter body = new ByteWriter();
    for (byte[] part : parts) {
      body.bytes(part);
    }
    return new ByteWriter().u8(type).varint(body.size()).bytes(body.toByteArray()).toByteArray();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] join(byte[]... parts) {
    ByteWriter all = new ByteWriter();
    for (byte[] part : parts) {
      all.bytes(part);
    }
    return all.toByteArray();
  }

  static byte[] device() {
    return item(1, SEED, bytes(0), text("Kim"));
  }

  static byte[] openTopic() {
    return item(2, bytes(3), TOPIC.bytes(), text("family"));
  }

  static byte[] member(int number) {
    return item(3, bytes(3), name(number).key());
  }

  /** A slice item: what is before the slice, as its flags say, and the slice. */
  static byte[] slice(int flags, byte[] before, Slice slice) {
    return item(6, bytes(flags), before, slice.bytes());
  }

  static byte[] head(Head head) {
    return new ByteWriter()
        .digest(head.root())
        .varint(head.timeMillis())
        .bytes(head.signature())
        .toByteArray();
  }
}
