package org.tidelog.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidelog.sim.availability.Profile;

final class SuiteTest {
  private static final String YAML =
      """
      # A comment.
      name: example
      strategies: [mvds-batch]
      availability:
        profile: uniform
        uptime: 5 %
      workload:
        payload: 64 KiB
        interval: 2 h
      sweep:
        availability.uptime: [10 %, 0.2]
        groups.recipients: [1, 10, 100]
      """;

  @Test
  void readsUnitsAndSweeps() throws Exception {
    List<Combination> combinations = suite(YAML).combinations();

    assertThat(combinations).hasSize(6);
    Combination last = combinations.get(5);
    assertThat(last.label()).isEqualTo("uptime=0.2, recipients=100");
    assertThat(last.scenario().workload().availability().profile()).isEqualTo(Profile.UNIFORM);
    assertThat(last.scenario().workload().availability().uptime()).isEqualTo(0.2);
    assertThat(last.scenario().workload().sizes().bytes()).isEqualTo(65_536);
    assertThat(last.scenario().workload().intervalMillis()).isEqualTo(7_200_000);
  }

  @Test
  void whatIsSetIsNoLongerSwept() throws Exception {
    List<Combination> combinations =
        suite(YAML).with("availability.uptime=50 %").withSweep("mvds.interval=1,2").combinations();

    assertThat(combinations).hasSize(6);
    assertThat(combinations.get(0).scenario().workload().availability().uptime()).isEqualTo(0.5);
  }

  @Test
  void sayingTheSameInOtherWordsIsTheSame() throws Exception {
    String reordered =
        """
        availability: {uptime: 5 %, profile: uniform}
        workload: {interval: 2 h, payload: 64 KiB}
        """;

    String a =
        suite(YAML)
            .with("groups.recipients=1")
            .with("availability.uptime=5 %")
            .combinations()
            .get(0)
            .canonical();
    String b = suite(reordered).with("groups.recipients=1").combinations().get(0).canonical();

    assertThat(a).isEqualTo(b);
    assertThat(suite(reordered).combinations().get(0).canonical()).isNotEqualTo(b);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "availability: {uptme: 5 %} | example.yaml:1 | is 'availability.uptime' meant?",
        "workload: {payload: many} | workload.payload: 'many' is not a size | 64 KiB",
        "availability: {uptime: 200 %} | too large | example.yaml:1",
        "strategies: [mvds-bach] | 'mvds-bach' is none of | mvds-batch",
        "workload: {kind: irc} | which transcript | workload.log",
        "workload: {kind: irc, log: nowhere.txt} | nowhere.txt | cannot be read",
        "mvds: {schedule: sometimes} | is none of constant, linear, exponential, head | mvds",
        "availability: 7 | not a mapping | availability",
        "network: {links: {wire: 1, carrier-pigeon: 1}} | carrier-pigeon | network.links",
        "sweep: {groups.recipients: []} | 0 combinations | example",
        "'a: [' | not YAML | example.yaml",
        "availability: {profile: irc} | needs workload.kind irc | availability"
      })
  void saysWhereAndWhyItCannotBeRun(String yaml, String first, String second) {
    String bare = yaml.startsWith("'") ? yaml.substring(1, yaml.length() - 1) : yaml;

    assertThatThrownBy(() -> suite(bare).combinations())
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining(first)
        .hasMessageContaining(second);
  }

  @Test
  void refusesKeysThatAreThereTwice() {
    assertThatThrownBy(() -> suite("seed: 1\nseed: 2").combinations())
        .isInstanceOf(ScenarioException.class);
  }

  @Test
  void everyShippedScenarioCanBeRead() throws Exception {
    for (String name : Shipped.NAMES) {
      List<Combination> combinations = Suite.load(name).combinations();

      assertThat(combinations).as(name).isNotEmpty();
      assertThat(combinations.get(0).scenario().name()).isEqualTo(name);
      assertThat(combinations.get(0).scenario().description()).as(name).isNotBlank();
    }
  }

  @Test
  void guessesWhichScenarioIsMeant() {
    assertThatThrownBy(() -> Suite.load("hedline")).hasMessageContaining("is 'headline' meant?");
  }

  private static Suite suite(String yaml) throws ScenarioException {
    return Suite.parse("example.yaml", yaml, Path.of(""));
  }
}
