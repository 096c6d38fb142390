package org.tidelog.sim.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.sim.results.Comparison.Change;

final class ComparisonTest {
  @Test
  void saysWhatHasChangedAndWhatOnlyOneHas() throws Exception {
    Comparison comparison =
        Comparison.of(
            table(row("a", "2.0", "10"), row("b", "1.0", "7")),
            table(row("a", "3.0", "10"), row("c", "1.0", "7")));

    assertThat(comparison.pairs())
        .containsExactly(
            new Comparison.Pair(
                new RowKey("s", "", "a"), List.of(new Change("amplification", 2, 3))));
    assertThat(comparison.pairs().get(0).changes().get(0).share()).isEqualTo(0.5);
    assertThat(comparison.onlyBefore()).containsExactly(new RowKey("s", "", "b"));
    assertThat(comparison.onlyAfter()).containsExactly(new RowKey("s", "", "c"));
  }

  @Test
  void comparesBytesOfLayersThatOnlyOneKnows() throws Exception {
    Comparison comparison =
        Comparison.of(table(row("a", "2.0", "10")), table(row("a", "2.0", "10, \"bytes_new\": 4")));

    assertThat(comparison.pairs().get(0).changes())
        .containsExactly(new Change("bytes_new", Double.NaN, 4));
  }

  @Test
  void refusesWhatIsNoTableOfResults(@TempDir Path folder) {
    assertThatThrownBy(() -> ResultTable.read(folder)).hasMessageContaining("no results.json");
    assertThatThrownBy(() -> read("{\"format\": 2}")).hasMessageContaining("format 2");
    assertThatThrownBy(() -> read("{\"rows\": 3}")).hasMessage("r: not a table of results");
    assertThatThrownBy(() -> read("{\"rows\": [{")).hasMessageStartingWith("r: not JSON");
  }

  private static ResultTable table(String... rows) throws Exception {
    return read("{\"format\": 1, \"version\": \"1\", \"rows\": [" + String.join(",", rows) + "]}");
  }

  private static String row(String strategy, String amplification, String bytes) {
    return """
    {"scenario": "s", "combination": "", "strategy": "%s", "amplification": %s, "bytes_ip": %s}"""
        .formatted(strategy, amplification, bytes);
  }

  private static ResultTable read(String json) throws Exception {
    return new ResultReader("r").read(new StringReader(json));
  }
}
