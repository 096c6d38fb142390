package org.tidelog.replicator.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.spi.LogChange;
import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.LogStoreContract;
import org.tidelog.log.spi.SampleLog;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.log.spi.StoredSlice;

/** What every {@link DeviceStore} does beside keeping logs. An adapter's test extends this. */
public abstract class DeviceStoreContract extends LogStoreContract {
  @Override
  protected abstract DeviceStore create() throws Exception;

  @Override
  protected abstract DeviceStore reopen(LogStore before) throws Exception;

  protected final DeviceStore node() {
    return (DeviceStore) store;
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
  void findsTheFirstValuesBetweenTwoKeys() {
    put("a/1", "1", "a/2", "2", "a/3", "3", "a0", "4", "b", "5", "a", "6");

    assertThat(node().between("a/", "a0", 9).keySet()).containsExactly("a/1", "a/2", "a/3");
    assertThat(node().between("a/1", "b", 2).keySet()).containsExactly("a/1", "a/2");
    assertThat(node().between("a/2", "a/2", 9)).isEmpty();
    assertThat(node().between("a/2", "a/3", 9).get("a/2")).isEqualTo(bytes("2"));
    assertThat(node().between("c", "d", 9)).isEmpty();
    assertThat(node().between("a", "z", 0)).isEmpty();
  }

  @Test
  void keepsWhatIsNotRemovedWhenItIsScrubbed() throws Exception {
    put("kept", "one", "removed", "two");
    node().commit(List.of(), Map.of("removed", Optional.empty()));

    node().scrub();
    node().scrub();

    put("after", "three");
    store = reopen(store);
    assertThat(node().withPrefix("").keySet()).containsExactly("after", "kept");
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

  @Test
  void handsOnManyLogsAsItGivesEach() {
    Set<IpnsName> names = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      SampleLog one = new SampleLog(i);
      LogChange change = new LogChange(one.name()).put(one.append(1 + i % 3, 10));
      StoredSlice gap = one.append(2, 10);
      if (i % 2 == 0) change.put(gap);
      if (i % 5 > 0) change.put(one.append(i % 5, 10));
      if (i % 3 > 0) change.put(one.appendWithoutHead(4, 10));
      if (i % 4 > 0) change.record(new byte[] {(byte) i});
      store.commit(List.of(change));
      if (i != 50) names.add(one.name());
    }
    names.add(new SampleLog(200).name());

    Map<IpnsName, StoredLog> handed = new HashMap<>();
    node().logs(names, (name, stored) -> assertThat(handed.put(name, stored)).isNull());

    assertThat(handed).hasSize(99);
    handed.forEach(
        (name, stored) -> {
          StoredLog alone = store.log(name).orElseThrow();
          assertThat(stored.held()).isEqualTo(alone.held());
          assertThat(stored.head()).isEqualTo(alone.head());
          assertThat(stored.record().map(Hex::encode)).isEqualTo(alone.record().map(Hex::encode));
        });
  }
}
