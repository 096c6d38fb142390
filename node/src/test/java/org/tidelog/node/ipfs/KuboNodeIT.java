package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon that other tests stand on. */
final class KuboNodeIT {
  private static final int WAIT_SECONDS_MAX = 60;

  @TempDir Path folder;

  @Test
  void keepsBlocksAndAddressesOverAKill() throws Exception {
    try (KuboNode node = KuboNode.started()) {
      Path file = Files.writeString(folder.resolve("file"), "kept");
      String cid = node.ipfs("block", "put", file.toString());
      var rpc = node.rpc();
      var gateway = node.gateway();

      node.kill();
      node.start();

      assertThat(node.rpc()).isEqualTo(rpc);
      assertThat(node.gateway()).isEqualTo(gateway);
      assertThat(node.ipfs("block", "get", cid)).isEqualTo("kept");
      assertThat(Http.get(gateway, "/ipfs/" + cid + "?format=raw").body())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("kept");
    }
  }

  @Test
  void fetchesBlocksFromANodeItIsConnectedTo() throws Exception {
    try (KuboNode a = KuboNode.started();
        KuboNode b = KuboNode.started()) {
      Path file = Files.writeString(folder.resolve("file"), "shared");
      String cid = a.ipfs("block", "put", file.toString());
      assertThat(b.run("block", "get", "--offline", cid).exitCode()).isNotZero();

      a.connect(b);

      assertThat(b.ipfs("block", "get", cid)).isEqualTo("shared");
    }
  }

  @Test
  void answersOnlyWhoKnowsItsSecret() throws Exception {
    try (KuboNode node = KuboNode.create().requireSecret("bearer:word").start()) {
      assertThat(Http.rpc(node.rpc(), "version").statusCode()).isEqualTo(403);
      assertThat(node.ipfs("swarm", "peers")).isEmpty();
    }
  }

  @Test
  void leavesNothingWhereTheJvmIsKilled() throws Exception {
    KuboNode.create().close(); // Skips this test where there is no Kubo.
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Abandoned.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
    ProcessHandle daemon = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
    Path left = Path.of(said.readLine());
    assertThat(daemon.isAlive()).isTrue();
    assertThat(left).isDirectory();

    jvm.destroyForcibly().waitFor();

    daemon.onExit().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    while (Files.exists(left) && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(left).doesNotExist();
  }

  /** Starts a node and forgets it. */
  static final class Abandoned {
    public static void main(String[] args) throws Exception {
      KuboNode node = KuboNode.started();
      System.out.println(node.pid());
      System.out.println(node.folder());
      Thread.sleep(TimeUnit.SECONDS.toMillis(10 * WAIT_SECONDS_MAX));
    }
  }
}
