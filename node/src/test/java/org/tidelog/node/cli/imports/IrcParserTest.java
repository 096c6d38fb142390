package org.tidelog.node.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IrcParserTest {
  private static final LocalDate DAY = LocalDate.of(2015, 8, 10);

  @Test
  void readsWhatPeopleSay() throws Exception {
    assertThat(everybody("[22:08] <kim> hello there")).isEqualTo("<kim> hello there");
    assertThat(everybody("[22:08] <kim>hello")).isEqualTo("<kim> hello");
    assertThat(everybody("[22:08] <kim>  two spaces")).isEqualTo("<kim>  two spaces");
    assertThat(everybody("[22:08] <kim> a > b")).isEqualTo("<kim> a > b");
    assertThat(only("kim", "[22:08] <kim> hello there")).isEqualTo("hello there");
  }

  @Test
  void takesAnEmptyTextForAnEntry() throws Exception {
    assertThat(only("kim", "[22:08] <kim> ")).isEmpty();
    assertThat(only("kim", "[22:08] <kim>")).isEmpty();
    assertThat(everybody("[22:08] <kim>")).isEqualTo("<kim> ");
  }

  @Test
  void readsActionsWithAnyNumberOfSpaces() throws Exception {
    for (String spaces : List.of("", " ", "  ", "      ")) {
      assertThat(only("kim", "[22:18]" + spaces + "* kim tries  it")).isEqualTo("/me tries  it");
    }
    assertThat(everybody("[22:18]  * kim tries it")).isEqualTo("<kim> /me tries it");
    assertThat(only("kim", "[22:18]  * kim")).isEqualTo("/me");
  }

  @Test
  void leavesOutServerLines() throws Exception {
    assertThat(
            new IrcParser(Optional.empty(), DAY).parse(bytes("=== kim [n=kim@host] has joined"), 1))
        .isEqualTo(new ParsedLine.LeftOut());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "[22:08]",
        "[22:08] ",
        "[22:08] hello",
        "[22:08] <kim hello",
        "[22:08] <> hello",
        "[22:08]  *",
        "[22:08]  * ",
        "[22:08] *kim does",
        "[24:00] <kim> hello",
        "[22:60] <kim> hello",
        "[2:08] <kim> hello",
        "[22:08]<kim> hello",
        " [22:08] <kim> hello",
        "[-1:08] <kim> hello",
        "=="
      })
  void refusesALineThatFitsNothing(String line) {
    IrcParser parser = new IrcParser(Optional.empty(), DAY);

    assertThatThrownBy(() -> parser.parse(bytes(line), 12))
        .isInstanceOf(MalformedLineException.class)
        .hasMessageStartingWith("line 12: not a line of an IRC transcript");
  }

  @Test
  void countsTheDaysOverEverybodysLines() throws Exception {
    IrcParser parser = new IrcParser(Optional.of("kim"), DAY);

    assertThat(time(parser, "[23:50] <kim> one")).contains(Instant.parse("2015-08-10T23:50:00Z"));
    assertThat(time(parser, "[00:10] <lee> two")).isEmpty();
    assertThat(time(parser, "[23:55] <lee> three")).isEmpty();
    assertThat(time(parser, "[00:20] <kim> four")).contains(Instant.parse("2015-08-12T00:20:00Z"));
  }

  @Test
  void takesASmallStepBackForALateLine() {
    IrcClock clock = new IrcClock(DAY);

    assertThat(clock.time(12 * 60)).isEqualTo("2015-08-10T12:00:00Z");
    assertThat(clock.time(6 * 60)).isEqualTo("2015-08-10T06:00:00Z");
    assertThat(clock.time(12 * 60)).isEqualTo("2015-08-10T12:00:00Z");
    assertThat(clock.time(6 * 60 - 1)).isEqualTo("2015-08-11T05:59:00Z");
  }

  @Test
  void keepsBytesThatAreNotUtf8() throws Exception {
    byte[] line = "[22:08] <k\u00efm> caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(entry(new IrcParser(Optional.empty(), DAY), line).orElseThrow().payload())
        .isEqualTo("<k\u00efm> caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void dropsAByteOrderMark() throws Exception {
    assertThat(everybody("\uFEFF[22:08] <kim> hello")).isEqualTo("<kim> hello");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void readsBackARandomTranscript(long seed) throws Exception {
    Random random = new Random(seed);
    IrcParser parser = new IrcParser(Optional.of("kim"), DAY);
    Instant now = DAY.atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
    for (int i = 0; i < 500; i++) {
      // Steps under 18 hours: longer silences cannot be told from a step back.
      now = now.plusSeconds(60L * random.nextInt(18 * 60));
      boolean kim = random.nextBoolean();
      String stamp = now.toString().substring(11, 16);
      String text = "text " + random.nextInt();
      Optional<ImportItem> item =
          entry(parser, bytes("[" + stamp + "] <" + (kim ? "kim" : "lee") + "> " + text));
      assertThat(item.flatMap(ImportItem::time))
          .isEqualTo(kim ? Optional.of(now) : Optional.empty());
      assertThat(item.map(ImportItem::payload).map(IrcParserTest::text))
          .isEqualTo(kim ? Optional.of(text) : Optional.empty());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void neverFailsOnJunkOtherThanByRefusingIt(long seed) {
    Random random = new Random(seed);
    byte[] alphabet = bytes("[]<>*: =0123456789ab\u00e9");
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] line = new byte[random.nextInt(14)];
      for (int j = 0; j < line.length; j++) {
        line[j] = alphabet[random.nextInt(alphabet.length)];
      }
      try {
        new IrcParser(Optional.empty(), DAY).parse(line, 1);
      } catch (MalformedLineException e) {
        refused.add(e.getMessage());
      }
    }
    assertThat(refused).isNotEmpty();
  }

  private static String everybody(String line) throws Exception {
    return text(entry(new IrcParser(Optional.empty(), DAY), bytes(line)).orElseThrow().payload());
  }

  private static String only(String author, String line) throws Exception {
    return text(
        entry(new IrcParser(Optional.of(author), DAY), bytes(line)).orElseThrow().payload());
  }

  private static Optional<Instant> time(IrcParser parser, String line) throws Exception {
    return entry(parser, bytes(line)).flatMap(ImportItem::time);
  }

  private static Optional<ImportItem> entry(IrcParser parser, byte[] line) throws Exception {
    return parser.parse(line, 1) instanceof ParsedLine.Entry entry
        ? Optional.of(entry.item())
        : Optional.empty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
