package org.tidelog.node.ipfs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A daemon without peers, in a container of the image that Kubo's makers publish. */
public final class KuboContainer implements KuboDaemon {
  private static final DockerImageName IMAGE = DockerImageName.parse("ipfs/kubo:v0.42.0");
  private static final int RPC = 5001;
  private static final int GATEWAY = 8080;
  private static final int EXECUTABLE = 0755;

  private static final String NO_DOCKER = "no Docker, so what needs a container is skipped";

  private static final boolean DOCKER = isThere();

  /** Run by the image when it has made a repository: no server of the public network is asked. */
  private static final String ALONE =
      String.join(
          "\n",
          "#!/bin/sh",
          "set -e",
          "ipfs bootstrap rm all",
          "ipfs config --json AutoConf.Enabled false",
          "ipfs config --json DNS.Resolvers '{}'",
          "ipfs config --json Routing.DelegatedRouters '[]'",
          "ipfs config --json Ipns.DelegatedPublishers '[]'",
          "ipfs config Routing.Type dht",
          "");

  private final GenericContainer<?> container =
      new GenericContainer<>(IMAGE)
          .withExposedPorts(RPC, GATEWAY)
          .withEnv("IPFS_TELEMETRY", "off")
          .withCopyToContainer(Transferable.of(ALONE, EXECUTABLE), "/container-init.d/alone.sh")
          .waitingFor(Wait.forLogMessage(".*Daemon is ready.*", 1));

  private KuboContainer() {}

  private static boolean isThere() {
    boolean there = DockerClientFactory.instance().isDockerAvailable();
    // Once, and here: Maven does not tell why a test was skipped.
    if (!there) System.err.println(NO_DOCKER);
    return there;
  }

  /** Starts them where Docker runs. */
  public static final class Starter implements KuboDaemon.Starter {
    @Override
    public KuboDaemon start() {
      assumeTrue(DOCKER, NO_DOCKER);
      KuboContainer daemon = new KuboContainer();
      daemon.container.start();
      return daemon;
    }
  }

  @Override
  public URI rpc() {
    return at(RPC);
  }

  @Override
  public URI gateway() {
    return at(GATEWAY);
  }

  private URI at(int port) {
    return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(port));
  }

  @Override
  public void close() {
    container.stop();
  }
}
