package org.tidelog.node.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineReaderTest {
  @Test
  void endsLinesWithLfOrCrLfOrTheEndOfTheStream() throws Exception {
    assertThat(lines("a\nb\r\n\n c \nlast")).containsExactly("a", "b", "", " c ", "last");
    assertThat(lines("a\n")).containsExactly("a");
    assertThat(lines("\n")).containsExactly("");
    assertThat(lines("")).isEmpty();
    assertThat(lines("a\rb\r\r\n")).containsExactly("a\rb\r");
  }

  @Test
  void keepsBytesThatAreNotUtf8() throws Exception {
    byte[] bytes = {(byte) 0xff, 0, (byte) 0xc3, '\n', (byte) 0x80};

    LineReader reader = new LineReader(new ByteArrayInputStream(bytes));

    assertThat(reader.next()).containsExactly(0xff, 0, 0xc3);
    assertThat(reader.next()).containsExactly(0x80);
    assertThat(reader.next()).isNull();
  }

  @Test
  void refusesALineWithoutEnd() {
    LineReader reader = new LineReader(new ByteArrayInputStream(new byte[100_000]), 70_000);

    assertThatThrownBy(reader::next)
        .isInstanceOf(MalformedLineException.class)
        .hasMessage("line 1: longer than 70000 bytes");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsBackRandomLinesInRandomPieces(long seed) throws Exception {
    Random random = new Random(seed);
    List<byte[]> written = new ArrayList<>();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < 200; i++) {
      byte[] line = randomLine(random);
      written.add(line);
      stream.write(line);
      stream.write('\n');
    }

    LineReader reader = new LineReader(new Trickle(stream.toByteArray(), random));

    for (byte[] line : written) {
      assertThat(reader.next()).isEqualTo(line);
    }
    assertThat(reader.next()).isNull();
    assertThat(reader.number()).isEqualTo(200);
  }

  @Test
  void takesWhatIsThereAsOneBatchAndWaitsForNoMore() throws Exception {
    PipedOutputStream writer = new PipedOutputStream();
    LineBatches batches = new LineBatches(new LineReader(new PipedInputStream(writer)));

    writer.write("one\ntwo\nthr".getBytes(StandardCharsets.UTF_8));
    List<byte[]> first = batches.next();
    writer.write("ee\n".getBytes(StandardCharsets.UTF_8));
    List<byte[]> second = batches.next();
    writer.close();

    assertThat(first).map(LineReaderTest::text).containsExactly("one", "two");
    assertThat(second).map(LineReaderTest::text).containsExactly("three");
    assertThat(batches.next()).isEmpty();
  }

  @Test
  void handsOutTheLinesBeforeATooLongOne() throws Exception {
    byte[] bytes = new byte[200_000];
    bytes[3] = '\n';
    LineBatches batches = new LineBatches(new LineReader(new ByteArrayInputStream(bytes), 70_000));

    assertThat(batches.next()).hasSize(1);
    assertThatThrownBy(batches::next).hasMessageStartingWith("line 2:");
  }

  private static byte[] randomLine(Random random) {
    int bound = random.nextInt(10) == 0 ? 200_000 : 200;
    byte[] line = new byte[random.nextInt(bound)];
    random.nextBytes(line);
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = 'x';
      }
    }
    return line;
  }

  private static List<String> lines(String text) throws Exception {
    LineReader reader =
        new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    List<String> lines = new ArrayList<>();
    for (byte[] line = reader.next(); line != null; line = reader.next()) {
      lines.add(text(line));
    }
    return lines;
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  /** Gives a few bytes at a time. */
  private static final class Trickle extends InputStream {
    private final ByteArrayInputStream in;
    private final Random random;

    Trickle(byte[] bytes, Random random) {
      this.in = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return in.read(target, offset, Math.min(length, 1 + random.nextInt(50_000)));
    }
  }
}
