package org.tidelog.node.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void writesFieldsInTheirOrder() {
    Fields fields =
        new Fields()
            .with("topic", "trip")
            .with("seq", Long.MAX_VALUE)
            .with("open", true)
            .with("logs", List.of("a", "b"))
            .with("missing", List.of(List.of(1L, 2L)))
            .with("asOf", Optional.empty())
            .with("parents", List.of(new Fields().with("seq", 1)));

    assertThat(fields.json())
        .isEqualTo(
            "{\"topic\":\"trip\",\"seq\":9223372036854775807,\"open\":true,\"logs\":[\"a\",\"b\"],"
                + "\"missing\":[[1,2]],\"parents\":[{\"seq\":1}]}");
  }

  @Test
  void writesTimesWithMilliseconds() {
    assertThat(new Fields().with("time", Instant.parse("2015-08-10T22:08:00.123456Z")).json())
        .isEqualTo("{\"time\":\"2015-08-10T22:08:00.123Z\"}");
    assertThat(new Fields().with("time", Instant.EPOCH).json())
        .isEqualTo("{\"time\":\"1970-01-01T00:00:00.000Z\"}");
  }

  @Test
  void keepsOneObjectOnOneLine() {
    String json = new Fields().with("text", "a\"b\\c\n\r\t\u0000\u001b\u0085\u2028é").json();

    assertThat(json).isEqualTo("{\"text\":\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001b\\u0085\\u2028é\"}");
  }
}
