package org.tidelog.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tidelog.sim.results.ResultRow;
import org.tidelog.sim.results.ResultTable;

final class ReportTest {
  @Test
  void saysWhatTheNumbersMean() {
    String html = Report.html(table("a scenario", row("direct", "8.5"), row("mvds", "102")));

    assertThat(html)
        .contains("direct costs 8.5 bytes per payload byte, 12 times less than mvds")
        .contains("direct sends least: 8.5 bytes per payload byte, 12 times less than mvds (102).")
        .contains("Of what direct sends, 20 % is payload that somebody waits for;")
        .contains("Each of 20 deliveries was made.");
  }

  @Test
  void needsNothingBesideItself() {
    String html = Report.html(table("a scenario", row("direct", "8.5")));

    assertThat(html).doesNotContain("%s", "http:", "https:", "url(", "<script", "<link", "@import");
    assertThat(html).contains("prefers-color-scheme: dark", "width=device-width", "<svg");
  }

  @Test
  void escapesWhatScenariosSay() {
    String html =
        Report.html(table("<script>alert(1)</script> & \"more\"", row("<b>direct", "8.5")));

    assertThat(html)
        .doesNotContain("<script", "<b>")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;")
        .contains("&lt;b&gt;direct");
  }

  @Test
  void drawsWhiskersWhereThereAreIntervals() {
    Map<String, String> columns = row("direct", "8.5");
    assertThat(Report.html(table("", columns))).doesNotContain("class=\"whisker\"");

    columns.put("amplification_ci95", "1.5");
    assertThat(Report.html(table("", columns))).contains("class=\"whisker\"");
  }

  @Test
  void standsARowInWhichNothingWasDelivered() {
    Map<String, String> columns = row("direct", "");
    columns.put("deliveries", "0");
    columns.put("latency_s_p50", "");
    columns.put("latency_s_p95", "");

    assertThat(Report.html(table("", columns)))
        .contains("Nothing was delivered.", "10 of 10 deliveries were not made")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void writesTheSameBytesAgain() {
    ResultTable table = table("", row("direct", "8.5"), row("mvds", "102"));

    assertThat(Report.html(table)).isEqualTo(Report.html(table));
  }

  @SafeVarargs
  static ResultTable table(String description, Map<String, String>... rows) {
    List<ResultRow> all = new ArrayList<>();
    for (Map<String, String> columns : rows) {
      all.add(new ResultRow(columns, Map.of("availability.uptime", "10 %")));
    }
    return new ResultTable("1.0", Map.of("small", description), all);
  }

  static Map<String, String> row(String strategy, String amplification) {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("scenario", "small");
    columns.put("combination", "uptime=10 %");
    columns.put("strategy", strategy);
    columns.put("deliveries_expected", "10");
    columns.put("deliveries", "10");
    columns.put("bytes_total", "1000");
    columns.put("bytes_device_up", "900");
    columns.put("bytes_device_down", "400");
    columns.put("bytes_helper", "100");
    columns.put("payload_bytes_delivered", "200");
    columns.put("amplification", amplification);
    columns.put("latency_s_p50", "5");
    columns.put("latency_s_p95", "50");
    columns.put("converged_s", "100");
    columns.put("bytes_payload", "400");
    columns.put("bytes_ip", "600");
    columns.put("device_days", "2");
    return columns;
  }
}
