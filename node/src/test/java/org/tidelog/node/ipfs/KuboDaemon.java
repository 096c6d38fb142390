package org.tidelog.node.ipfs;

import java.io.IOException;
import java.net.URI;

/**
 * A real Kubo daemon with nothing in it, whatever it runs in: a process of this machine, as a rule,
 * or what the build's profile {@code docker} brings.
 */
public interface KuboDaemon extends AutoCloseable {
  /** Such as {@code http://127.0.0.1:PORT}, without {@code /api/v0}. */
  URI rpc();

  /** Blocks, names and delegated routing. */
  URI gateway();

  @Override
  void close() throws IOException;

  /** Names the class of another way to start one. */
  String STARTER = "tidelog.kubo";

  /** Another way to start one. */
  interface Starter {
    KuboDaemon start() throws Exception;
  }

  /** Skips the test that asks where none can run. */
  static KuboDaemon fresh() throws Exception {
    String starter = System.getProperty(STARTER);
    if (starter == null) return KuboNode.started();
    return ((Starter) Class.forName(starter).getDeclaredConstructor().newInstance()).start();
  }
}
