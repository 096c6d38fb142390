package org.tidelog.node.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonlParserTest {
  @Test
  void readsTextAndTime() throws Exception {
    ImportItem item =
        item(
            "{\"text\":\"caf\\u00e9 \\ud83c\\udf0a\\n"
                + "\", \"time\":\"2015-08-10T22:08:01.5+02:00\"}");

    assertThat(new String(item.payload(), StandardCharsets.UTF_8))
        .isEqualTo("caf\u00e9 \uD83C\uDF0A\n");
    assertThat(item.time())
        .hasValueSatisfying(time -> assertThat(time).isEqualTo("2015-08-10T20:08:01.500Z"));
  }

  @Test
  void readsBytesAndIgnoresOtherFields() throws Exception {
    ImportItem item = item(" {\"author\":{\"text\":[1,2]}, \"base64\":\"AP+A\", \"seq\": 7} ");

    assertThat(item.payload()).containsExactly(0, 0xff, 0x80);
    assertThat(item.time()).isEmpty();
  }

  @Test
  void takesAnEmptyTextForAnEntry() throws Exception {
    assertThat(item("{\"text\":\"\"}").payload()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{}",
        "{",
        "{\"text\":1}",
        "{\"text\":null}",
        "{\"text\":\"a\"",
        "{\"text\":\"a\"} {}",
        "{\"text\":\"a\",\"text\":\"b\"}",
        "{\"text\":\"a\",\"base64\":\"AA==\"}",
        "{\"base64\":\"?\"}",
        "{\"text\":\"\\ud83c\"}",
        "{\"text\":\"a\",\"time\":\"yesterday\"}",
        "{\"text\":\"a\",\"time\":1439244480}",
        "{\"text\":\"a\",\"time\":\"2015-08-10T22:08:01\"}"
      })
  void refusesALineThatFitsNothing(String line) {
    assertThatThrownBy(() -> item(line))
        .isInstanceOf(MalformedLineException.class)
        .hasMessageStartingWith("line 3: ");
  }

  @Test
  void refusesDeepNesting() {
    String line = "{\"a\":" + "[".repeat(1_000_000);

    assertThatThrownBy(() -> item(line)).isInstanceOf(MalformedLineException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void neverFailsOnJunkOtherThanByRefusingIt(long seed) {
    Random random = new Random(seed);
    byte[] good =
        "{\"text\":\"abc\",\"time\":\"2015-08-10T22:08:01Z\"}".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5_000; i++) {
      byte[] line = good.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        line[random.nextInt(line.length)] = (byte) random.nextInt(256);
      }
      try {
        new JsonlParser().parse(line, 1);
      } catch (MalformedLineException e) {
        assertThat(e).hasMessageStartingWith("line 1: ");
      }
    }
  }

  private static ImportItem item(String line) throws Exception {
    ParsedLine parsed = new JsonlParser().parse(line.getBytes(StandardCharsets.UTF_8), 3);
    return ((ParsedLine.Entry) parsed).item();
  }
}
