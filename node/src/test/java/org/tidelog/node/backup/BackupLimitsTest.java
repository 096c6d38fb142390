package org.tidelog.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidelog.node.backup.Sample.bytes;
import static org.tidelog.node.backup.Sample.device;
import static org.tidelog.node.backup.Sample.item;
import static org.tidelog.node.backup.Sample.join;
import static org.tidelog.node.backup.Sample.member;
import static org.tidelog.node.backup.Sample.name;
import static org.tidelog.node.backup.Sample.openTopic;
import static org.tidelog.node.backup.Sample.sealed;
import static org.tidelog.node.backup.Sample.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.keystore.BackupHeader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.linked.LinkedWalk;

/** What is as large as may be in a backup is taken, and nothing larger. */
final class BackupLimitsTest {
  private static final byte[] LOG = join(device(), openTopic(), member(1));

  /** Reads a backup of these items, and gives what the writer makes of them. */
  private static byte[] read(byte[]... items) throws IOException, MalformedException {
    byte[] sealed = sealed(join(items));
    byte[] chunks = Arrays.copyOfRange(sealed, BackupHeader.BYTES, sealed.length);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    BackupWriter writer = new BackupWriter(again, Sample.HEADER);
    SealedReader in =
        new SealedReader(new ByteArrayInputStream(chunks), Sample.HEADER.key(), chunks.length);
    try (BackupReader reader = new BackupReader(in, Ed25519.verifier(), writer)) {
      long before = reader.remaining();
      while (reader.next()) {
        assertThat(reader.remaining()).isLessThan(before);
        before = reader.remaining();
      }
    }
    writer.finish();
    return again.toByteArray();
  }

  private static void takes(byte[]... items) throws IOException, MalformedException {
    assertThat(read(items)).isEqualTo(sealed(join(items)));
  }

  private static void refuses(String why, byte[]... items) {
    assertThatThrownBy(() -> read(items))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why);
  }

  private static byte[] letters(int count) {
    byte[] letters = new byte[count];
    Arrays.fill(letters, (byte) 'x');
    return letters;
  }

  @Test
  void takesTheLongestTexts() throws Exception {
    byte[] topic = item(2, bytes(1), letters(TopicItem.LABEL_BYTES_MAX));
    byte[] length = new ByteWriter().varint(BackupWriter.CURSOR_BYTES_MAX).toByteArray();
    byte[] over = new ByteWriter().varint(BackupWriter.CURSOR_BYTES_MAX + 1).toByteArray();
    byte[] rest = join(name(1).key(), bytes(0, 1));

    takes(item(1, Sample.SEED, bytes(0), letters(BackupWriter.NAME_BYTES_MAX)));
    takes(device(), topic);
    takes(device(), topic, item(4, length, letters(BackupWriter.CURSOR_BYTES_MAX), rest));
    refuses("label of 1025", device(), item(2, bytes(1), letters(1_025)));
    refuses("name of 1025", device(), topic, item(4, over, letters(1_025), rest));
    refuses("empty cursor", device(), topic, item(4, bytes(0), rest));
  }

  @Test
  void takesTimesUpToTheLast() throws Exception {
    byte[] last = new ByteWriter().varint(Limits.TIME_MILLIS_MAX).toByteArray();
    byte[] over = new ByteWriter().varint(Limits.TIME_MILLIS_MAX + 1).toByteArray();

    takes(item(1, Sample.SEED, last));
    refuses("a time of", item(1, Sample.SEED, over));
  }

  @ParameterizedTest
  @ValueSource(ints = {4_096, 4_097})
  void takesAsManyRangesOfACursorAsOneItemHolds(int count) throws Exception {
    List<SeqRange> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) ranges.add(new SeqRange(2L * i, 2L * i + 1));
    byte[] set = SeqRanges.of(ranges).encode();
    byte[] cursor = item(4, bytes(1, 'c'), name(1).key(), set);

    if (count == 4_096) {
      takes(device(), openTopic(), cursor);
    } else {
      refuses("over 4096 ranges", device(), openTopic(), cursor);
    }
  }

  @Test
  void takesTheLargestBlock() throws Exception {
    byte[] log = item(5, name(1).key());
    byte[] largest = new byte[LinkedWalk.BLOCK_BYTES_MAX];

    takes(LOG, log, item(7, bytes(85), largest));
    takes(LOG, log, item(7, bytes(85, 1)), item(7, bytes(113, 1)));
    refuses("a block of", LOG, log, item(7, bytes(85), largest, bytes(1)));
  }

  @Test
  void takesARecordOfNoMoreThanTheFormatHas() {
    refuses("a record of 10241", LOG, item(5, name(1).key(), new byte[10_241]));
    assertThatThrownBy(() -> read(LOG, item(5, name(1).key(), new byte[10_240])))
        .isInstanceOf(MalformedException.class)
        .hasMessageNotContaining("a record of");
  }

  @Test
  void takesAnItemOfAnyLengthUpToItsBound() {
    byte[] most = new ByteWriter().u8(7).varint(ItemType.BYTES_MAX).toByteArray();
    byte[] over = new ByteWriter().u8(7).varint(ItemType.BYTES_MAX + 1).toByteArray();

    refuses("cut short", device(), most);
    refuses("an item of 589825 bytes", device(), over);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void takesEveryRole(Role role) throws Exception {
    takes(device(), openTopic(), item(3, bytes(role.code()), name(1).key()));
    assertThat(Role.of(role.code())).isEqualTo(role);
  }

  /** The same log may be in two topics, each time once. */
  @Test
  void takesALogInEveryTopic() throws Exception {
    byte[] second = item(2, bytes(1), text("second"));

    takes(device(), openTopic(), member(1), second, member(1), member(2));
    refuses("in a topic twice", device(), openTopic(), member(1), second, member(2), member(2));
  }

  @Test
  void takesFlagsThatMakeATopicAndNoOthers() throws Exception {
    byte[] id = Sample.TOPIC.bytes();
    takes(device(), item(2, bytes(1), text("x")));
    takes(device(), item(2, bytes(3), id, text("x")));
    takes(device(), item(2, bytes(6), id, Sample.SECRET, text("x")));
    for (int flags : new int[] {0, 2, 4, 5, 7, 8, 9, 14}) {
      refuses("flags " + flags, device(), item(2, bytes(flags), id, Sample.SECRET, text("x")));
    }
  }

  @Test
  void aTopicHasASecretOnlyWhereItIsPrivate() {
    Optional<Digest> id = Optional.of(Sample.TOPIC);
    Optional<byte[]> secret = Optional.of(Sample.SECRET);
    TopicItem item = new TopicItem("x", false, id, secret);

    item.secret().orElseThrow()[0] ^= 1;
    assertThat(item.secret()).contains(Sample.SECRET);
    assertThat(item).hasToString("TopicItem[secret]");
    assertThatThrownBy(() -> new TopicItem("x", true, id, secret))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TopicItem("x", false, Optional.empty(), secret))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TopicItem("x", false, id, Optional.of(new byte[31])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anUnsentRecordHasAHeadOfASizeThereIs() throws Exception {
    Sample.Written log = Sample.write(1, 3, 3);
    byte[] sent = item(5, name(1).key(), log.record(Sample.signer(1)));
    Head head = log.head();
    byte[] rest = join(head.last().bytes(), Sample.head(head));

    takes(LOG, sent, item(9));
    takes(LOG, sent, item(9, bytes(3), rest));
    refuses("a head of 0", LOG, sent, item(9, bytes(0), rest));
    byte[] over = new ByteWriter().varint(Limits.SIZE_MAX + 1).toByteArray();
    refuses("a head of " + (Limits.SIZE_MAX + 1), LOG, sent, item(9, over, rest));
    byte[] most = new ByteWriter().varint(Limits.SIZE_MAX).toByteArray();
    refuses("not signed", LOG, sent, item(9, most, rest));
  }

  @Test
  void writesNoLogThatItsReaderWouldRefuse() {
    Sample.Written log = Sample.write(1, 20, 10);
    Writing withoutHead = writer -> writer.slice(log.within(0));

    for (Writing next :
        List.<Writing>of(
            writer -> writer.log(name(2), Optional.empty()),
            writer -> writer.block(Codec.RAW, bytes(1)),
            BackupWriter::finish)) {
      assertThatThrownBy(() -> Sample.backup(writer -> run(writer, withoutHead, next)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("to 10");
    }
    assertThatThrownBy(
            () -> Sample.backup(writer -> run(writer, withoutHead, w -> w.slice(log.within(0)))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private interface Writing {
    void to(BackupWriter writer) throws IOException;
  }

  private static void run(BackupWriter writer, Writing first, Writing next) throws IOException {
    first.to(writer);
    next.to(writer);
  }

  @Test
  void countsTheEntriesItWrites() {
    Sample.Written log = Sample.write(1, 20, 10);

    Sample.backup(
        writer -> {
          writer.slice(log.within(0));
          assertThat(writer.entries()).isEqualTo(10);
          writer.slice(log.slices().get(1));
          assertThat(writer.entries()).isEqualTo(20);
        });
  }

  /** As many bytes as one chunk holds, one more and one less: the end is where it is. */
  @ParameterizedTest
  @ValueSource(ints = {1, 65_535, 65_536, 65_537, 131_072})
  void opensStreamsOfEveryLength(int length) throws Exception {
    byte[] plain = new byte[length];
    for (int i = 0; i < length; i++) plain[i] = (byte) (i * 31 / 7);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SealedWriter writer = new SealedWriter(out, Sample.HEADER.key());
    writer.write(plain);
    writer.finish();
    byte[] sealed = out.toByteArray();

    assertThat(open(sealed, sealed.length, length)).isEqualTo(plain);
    assertThatThrownBy(() -> open(sealed, sealed.length, length + 1)).hasMessage("it is cut short");
    byte[] more = Arrays.copyOf(sealed, sealed.length + 1);
    assertThatThrownBy(() -> open(more, sealed.length, length))
        .hasMessage("there is more behind its end");
    assertThatThrownBy(() -> open(sealed, sealed.length + 1L, length))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> writer.write(plain)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
  }

  private static byte[] open(byte[] sealed, long length, int count)
      throws IOException, MalformedException {
    SealedReader reader =
        new SealedReader(new ByteArrayInputStream(sealed), Sample.HEADER.key(), length);
    byte[] all = new byte[count];
    all[0] = (byte) reader.u8();
    byte[] rest = reader.bytes(count - 1);
    System.arraycopy(rest, 0, all, 1, rest.length);
    assertThat(reader.remaining()).isZero();
    return all;
  }

  @Test
  void aStreamHasAByteAtLeast() {
    for (int length : new int[] {0, 1, 16}) {
      assertThatThrownBy(() -> open(new byte[length], length, 1)).hasMessage("it is cut short");
    }
    assertThatThrownBy(
            () -> new SealedWriter(new ByteArrayOutputStream(), Sample.HEADER.key()).finish())
        .isInstanceOf(IllegalStateException.class);
  }
}
