package org.tidelog.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplicatorTest {
  private static final Policy PEERS_ONLY =
      new Policy(
          Policy.Condition.ANY,
          Policy.Mirroring.NEVER,
          false,
          Policy.Dialling.ALWAYS,
          4,
          2_000,
          3_000,
          Long.MAX_VALUE);

  private static final Policy MIRRORS_ONLY =
      new Policy(
          Policy.Condition.ANY,
          Policy.Mirroring.ALWAYS,
          true,
          Policy.Dialling.ALWAYS,
          0,
          2_000,
          3_000,
          Long.MAX_VALUE);

  private static final Policy FRUGAL =
      new Policy(
          Policy.Condition.ANY,
          Policy.Mirroring.NEVER,
          false,
          Policy.Dialling.WHEN_NEEDED,
          4,
          2_000,
          3_000,
          Long.MAX_VALUE);

  private final TestWorld world = new TestWorld();

  private TestDevice device(int number, Policy policy) {
    return world.add(new TestDevice(number, policy));
  }

  @Test
  void bringsWhatWasWrittenWhileTheOtherWasAway() {
    TestDevice anna = device(1, PEERS_ONLY);
    TestDevice bert = device(2, PEERS_ONLY);
    anna.append("hello", world.now);
    world.online(anna);

    world.online(bert);

    assertThat(bert.texts()).containsExactly("hello");
  }

  @Test
  void pushesWhatIsWrittenWhileConnected() {
    TestDevice anna = device(1, PEERS_ONLY);
    TestDevice bert = device(2, PEERS_ONLY);
    anna.append("one", world.now);
    world.online(anna);
    world.online(bert);

    anna.append("two", world.now);
    world.run();

    assertThat(bert.texts()).containsExactly("one", "two");
  }

  @Test
  void passesOnWhatAPeerHasBroughtToTheOthers() {
    TestDevice anna = device(1, PEERS_ONLY);
    TestDevice bert = device(2, PEERS_ONLY);
    anna.append("hello", world.now);
    world.online(anna);
    world.online(bert);
    world.offline(anna);
    TestDevice carl = device(3, PEERS_ONLY);

    world.online(carl);

    assertThat(carl.texts()).containsExactly("hello");
  }

  @Test
  void answersWithWhatItHasSeenAsParents() {
    TestDevice anna = device(1, PEERS_ONLY);
    TestDevice bert = device(2, PEERS_ONLY);
    anna.append("question", world.now);
    world.online(anna);
    world.online(bert);

    bert.append("answer", world.now);
    world.run();

    assertThat(bert.frontier.isEmpty()).isTrue();
    assertThat(anna.frontier.take()).hasSize(1);
  }

  @Test
  void tellsHowManyDevicesHaveAnEntry() {
    TestDevice anna = device(1, PEERS_ONLY);
    TestDevice bert = device(2, PEERS_ONLY);
    anna.append("hello", world.now);
    world.online(anna);
    assertThat(anna.replicator.replicated(anna.log.name(), 1)).isZero();

    world.online(bert);

    assertThat(anna.replicator.replicated(anna.log.name(), 1)).isEqualTo(anna.log.size());
    assertThat(anna.told(ReplicatorEffect.Reached.class))
        .contains(
            new ReplicatorEffect.Reached(anna.log.name(), Rung.REPLICATED, 1, anna.log.size()));
  }

  @Test
  void hasNothingToWaitForWhenAllIsDone() {
    TestDevice anna = device(1, PEERS_ONLY);
    TestDevice bert = device(2, PEERS_ONLY);
    anna.append("hello", world.now);
    world.online(anna);
    world.online(bert);
    long before = world.bytes;

    assertThat(anna.replicator.nextWakeUp(world.now)).isEmpty();
    assertThat(bert.replicator.nextWakeUp(world.now)).isEmpty();
    anna.replicator.onWakeUp(world.now + 86_400_000);
    world.run();
    assertThat(world.bytes).isEqualTo(before);
  }

  @Test
  void leavesAPeerAloneThatDidNotAnswer() {
    TestDevice anna = device(1, PEERS_ONLY);
    device(2, PEERS_ONLY);
    world.online(anna);
    world.offline(anna);

    world.online(anna);

    assertThat(anna.told(ReplicatorEffect.Dial.class)).hasSize(1);
    world.offline(anna);
    world.now += 60_000;
    world.online(anna);
    assertThat(anna.told(ReplicatorEffect.Dial.class)).hasSize(2);
  }

  @Test
  void dialsAPeerAtOnceThatIsSaidToBeThere() {
    TestDevice anna = device(1, PEERS_ONLY);
    TestDevice bert = device(2, PEERS_ONLY);
    world.online(anna);
    world.online(bert);
    world.offline(bert);
    world.now += 1_000;
    world.online(bert);
    assertThat(anna.replicator.isConnected(bert.id)).isTrue();
  }

  @Test
  void dialsNobodyWhereItHasNothingToSay() {
    TestDevice anna = device(1, FRUGAL);
    TestDevice bert = device(2, FRUGAL);
    world.online(anna);
    world.online(bert);
    assertThat(anna.told(ReplicatorEffect.Dial.class)).isEmpty();
    assertThat(bert.told(ReplicatorEffect.Dial.class)).isEmpty();

    anna.append("news", world.now);
    world.run();

    assertThat(anna.told(ReplicatorEffect.Dial.class)).hasSize(1);
    assertThat(bert.texts()).containsExactly("news");
    assertThat(anna.replicator.nextWakeUp(world.now)).isEmpty();
  }

  @Test
  void dialsAgainWhoLacksSomethingLessAndLessOften() {
    TestDevice anna = device(1, FRUGAL);
    TestDevice bert = device(2, FRUGAL);
    world.online(anna);
    anna.append("news", world.now);
    world.run();
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      long due = anna.replicator.nextWakeUp(world.now).orElseThrow();
      waits.add((due - world.now) / 1_000);
      world.now = due;
      anna.replicator.onWakeUp(due);
      world.run();
    }
    assertThat(waits).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 900L);

    world.online(bert);
    world.now = anna.replicator.nextWakeUp(world.now).orElseThrow();
    anna.replicator.onWakeUp(world.now);
    world.run();
    assertThat(bert.texts()).containsExactly("news");
  }

  @Test
  void publishesWhatWasWrittenOnceItHasWaitedForMore() {
    TestDevice anna = device(1, MIRRORS_ONLY);
    world.online(anna);
    anna.append("one", world.now);
    anna.append("two", world.now + 1_000);
    assertThat(anna.replicator.nextWakeUp(world.now)).hasValue(world.now + 2_000);

    anna.replicator.onWakeUp(world.now + 2_000);
    world.run();

    assertThat(anna.told(ReplicatorEffect.Publish.class)).hasSize(1);
    anna.replicator.onPublished(anna.log.name(), anna.log.size(), world.now + 2_500);
    world.run();
    assertThat(anna.replicator.mirrored(anna.log.name())).isEqualTo(3);
    assertThat(anna.told(ReplicatorEffect.Reached.class))
        .containsExactly(new ReplicatorEffect.Reached(anna.log.name(), Rung.MIRRORED, 1, 3));
  }

  @Test
  void publishesAgainAfterAFailureLessAndLessOften() {
    TestDevice anna = device(1, MIRRORS_ONLY);
    world.online(anna);
    anna.append("one", world.now);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      long due = anna.replicator.nextWakeUp(world.now).orElseThrow();
      waits.add(due - world.now);
      world.now = due;
      anna.replicator.onWakeUp(due);
      world.run();
      anna.replicator.onPublishFailed(anna.log.name(), due);
    }

    assertThat(waits).containsExactly(2_000L, 1_000L, 2_000L, 4_000L);
    assertThat(anna.told(ReplicatorEffect.Publish.class)).hasSize(4);
  }

  @Test
  void publishesAtOnceWhatSomebodyWaitsFor() {
    TestDevice anna = device(1, MIRRORS_ONLY);
    world.online(anna);
    anna.append("one", world.now);

    anna.replicator.publish(anna.log.name(), world.now);
    world.run();

    assertThat(anna.told(ReplicatorEffect.Publish.class)).hasSize(1);
  }

  @Test
  void publishesNothingThatAllDevicesHaveWhereThatIsThePolicy() {
    Policy policy =
        new Policy(
            Policy.Condition.ANY,
            Policy.Mirroring.WHEN_NEEDED,
            false,
            Policy.Dialling.ALWAYS,
            4,
            2_000,
            3_000,
            Long.MAX_VALUE);
    TestDevice anna = device(1, policy);
    TestDevice bert = device(2, policy);
    world.online(anna);
    world.online(bert);
    anna.append("while we talk", world.now);
    world.run();
    anna.replicator.onWakeUp(world.now + 2_000);
    world.run();
    assertThat(anna.told(ReplicatorEffect.Publish.class)).isEmpty();

    world.offline(bert);
    anna.append("alone", world.now);
    anna.replicator.onWakeUp(world.now + 2_000);
    world.run();

    assertThat(anna.told(ReplicatorEffect.Publish.class)).hasSize(1);
  }

  @Test
  void looksIntoTheRemoteLogOnceAPeerHadItsChance() {
    TestDevice anna = device(1, MIRRORS_ONLY);
    TestDevice bert = device(2, MIRRORS_ONLY);
    anna.append("hello", world.now);
    bert.topic.addFollowed(anna.log.name());

    world.online(bert);

    assertThat(bert.replicator.nextWakeUp(world.now)).hasValue(world.now + 3_000);
    bert.replicator.onWakeUp(world.now + 3_000);
    world.run();
    assertThat(bert.told(ReplicatorEffect.Fetch.class))
        .containsExactly(new ReplicatorEffect.Fetch(TestDevice.TOPIC, List.of(anna.log.name())));
  }

  @Test
  void looksLessOftenWhereNothingIsNew() {
    TestDevice bert = device(2, MIRRORS_ONLY);
    TestDevice anna = new TestDevice(1, MIRRORS_ONLY);
    bert.topic.addFollowed(anna.log.name());
    world.online(bert);
    List<Long> minutes = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      long due = bert.replicator.nextWakeUp(world.now).orElseThrow();
      minutes.add((due - world.now) / 60_000);
      world.now = due;
      bert.replicator.onWakeUp(due);
      world.run();
      bert.replicator.onFetched(TestDevice.TOPIC, anna.log.name(), false, bert.store, due);
    }

    assertThat(minutes).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void beginsNothingByItselfWhereEveryByteIsPaidForAndThePolicySaysSo() {
    Policy careful =
        new Policy(
            Policy.Condition.UNMETERED,
            Policy.Mirroring.ALWAYS,
            true,
            Policy.Dialling.ALWAYS,
            4,
            2_000,
            3_000,
            Long.MAX_VALUE);
    TestDevice anna = device(1, careful);
    device(2, PEERS_ONLY);
    anna.append("hello", world.now);

    anna.replicator.onOnline(new Network(true, true, false), world.now);
    anna.replicator.onWakeUp(world.now + 10_000);

    assertThat(anna.replicator.drain()).isEmpty();
    assertThat(anna.replicator.nextWakeUp(world.now)).isEmpty();
    anna.replicator.publish(anna.log.name(), world.now);
    assertThat(anna.replicator.drain()).hasSize(1);
  }

  @Test
  void beginsNothingOnceTheDaysBytesAreSpent() {
    Policy poor =
        new Policy(
            Policy.Condition.ANY,
            Policy.Mirroring.NEVER,
            false,
            Policy.Dialling.ALWAYS,
            4,
            2_000,
            3_000,
            100);
    TestDevice anna = device(1, poor);
    TestDevice bert = device(2, PEERS_ONLY);
    TestDevice carl = device(3, PEERS_ONLY);
    bert.append("a text that is longer than what may be spent in a day", world.now);
    world.online(bert);
    world.online(anna);
    world.offline(anna);
    int dials = anna.told(ReplicatorEffect.Dial.class).size();
    world.online(carl);

    world.online(anna);
    assertThat(anna.told(ReplicatorEffect.Dial.class)).hasSize(dials);

    world.offline(anna);
    world.now += 86_400_000;
    world.online(anna);
    assertThat(anna.told(ReplicatorEffect.Dial.class)).hasSizeGreaterThan(dials);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void endsWithTheSameEverywhereHoweverDevicesComeAndGo(int seed) {
    Random random = new Random(seed);
    List<TestDevice> devices = new ArrayList<>();
    for (int i = 1; i <= 5; i++) devices.add(device(i, PEERS_ONLY));
    Set<TestDevice> online = new TreeSet<>((a, b) -> a.id.compareTo(b.id));
    Set<String> written = new TreeSet<>();
    for (int step = 0; step < 200; step++) {
      world.now += 1 + random.nextInt(600_000);
      TestDevice device = devices.get(random.nextInt(devices.size()));
      if (random.nextInt(3) == 0) {
        device.append("text " + step, world.now);
        written.add("text " + step);
        world.run();
      } else if (online.remove(device)) {
        world.offline(device);
      } else {
        online.add(device);
        world.online(device);
      }
    }
    world.now += 86_400_000;
    for (TestDevice device : devices) {
      if (online.add(device)) world.online(device);
    }

    for (TestDevice device : devices) {
      assertThat(device.texts()).isEqualTo(written);
    }
  }
}
