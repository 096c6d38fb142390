package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tidelog.log.spi.NameSystem;
import org.tidelog.log.spi.NameSystemContract;

final class KuboNameSystemIT extends NameSystemContract {
  private final HttpClient http =
      HttpClient.create("tidelog-test", TimeLimits.of(Duration.ofSeconds(10)));
  private KuboDaemon node;

  @Override
  protected NameSystem create() throws Exception {
    node = KuboDaemon.fresh();
    return new Kubo(Place.parse("kubo:" + node.rpc()), http, null, Duration.ofMillis(300));
  }

  @AfterEach
  void stop() throws Exception {
    http.close();
    if (node != null) node.close();
  }

  @Override
  protected boolean carriesForkProofs() {
    return false;
  }

  @Test
  void keepsTheNewerOfTwoRecordsAndSaysSo() throws Exception {
    names.put(NAME, record(2, 0));

    assertThatThrownBy(() -> names.put(NAME, record(1, 0))).isInstanceOf(IOException.class);

    assertThat(names.get(NAME)).hasValueSatisfying(r -> assertThat(r).isEqualTo(record(2, 0)));
  }
}
