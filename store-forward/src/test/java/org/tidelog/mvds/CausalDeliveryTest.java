package org.tidelog.mvds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidelog.mvds.Pair.PEER;
import static org.tidelog.mvds.Pair.message;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.spi.Mode;
import org.tidelog.mvds.wire.Message;
import org.tidelog.mvds.wire.Metadata;
import org.tidelog.mvds.wire.SamplePayloads;

final class CausalDeliveryTest {
  private static final Message ROOT = message(1);
  private static final Message CHILD = message(2, ROOT.id());
  private static final Message GRANDCHILD = message(3, CHILD.id(), ROOT.id());

  @Test
  void holdsBackWhatComesBeforeItsParentsAndAsksForThem() {
    Pair pair = Pair.of(Mode.BATCH);

    assertThat(pair.sends(GRANDCHILD)).isEmpty();
    assertThat(pair.node.missingParents()).containsExactly(CHILD.id(), ROOT.id());
    assertThat(pair.next().acks()).containsExactly(GRANDCHILD.id());
    assertThat(pair.next().requests()).containsExactly(CHILD.id(), ROOT.id());

    assertThat(pair.sends(CHILD)).isEmpty();
    assertThat(pair.node.missingParents()).containsExactly(ROOT.id());
    assertThat(pair.sends(ROOT)).containsExactly(ROOT, CHILD, GRANDCHILD);
    assertThat(pair.node.missingParents()).isEmpty();
    assertThat(pair.store.undelivered()).isEmpty();
    pair.next();
    assertThat(pair.wakeUp()).isEmpty();
  }

  @Test
  void deliversEventuallyWithTheNamesOfWhatIsMissing() {
    Pair pair = new Pair(Pair.SPEC.withOrder(DeliveryOrder.EVENTUAL), Mode.BATCH);

    List<Delivery> first = pair.node.onPayload(PEER, SamplePayloads.of(GRANDCHILD), 0);
    assertThat(first).containsExactly(new Delivery(GRANDCHILD, List.of(CHILD.id(), ROOT.id())));
    assertThat(pair.next().requests()).containsExactly(CHILD.id(), ROOT.id());
    assertThat(pair.sends(ROOT)).containsExactly(ROOT);
    List<Delivery> last = pair.node.onPayload(PEER, SamplePayloads.of(CHILD), 1);
    assertThat(last).containsExactly(new Delivery(CHILD, List.of()));
    assertThat(pair.node.missingParents()).isEmpty();
  }

  @Test
  void waitsForNobodyIfAMessageNamesItselfOrAParentTwice() {
    Pair pair = Pair.of(Mode.BATCH);
    Message itself = message(5, message(5).id());
    Message twice = message(6, itself.id(), itself.id(), ROOT.id(), ROOT.id());

    assertThat(pair.sends(itself)).containsExactly(itself);
    assertThat(pair.sends(twice)).isEmpty();
    assertThat(pair.sends(ROOT)).containsExactly(ROOT, twice);
  }

  @Test
  void ownMessagesAreParentsAtOnce() {
    Pair pair = Pair.of(Mode.BATCH);
    Message own = pair.append(9);
    Message reply = message(10, own.id());

    assertThat(pair.sends(reply)).containsExactly(reply);
  }

  /** The chain is longer than a stack is deep. */
  @Test
  void deliversALongChainThatComesBackwards() {
    Pair pair = Pair.of(Mode.BATCH);
    List<Message> chain = new ArrayList<>(List.of(ROOT));
    for (int i = 0; i < PeerLimits.BUFFERED_MESSAGES_MAX; i++) {
      Digest parent = chain.get(i).id();
      chain.add(Message.of(Pair.GROUP, 100 + i, new byte[0], Metadata.of(List.of(parent))));
    }
    for (int i = chain.size() - 1; i > 0; i--) {
      assertThat(pair.sends(chain.get(i))).isEmpty();
    }
    assertThat(pair.sends(ROOT)).containsExactlyElementsOf(chain);
  }
}
