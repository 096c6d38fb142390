package org.tidelog.replicator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.read.LogEntry;

final class SeenFrontierTest {
  private final IpnsName anna = name(1);
  private final IpnsName bert = name(2);
  private final SeenFrontier frontier = new SeenFrontier();
  private final Map<IpnsName, byte[]> remembered = new TreeMap<>();

  private static IpnsName name(int seed) {
    byte[] bytes = new byte[Ed25519.SEED_BYTES];
    bytes[0] = (byte) seed;
    return IpnsName.of(Ed25519.signer(bytes).publicKey());
  }

  private void remember() {
    for (Map.Entry<IpnsName, Optional<byte[]>> change : frontier.takeChanges().entrySet()) {
      if (change.getValue().isPresent()) {
        remembered.put(change.getKey(), change.getValue().get());
      } else {
        remembered.remove(change.getKey());
      }
    }
  }

  private SeenFrontier again() throws Exception {
    SeenFrontier read = new SeenFrontier();
    for (Map.Entry<IpnsName, byte[]> value : remembered.entrySet()) {
      read.put(value.getKey(), value.getValue());
    }
    return read;
  }

  @Test
  void remembersOnlyWhatHasChanged() {
    frontier.seen(anna, 3);
    frontier.seen(bert, 0);
    assertThat(frontier.takeChanges()).containsOnlyKeys(anna, bert);
    frontier.seen(bert, 1);
    assertThat(frontier.takeChanges()).containsOnlyKeys(bert);
    frontier.named(new LogEntry.Parent(anna, 1), true);
    assertThat(frontier.takeChanges()).isEmpty();
  }

  @Test
  void isTheSameAfterItWasRemembered() throws Exception {
    frontier.seen(anna, 3);
    frontier.named(new LogEntry.Parent(bert, 7), false);
    remember();
    SeenFrontier read = again();
    read.seen(bert, 7);
    assertThat(read.take()).containsExactly(new LogEntry.Parent(anna, 3));
  }

  @Test
  void forgetsWhatWasTaken() throws Exception {
    frontier.seen(anna, 3);
    remember();
    frontier.take();
    remember();
    assertThat(remembered).isEmpty();
    assertThat(again().isEmpty()).isTrue();
  }
}
