package org.tidelog.node.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.keystore.BackupHeader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredSlice;

/**
 * Writes a backup. Items come in the order that {@link BackupItems} says; {@link #finish} after the
 * last. More topics or logs than a reader takes end it with a {@link TooManyException}. Owned by
 * one thread.
 */
public final class BackupWriter implements BackupItems {
  /** Of one item; a cursor with more goes into several. */
  private static final int RANGES_MAX = 4_096;

  static final int OPEN = 1;
  static final int HAS_ID = 2;
  static final int HAS_SECRET = 4;
  static final int BEGINS = 1;
  static final int HAS_HEAD = 2;
  static final int NAME_BYTES_MAX = 256;

  /** Of a cursor's name, in UTF-8. */
  public static final int CURSOR_BYTES_MAX = 1_024;

  private final SealedWriter out;
  private final ByteWriter body = new ByteWriter();
  private long end;
  private boolean within;
  private long entries;
  private int topics;
  private int members;

  /** Writes the header at once. The stream is the caller's to make durable and to close. */
  public BackupWriter(OutputStream out, BackupHeader.Created header) throws IOException {
    out.write(header.header().bytes());
    this.out = new SealedWriter(out, header.key());
  }

  /** Entries written so far. */
  public long entries() {
    return entries;
  }

  @Override
  public void device(byte[] recoverySeed, long timeMillis, String displayName) throws IOException {
    body.reset().bytes(recoverySeed).varint(timeMillis);
    put(ItemType.DEVICE, body.bytes(Texts.encode("displayName", displayName, NAME_BYTES_MAX)));
  }

  @Override
  public void topic(TopicItem topic) throws IOException {
    refuseMoreThan(BackupReader.TOPICS_MAX, ++topics, "topics");
    int flags =
        (topic.open() ? OPEN : 0)
            | (topic.id().isPresent() ? HAS_ID : 0)
            | (topic.secret().isPresent() ? HAS_SECRET : 0);
    body.reset().u8(flags);
    topic.id().ifPresent(body::digest);
    topic.secret().ifPresent(body::bytes);
    body.bytes(Texts.encode("label", topic.label(), TopicItem.LABEL_BYTES_MAX));
    put(ItemType.TOPIC, body);
  }

  @Override
  public void member(Role role, IpnsName log) throws IOException {
    refuseMoreThan(BackupReader.MEMBERS_MAX, ++members, "logs in its topics");
    put(ItemType.MEMBER, body.reset().u8(role.code()).bytes(log.key()));
  }

  private static void refuseMoreThan(int max, int count, String what) throws TooManyException {
    if (count > max) throw new TooManyException(max, what);
  }

  @Override
  public void cursor(String name, IpnsName log, SeqRanges delivered) throws IOException {
    byte[] text = Texts.encode("cursor", name, CURSOR_BYTES_MAX);
    for (int from = 0; from < delivered.ranges().size(); from += RANGES_MAX) {
      int to = Math.min(from + RANGES_MAX, delivered.ranges().size());
      SeqRanges some = SeqRanges.of(delivered.ranges().subList(from, to));
      body.reset().varint(text.length).bytes(text).bytes(log.key()).bytes(some.encode());
      put(ItemType.CURSOR, body);
    }
  }

  @Override
  public void log(IpnsName name, Optional<byte[]> record) throws IOException {
    refuseOpenRun();
    end = 0;
    body.reset().bytes(name.key());
    record.ifPresent(body::bytes);
    put(ItemType.LOG, body);
  }

  @Override
  public void proof(ForkProof proof) throws IOException {
    put(ItemType.PROOF, body.reset().bytes(proof.encode()));
  }

  @Override
  public void unsent(Optional<Head> paged) throws IOException {
    body.reset();
    paged.ifPresent(
        head -> {
          body.varint(head.size()).digest(head.last());
          head(head);
        });
    put(ItemType.UNSENT, body);
  }

  @Override
  public void slice(StoredSlice slice) throws IOException {
    SliceOutline outline = slice.outline();
    if (within != (outline.first() == end && end > 0)) {
      throw new IllegalArgumentException("slice: " + new SeqRange(end, outline.end()));
    }
    Optional<Head> head = outline.head();
    body.reset().u8((within ? 0 : BEGINS) | (head.isPresent() ? HAS_HEAD : 0));
    if (!within) body.digest(outline.previous());
    head.ifPresent(this::head);
    body.bytes(slice.slice().bytes());
    put(ItemType.SLICE, body);
    within = !head.isPresent();
    end = outline.end();
    entries += outline.count();
  }

  private void head(Head head) {
    body.digest(head.root()).varint(head.timeMillis()).bytes(head.signature());
  }

  private void refuseOpenRun() {
    if (within) throw new IllegalStateException("a run without a head, to " + end);
  }

  @Override
  public void block(Codec codec, byte[] bytes) throws IOException {
    refuseOpenRun();
    put(ItemType.BLOCK, body.reset().varint(codec.code()).bytes(bytes));
  }

  /** Seals the end. A backup without one is refused by whoever reads it. */
  public void finish() throws IOException {
    refuseOpenRun();
    out.finish();
  }

  private void put(ItemType type, ByteWriter item) throws IOException {
    if (item.size() > ItemType.BYTES_MAX) {
      throw new IllegalArgumentException("item: " + item.size() + " bytes");
    }
    out.write(new ByteWriter().u8(type.code()).varint(item.size()).toByteArray());
    out.write(item.toByteArray());
  }
}
