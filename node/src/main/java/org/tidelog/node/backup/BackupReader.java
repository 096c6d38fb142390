package org.tidelog.node.backup;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.linked.LinkedWalk;

/**
 * Reads a backup from its beginning to its end, once. Refuses what is malformed, out of order, over
 * a limit or not proved by a signed head. Memory does not grow with the entries. Owned by one
 * thread.
 */
public final class BackupReader implements Closeable {
  static final int TOPICS_MAX = 10_000;

  /** Of all topics: their names are kept to tell logs that belong nowhere. */
  static final int MEMBERS_MAX = 1 << 17;

  private static final int SEED_BYTES = 32;
  private static final int CURSOR_RANGES_MAX = 4_096;

  private final SealedReader in;
  private final Verifier verifier;
  private final BackupItems to;
  private final Set<String> labels = new HashSet<>();
  private final Set<Member> members = new HashSet<>();
  private final Set<IpnsName> logs = new HashSet<>();
  private int count;
  private boolean inTopics;
  private boolean recorded;
  private @Nullable ItemType before;
  private @Nullable IpnsName log;
  private @Nullable LogCheck check;

  BackupReader(SealedReader in, Verifier verifier, BackupItems to) {
    this.in = in;
    this.verifier = verifier;
    this.to = to;
  }

  private record Member(IpnsName log, int topic) {}

  /** Plain bytes that are still to be read. */
  public long remaining() {
    return in.remaining();
  }

  /**
   * Reads one item and hands it over.
   *
   * @return whether there was one
   * @throws MalformedException which says what is wrong with the backup
   */
  public boolean next() throws IOException, MalformedException {
    if (in.remaining() == 0) {
      if (check != null) check.finish();
      return false;
    }
    ItemType type = ItemType.of(in.u8());
    long length = in.varint();
    if (length > ItemType.BYTES_MAX)
      throw new MalformedException("an item of " + length + " bytes");
    ByteReader item = new ByteReader(in.bytes((int) length));
    refuseDisorder(type);
    switch (type) {
      case DEVICE -> device(item);
      case TOPIC -> topic(item);
      case MEMBER -> member(item);
      case CURSOR -> cursor(item);
      case LOG -> log(item);
      case SLICE -> slice(item);
      case BLOCK -> block(item);
      case PROOF -> proof(item);
      case UNSENT -> unsent(item);
    }
    item.end();
    before = type;
    count++;
    return true;
  }

  private void refuseDisorder(ItemType type) throws MalformedException {
    boolean inOrder =
        switch (type) {
          case DEVICE -> count == 0;
          case TOPIC -> count > 0 && log == null;
          case MEMBER, CURSOR -> inTopics && log == null;
          case LOG -> count > 0;
          case SLICE -> check != null;
          case BLOCK -> log != null;
          case PROOF -> before == ItemType.LOG;
          case UNSENT -> recorded && (before == ItemType.LOG || before == ItemType.PROOF);
        };
    if (!inOrder) throw new MalformedException("an item out of place");
  }

  private void device(ByteReader item) throws IOException, MalformedException {
    byte[] seed = item.bytes(SEED_BYTES);
    long time = item.varint();
    if (time > Limits.TIME_MILLIS_MAX) throw new MalformedException("a time of " + time + " ms");
    to.device(
        seed,
        time,
        Texts.decode("display name", item, item.remaining(), BackupWriter.NAME_BYTES_MAX));
  }

  private void topic(ByteReader item) throws IOException, MalformedException {
    int flags = item.u8();
    boolean open = (flags & BackupWriter.OPEN) != 0;
    boolean hasId = (flags & BackupWriter.HAS_ID) != 0;
    boolean hasSecret = (flags & BackupWriter.HAS_SECRET) != 0;
    // A private topic without its secret, or a label without an id that is not open, is no topic.
    boolean sound = hasId ? open != hasSecret : open && !hasSecret;
    if (flags > 7 || !sound) throw new MalformedException("a topic of flags " + flags);
    Optional<Digest> id = hasId ? Optional.of(item.digest()) : Optional.empty();
    Optional<byte[]> secret =
        hasSecret ? Optional.of(item.bytes(TopicItem.SECRET_BYTES)) : Optional.empty();
    String label = Texts.decode("label", item, item.remaining(), TopicItem.LABEL_BYTES_MAX);
    if (label.isEmpty() || !labels.add(label) || labels.size() > TOPICS_MAX) {
      throw new MalformedException("a label that is empty, there twice, or one too many");
    }
    inTopics = true;
    to.topic(new TopicItem(label, open, id, secret));
  }

  private void member(ByteReader item) throws IOException, MalformedException {
    Role role = Role.of(item.u8());
    IpnsName name = IpnsName.parse(item.bytes(IpnsName.KEY_BYTES));
    if (!members.add(new Member(name, labels.size())) || members.size() > MEMBERS_MAX) {
      throw new MalformedException("a log that is in a topic twice, or one too many");
    }
    logs.add(name);
    to.member(role, name);
  }

  private void cursor(ByteReader item) throws IOException, MalformedException {
    long length = item.varint();
    if (length > BackupWriter.CURSOR_BYTES_MAX) {
      throw new MalformedException("a cursor's name of " + length + " bytes");
    }
    String name = Texts.decode("cursor", item, (int) length, BackupWriter.CURSOR_BYTES_MAX);
    IpnsName of = IpnsName.parse(item.bytes(IpnsName.KEY_BYTES));
    SeqRanges delivered = SeqRanges.parse(item.bytes(item.remaining()), CURSOR_RANGES_MAX);
    if (name.isEmpty() || delivered.isEmpty()) throw new MalformedException("an empty cursor");
    to.cursor(name, of, delivered);
  }

  private void log(ByteReader item) throws IOException, MalformedException {
    if (check != null) check.finish();
    IpnsName name = IpnsName.parse(item.bytes(IpnsName.KEY_BYTES));
    if (log != null && log.compareTo(name) >= 0) throw new MalformedException("logs out of order");
    if (!logs.contains(name)) throw new MalformedException("a log that is in no topic");
    if (item.remaining() > IpnsRecord.BYTES_MAX) {
      throw new MalformedException("a record of " + item.remaining() + " bytes");
    }
    Optional<byte[]> record =
        item.remaining() == 0 ? Optional.empty() : Optional.of(item.bytes(item.remaining()));
    check = new LogCheck(name, record, verifier);
    log = name;
    recorded = record.isPresent();
    to.log(name, record);
  }

  private void proof(ByteReader item) throws IOException, MalformedException {
    ForkProof proof = ForkProof.verified(item.bytes(item.remaining()), verifier);
    IpnsName of = log;
    if (of == null) throw new AssertionError("refused before");
    if (!proof.log().equals(of)) throw new MalformedException("a fork proof of another log");
    to.proof(proof);
  }

  private void unsent(ByteReader item) throws IOException, MalformedException {
    IpnsName of = log;
    if (of == null) throw new AssertionError("refused before");
    if (item.remaining() == 0) {
      to.unsent(Optional.empty());
      return;
    }
    long size = item.varint();
    if (size < 1 || size > Limits.SIZE_MAX) throw new MalformedException("a head of " + size);
    Digest last = item.digest();
    LogCheck.Claim claim = claim(item);
    Head.Statement statement = new Head.Statement(of, size, last, claim.root(), claim.timeMillis());
    Head paged = Head.claimed(statement, claim.signature());
    if (!paged.verify(verifier)) throw new MalformedException("an index whose head is not signed");
    to.unsent(Optional.of(paged));
  }

  private void slice(ByteReader item) throws IOException, MalformedException {
    LogCheck running = check;
    if (running == null) throw new AssertionError("refused before");
    int flags = item.u8();
    if (flags > 3) throw new MalformedException("a slice of flags " + flags);
    boolean begins = (flags & BackupWriter.BEGINS) != 0;
    boolean hasHead = (flags & BackupWriter.HAS_HEAD) != 0;
    Digest previous = begins ? item.digest() : Digest.ZERO;
    Optional<LogCheck.Claim> head = hasHead ? Optional.of(claim(item)) : Optional.empty();
    Slice slice = Slice.parse(item.bytes(item.remaining()));
    if (begins && slice.first() == 0 && !previous.equals(Digest.ZERO)) {
      throw new MalformedException("an id before the first entry");
    }
    to.slice(running.take(new LogCheck.Part(begins, previous, head, slice)));
  }

  private static LogCheck.Claim claim(ByteReader item) throws MalformedException {
    Digest root = item.digest();
    long time = item.varint();
    if (time > Limits.TIME_MILLIS_MAX) throw new MalformedException("a head of " + time + " ms");
    return new LogCheck.Claim(root, time, item.bytes(Head.SIGNATURE_BYTES));
  }

  private void block(ByteReader item) throws IOException, MalformedException {
    if (check != null) check.finish();
    check = null;
    long code = item.varint();
    Codec codec = code == Codec.RAW.code() ? Codec.RAW : Codec.DAG_CBOR;
    if (code != codec.code()) throw new MalformedException("a block of codec " + code);
    if (item.remaining() == 0 || item.remaining() > LinkedWalk.BLOCK_BYTES_MAX) {
      throw new MalformedException("a block of " + item.remaining() + " bytes");
    }
    to.block(codec, item.bytes(item.remaining()));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
