package org.tidelog.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.spi.StoredSlice;

final class BackupReaderTest {
  private static final Verifier VERIFIER = Ed25519.verifier();

  @TempDir Path folder;

  /** Counts what it is given. */
  private static final class Tally implements BackupItems {
    private final List<String> items = new ArrayList<>();

    @Override
    public void device(byte[] recoverySeed, long timeMillis, String displayName) {
      items.add("device " + displayName);
    }

    @Override
    public void topic(TopicItem topic) {
      items.add("topic " + topic.label());
    }

    @Override
    public void member(Role role, IpnsName log) {
      items.add("member " + role);
    }

    @Override
    public void cursor(String name, IpnsName log, SeqRanges delivered) {
      items.add("cursor " + name + " " + delivered);
    }

    @Override
    public void log(IpnsName name, Optional<byte[]> record) {
      items.add("log" + (record.isPresent() ? " with a record" : ""));
    }

    @Override
    public void proof(ForkProof proof) {
      items.add("proof " + proof.form());
    }

    @Override
    public void unsent(Optional<Head> paged) {
      items.add("unsent" + (paged.isPresent() ? " of pages" : ""));
    }

    @Override
    public void slice(StoredSlice slice) {
      items.add("slice " + slice.outline().range());
    }

    @Override
    public void block(Codec codec, byte[] bytes) {
      items.add("block " + codec);
    }
  }

  private List<String> read(byte[] backup) throws IOException, MalformedException {
    Tally tally = new Tally();
    read(backup, tally);
    return tally.items;
  }

  private void read(byte[] backup, BackupItems to) throws IOException, MalformedException {
    BackupFile file = BackupFile.open(Files.write(folder.resolve("backup"), backup));
    try (BackupReader reader = file.read(Sample.HEADER.key(), VERIFIER, to)) {
      while (reader.next()) {
        assertThat(reader.remaining()).isNotNegative();
      }
    }
  }

  static List<BackupCases.Case> good() {
    return BackupCases.good();
  }

  static List<BackupCases.Case> bad() {
    return BackupCases.all().stream().filter(one -> !one.breaks().isEmpty()).toList();
  }

  @Test
  void readsWhatIsThereInOrder() throws Exception {
    assertThat(read(BackupCases.good().get(1).backup())).containsExactly("device Kim");
    assertThat(read(BackupCases.good().get(0).backup()))
        .containsSubsequence("log with a record", "proof 2", "unsent of pages", "slice [0, 3)");
    assertThat(read(BackupCases.good().get(2).backup()))
        .startsWith("device Kim", "topic family", "member OWN", "member OWN_INDEX")
        .contains("cursor screen [[0, 1), [2, 4)]", "topic gathered", "log", "log with a record")
        .containsSubsequence("slice [0, 2)", "slice [4, 5)", "block RAW", "block DAG_CBOR");
  }

  /** Reader and writer are of one mind about every byte. */
  @ParameterizedTest
  @MethodSource("good")
  void writesWhatItReads(BackupCases.Case one) throws Exception {
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    BackupWriter writer = new BackupWriter(again, Sample.HEADER);
    read(one.backup(), writer);
    writer.finish();

    assertThat(again.toByteArray()).isEqualTo(one.backup());
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesWhatIsNotRight(BackupCases.Case one) {
    assertThatThrownBy(() -> read(one.backup()))
        .as(one.name())
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(one.refused());
  }

  @Test
  void refusesEveryByteThatWasAltered() {
    byte[] good = BackupCases.good().get(2).backup();
    for (int at = 0; at < good.length; at++) {
      byte[] other = good.clone();
      other[at] ^= (byte) (1 << at % 8);

      assertThatThrownBy(() -> read(other)).as("byte " + at).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void refusesEveryOtherLength() {
    byte[] good = BackupCases.good().get(2).backup();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);

      assertThatThrownBy(() -> read(cut)).as("" + length).isInstanceOf(MalformedException.class);
    }
  }

  /** What looks whole at each chunk's border is still refused, and so are chunks that moved. */
  @Test
  void refusesChunksThatAreNotInTheirPlace() throws Exception {
    byte[] good = large();
    int chunk = SealedWriter.CHUNK_BYTES + 16;
    assertThat(read(good)).hasSizeGreaterThan(3);
    for (int chunks = 1; chunks <= 3; chunks++) {
      byte[] cut = Arrays.copyOf(good, 91 + chunks * chunk);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedException.class);
    }
    byte[] swapped = good.clone();
    System.arraycopy(good, 91, swapped, 91 + chunk, chunk);
    System.arraycopy(good, 91 + chunk, swapped, 91, chunk);
    assertThatThrownBy(() -> read(swapped)).isInstanceOf(MalformedException.class);
    byte[] twice = Arrays.copyOf(good, good.length + chunk);
    System.arraycopy(good, 91, twice, good.length, chunk);
    assertThatThrownBy(() -> read(twice)).isInstanceOf(MalformedException.class);
  }

  private static byte[] large() {
    return Sample.backup(
        writer -> {
          writer.device(Sample.SEED, Sample.TIME, "Kim");
          writer.topic(new TopicItem("notes", true, Optional.of(Sample.TOPIC), Optional.empty()));
          writer.member(Role.FOLLOWED, Sample.name(1));
          writer.log(Sample.name(1), Optional.empty());
          Sample.Written log = Sample.write(1, 20_000, 1_000);
          for (int i = 0; i < 19; i++) {
            writer.slice(log.within(i));
          }
          writer.slice(log.slices().get(19));
        });
  }

  @Test
  void splitsACursorOfManyRanges() throws Exception {
    List<SeqRange> ranges = new ArrayList<>();
    for (long i = 0; i < 10_000; i++) {
      ranges.add(new SeqRange(3 * i, 3 * i + 1));
    }
    byte[] backup =
        Sample.backup(
            writer -> {
              writer.device(Sample.SEED, Sample.TIME, "");
              writer.topic(
                  new TopicItem("notes", true, Optional.of(Sample.TOPIC), Optional.empty()));
              writer.cursor("screen", Sample.name(1), SeqRanges.of(ranges));
            });

    assertThat(read(backup)).filteredOn(item -> item.startsWith("cursor")).hasSize(3);
  }

  @Test
  void isNotWrittenWithMoreThanItTakes() {
    TopicItem gathers = new TopicItem("notes", true, Optional.empty(), Optional.empty());

    assertThat(Sample.backup(writer -> repeat(10_000, () -> writer.topic(gathers)))).isNotEmpty();
    assertThatThrownBy(() -> Sample.backup(writer -> repeat(10_001, () -> writer.topic(gathers))))
        .hasMessageContaining("at most 10000 topics");
    assertThatThrownBy(
            () ->
                Sample.backup(
                    writer -> repeat(131_073, () -> writer.member(Role.FOLLOWED, Sample.name(1)))))
        .hasMessageContaining("at most 131072 logs");
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static void repeat(int times, Writing writing) throws IOException {
    for (int i = 0; i < times; i++) writing.run();
  }

  @Test
  void doesNotReadAFolder() {
    assertThatThrownBy(() -> BackupFile.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessage("it is not a regular file");
  }
}
