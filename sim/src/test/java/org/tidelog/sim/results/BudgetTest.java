package org.tidelog.sim.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelog.sim.scenario.ScenarioException;

final class BudgetTest {
  private static final String RESULTS =
      """
      {"format": 1, "version": "1", "scenarios": [], "rows": [
        {"scenario": "s", "combination": "", "strategy": "a", "amplification": 3.5, "values": {}},
        {"scenario": "s", "combination": "", "strategy": "b", "amplification": null, "values": {}}
      ]}
      """;

  @Test
  void namesTheRowAndTheBoundAndTheValue() throws Exception {
    List<Bound.Breach> breaches = breaches("- {strategy: a, max: {amplification: 3.4}}");

    assertThat(breaches).hasSize(1);
    assertThat(breaches.get(0).row().text()).isEqualTo("s, a");
    assertThat(breaches.get(0).value()).isEqualTo(3.5);
    assertThat(breaches.get(0).bound().place()).isEqualTo("b.yaml:2");
  }

  @Test
  void isKeptAtTheLimitItself() throws Exception {
    assertThat(breaches("- {strategy: a, max: {amplification: 3.5}, min: {amplification: 3.5}}"))
        .isEmpty();
  }

  @Test
  void isNotKeptByARowThatHasNoValue() throws Exception {
    assertThat(breaches("- {scenario: s, strategy: b, max: {amplification: 9}}")).hasSize(1);
  }

  @Test
  void refusesABoundThatGuardsNothing() {
    assertThatThrownBy(() -> breaches("- {strategy: c, max: {amplification: 9}}"))
        .isInstanceOf(ResultsException.class)
        .hasMessage("b.yaml:2: the results have no row of c");
    assertThatThrownBy(() -> breaches("- {max: {amplificaton: 9}}"))
        .hasMessage("b.yaml:2: there is no column 'amplificaton'; is 'amplification' meant?");
  }

  @Test
  void refusesWhatIsNoBudget() {
    assertThatThrownBy(() -> breaches("- {maks: {amplification: 9}}"))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("is 'max' meant?");
    assertThatThrownBy(() -> breaches("- {max: {amplification: much}}"))
        .hasMessage("b.yaml:2: amplification: not a number");
    assertThatThrownBy(() -> BudgetFile.parse("b.yaml", "bound: []"))
        .hasMessage("b.yaml: it has no 'bounds'");
  }

  private static List<Bound.Breach> breaches(String bound)
      throws ScenarioException, ResultsException, IOException {
    ResultTable table = new ResultReader("r").read(new StringReader(RESULTS));
    return BudgetFile.parse("b.yaml", "bounds:\n" + bound).breaches(table);
  }
}
