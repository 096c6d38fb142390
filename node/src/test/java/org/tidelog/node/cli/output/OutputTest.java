package org.tidelog.node.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelog.node.cli.output.Table.Cell;

final class OutputTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsFailuresOnOneOrTwoLines() {
    Output output = new Output(out, err, OutputMode.plain());

    output.failure(
        new Failure("locked", 5, "home: in use\nby another", Optional.of("again later")));

    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("tidelog: home: in use␊by another\n  try: again later\n");
  }

  @Test
  void printsFailuresAsJsonOnStandardError() {
    Output output = new Output(out, err, new OutputMode(true, false, true, true, true));

    output.failure(new Failure("not-found", 1, "topic x: unknown"));
    output.note("not said");
    output.progressBar().at("nothing", 1, 2);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"error\":\"not-found\",\"message\":\"topic x: unknown\",\"hint\":\"\"}\n");
    assertThat(out.size()).isZero();
  }

  @Test
  void goesOnSilentlyWhenTheReaderIsGone() {
    Output output = new Output(failing("Broken pipe"), err, OutputMode.plain());

    output.line("one");
    assertThat(output.readerGone()).isFalse();
    output.flush();
    output.line("two");
    output.flush();

    assertThat(output.readerGone()).isTrue();
    assertThat(err.size()).isZero();
  }

  @Test
  void failsWhenStandardOutputCannotBeWritten() {
    Output output = new Output(failing("No space left on device"), err, OutputMode.plain());
    output.line("one");

    assertThatThrownBy(output::flush)
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("No space left on device")
        .hasMessageEndingWith("standard output: No space left on device");
  }

  @Test
  void alignsColumns() {
    Output output = new Output(out, err, OutputMode.plain());

    new Table()
        .heading(Cell.of("topic"), Cell.number("entries"), Cell.of("name"))
        .row(Cell.of("a"), Cell.number("1,100"), Cell.of("k51"))
        .row(Cell.of("holiday"), Cell.number("7"), Cell.of("k52"))
        .printTo(output);
    output.flush();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("topic    entries  name\na          1,100  k51\nholiday        7  k52\n");
  }

  @Test
  void showsInsteadOfObeyingControlCharacters() {
    assertThat(Printable.line("a\u001b[2Jb\u0007\u009b\u202ec\n"))
        .isEqualTo("a␛[2Jb␇\uFFFD\uFFFDc␊");
    assertThat(Printable.line("caf\u00e9 \uD83C\uDF0A")).isEqualTo("caf\u00e9 \uD83C\uDF0A");
  }

  @Test
  void saysSizesAndTimesInWords() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(Words.bytes(999)).isEqualTo("999 B");
    assertThat(Words.bytes(1_000)).isEqualTo("1.00 kB");
    assertThat(Words.bytes(999_600)).isEqualTo("1.00 MB");
    assertThat(Words.bytes(92_023)).isEqualTo("92.0 kB");
    assertThat(Words.bytes(Long.MAX_VALUE)).isEqualTo("9.22 EB");
    assertThat(Words.ago(now.minusSeconds(59), now)).isEqualTo("just now");
    assertThat(Words.ago(now.minusSeconds(60), now)).isEqualTo("1 minute ago");
    assertThat(Words.ago(now.plusSeconds(3 * 86_400), now)).isEqualTo("in 3 days");
    assertThat(Words.count(1_100, "entry", "entries")).isEqualTo("1,100 entries");
    assertThat(Words.ratio(3, 0)).isEqualTo("-");
  }

  @Test
  void drawsABar() {
    assertThat(ProgressBar.text("importing", 50, 100))
        .isEqualTo("importing  ████████████░░░░░░░░░░░░  50 %  50 of 100");
    assertThat(ProgressBar.text("importing", 50, -1)).isEqualTo("importing  50");
  }

  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(why);
      }
    };
  }
}
