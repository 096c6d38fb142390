package org.tidelog.node.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.LogStoreContract;

/** What every {@link NodeStore} does beside keeping logs. An adapter's test extends this. */
public abstract class NodeStoreContract extends LogStoreContract {
  @Override
  protected abstract NodeStore create() throws Exception;

  @Override
  protected abstract NodeStore reopen(LogStore before) throws Exception;

  protected final NodeStore node() {
    return (NodeStore) store;
  }

  private void put(String... keysAndValues) {
    Map<String, Optional<byte[]>> values = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], Optional.of(bytes(keysAndValues[i + 1])));
    }
    node().commit(List.of(), values);
  }

  private static byte[] bytes(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    return bytes;
  }

  @Test
  void hasNoValueForAKeyThatWasNeverPut() {
    assertThat(node().get("a")).isEmpty();
    assertThat(node().withPrefix("")).isEmpty();
  }

  @Test
  void givesBackAValue() {
    put("a", "one", "b", "two");

    assertThat(node().get("a")).hasValueSatisfying(v -> assertThat(v).isEqualTo(bytes("one")));
  }

  @Test
  void keepsAnEmptyValue() {
    put("a", "");

    assertThat(node().get("a")).hasValueSatisfying(v -> assertThat(v).isEmpty());
    assertThat(node().withPrefix("a").get("a")).isEmpty();
  }

  @Test
  void replacesAndRemovesValues() {
    put("a", "one", "b", "two");

    node().commit(List.of(), Map.of("a", Optional.of(bytes("1")), "b", Optional.empty()));

    assertThat(node().get("a")).hasValueSatisfying(v -> assertThat(v).isEqualTo(bytes("1")));
    assertThat(node().get("b")).isEmpty();
    node().commit(List.of(), Map.of("b", Optional.empty()));
  }

  @Test
  void findsValuesByPrefixInOrder() {
    put("t/b", "2", "t/a", "1", "t", "0", "u/a", "3", "t/é", "4", "t/\uD83D\uDE00", "5", "s~", "6");

    assertThat(node().withPrefix("t/").keySet())
        .containsExactly("t/a", "t/b", "t/é", "t/\uD83D\uDE00");
    assertThat(node().withPrefix("t/\uD83D\uDE00")).hasSize(1);
    assertThat(node().withPrefix("")).hasSize(7);
    assertThat(node().withPrefix("v")).isEmpty();
  }

  @Test
  void tellsKeysApartThatDifferInCaseOnly() {
    put("Key", "1", "key", "2");

    assertThat(node().withPrefix("")).hasSize(2);
    assertThat(node().withPrefix("K")).hasSize(1);
  }

  @Test
  void commitsLogsAndValuesAtOnce() throws Exception {
    node()
        .commit(
            List.of(new LogChange(log.name()).put(log.append(3, 10))),
            Map.of("seen", Optional.of(new byte[] {3})));

    store = reopen(store);

    assertThat(store.log(log.name())).isPresent();
    assertThat(node().get("seen")).isPresent();
  }
}
