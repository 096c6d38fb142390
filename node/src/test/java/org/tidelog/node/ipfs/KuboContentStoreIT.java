package org.tidelog.node.ipfs;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.log.spi.ContentStoreContract;

final class KuboContentStoreIT extends ContentStoreContract {
  private static KuboDaemon node;
  private static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    node = KuboDaemon.fresh();
    http = HttpClient.create("tidelog-test", TimeLimits.of(Duration.ofSeconds(10)));
  }

  @AfterAll
  static void stop() throws Exception {
    if (node == null) return;
    http.close();
    node.close();
  }

  @Override
  protected ContentStore create() throws Exception {
    Kubo kubo = new Kubo(Place.parse("kubo:" + node.rpc()), http, null, Duration.ofMillis(300));
    kubo.remove(CID);
    return kubo;
  }

  @Override
  protected boolean tellsCodecsApart() {
    return false;
  }

  /** It names blocks itself, so none is damaged. */
  @Override
  protected void damage() {}
}
