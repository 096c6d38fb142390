package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.ipns.IpnsName;

/** In which order a cursor delivers, what it says is missing, and when it has had all. */
final class CursorTest {
  @TempDir Path folder;
  private Devices devices;
  private Tidelog alice;
  private Tidelog bob;
  private Tidelog carol;
  private Topic alices;
  private Topic bobs;
  private Topic carols;

  @BeforeEach
  void makeThreeDevices() {
    devices = new Devices(folder);
    alice = devices.make("alice");
    bob = devices.make("bob");
    carol = devices.make("carol");
    alices = alice.createTopic("trip", true);
    bobs = bob.join(alices.invitation(), null);
    carols = carol.join(alices.invitation(), null);
    carol.follow(bobs.name().orElseThrow(), "trip");
    Devices.publish(alice);
    Devices.publish(bob);
    Devices.fetch(carol);
  }

  @AfterEach
  void close() {
    devices.close();
  }

  /** What bob wrote first comes to carol last. */
  private void bobIsLate() {
    bobs.append("first written");
    devices.later(Duration.ofHours(1));
    alices.append("second written");
    Devices.publish(alice);
    Devices.fetch(carol);
    devices.later(Duration.ofHours(1));
    carols.append("third written");
    Devices.publish(bob);
    Devices.fetch(carol);
  }

  private static List<String> texts(Cursor.Batch batch) {
    List<String> texts = new ArrayList<>();
    batch.entries().forEach(entry -> texts.add(entry.text().orElse("")));
    return texts;
  }

  @Test
  void deliversInCausalOrderOrAsEntriesCame() {
    assertThat(carols.cursor("arrivals", DeliveryOrder.ARRIVAL).next(10).entries()).isEmpty();

    bobIsLate();

    assertThat(texts(carols.cursor("causes").next(10)))
        .containsExactly("first written", "second written", "third written");
    assertThat(texts(carols.cursor("arrivals", DeliveryOrder.ARRIVAL).next(10)))
        .containsExactly("second written", "third written", "first written");
  }

  @Test
  void remembersTheOrderOfArrivalAcrossRestarts() {
    carols.cursor("screen", DeliveryOrder.ARRIVAL).next(10).acknowledge();
    bobIsLate();
    carols.cursor("screen", DeliveryOrder.ARRIVAL).next(1).acknowledge();
    carol.close();

    Topic again = devices.reopen("carol").topic("trip").orElseThrow();
    Cursor cursor = again.cursor("screen", DeliveryOrder.ARRIVAL);

    assertThat(texts(cursor.next(1))).containsExactly("third written");
    assertThat(texts(cursor.next(1))).containsExactly("first written");
    assertThat(cursor.next(1).entries()).isEmpty();
  }

  @Test
  void deliversWhatWasHereBeforeInCausalOrder() {
    bobIsLate();
    Cursor cursor = carols.cursor("screen", DeliveryOrder.ARRIVAL);

    assertThat(texts(cursor.next(2))).containsExactly("first written", "second written");
    alices.append("fourth written");
    Devices.publish(alice);
    Devices.fetch(carol);

    assertThat(texts(cursor.next(10))).containsExactly("third written", "fourth written");
  }

  @Test
  void deliversEachEntryOnceWhateverTheOrder() {
    carols.cursor("screen", DeliveryOrder.ARRIVAL).next(10).acknowledge();
    bobIsLate();
    carols.cursor("screen").next(1).acknowledge();

    assertThat(texts(carols.cursor("screen", DeliveryOrder.ARRIVAL).next(10)))
        .containsExactly("second written", "third written");
  }

  @Test
  void namesTheLogsThatAreMissingBeforeAnAnswer() throws Exception {
    Receipt question = alices.append("where?");
    Devices.publish(alice);
    Devices.fetch(bob);
    bobs.append("there");
    Devices.publish(bob);
    Path record = devices.mirror().resolve("names").resolve(question.log().text());
    Files.move(record, folder.resolve("away"));
    Tidelog dave = devices.make("dave");
    Topic reads = dave.follow(bobs.name().orElseThrow(), "trip");
    Devices.fetch(dave);
    Cursor cursor = reads.cursor("screen");

    Cursor.Batch answer = cursor.next(1);
    Files.move(folder.resolve("away"), record);
    Devices.fetch(dave);
    Cursor.Batch late = cursor.next(10);

    assertThat(answer.gaps()).contains(gap(question.log(), 0, question.seq() + 1));
    assertThat(late.entries()).hasSize(1);
    assertThat(late.gaps()).isEmpty();
  }

  private static Gap gap(IpnsName log, long from, long to) {
    return new Gap(log, from, to, Gap.Reason.ABSENT);
  }

  @Test
  void namesGapsAndDeliversWhatFillsThem() {
    Topic news = alice.createTopic("news", true);
    List<Draft> drafts =
        IntStream.range(0, 3000).mapToObj(i -> Draft.text("entry with some text " + i)).toList();
    news.appendAll(drafts);
    Devices.publish(alice);
    Topic followed = carol.follow(news.name().orElseThrow(), "news");
    Cursor cursor = followed.cursor("screen", DeliveryOrder.ARRIVAL);
    cursor.next(1).acknowledge();
    FetchReport part =
        carol
            .fetch(carol.target("news"), new FetchOptions(OptionalLong.of(60_000)), Progress.none())
            .get(0);
    long from = part.missing().get(0).from();
    long to = part.missing().get(0).to();

    Cursor.Batch newest = cursor.next(10_000);
    Devices.fetch(carol);
    Cursor.Batch rest = cursor.next(10_000);

    assertThat(from).isLessThan(to);
    assertThat(newest.gaps()).containsExactly(gap(news.name().orElseThrow(), from, to));
    assertThat(newest.caughtUp().orElseThrow().isComplete()).isFalse();
    assertThat(newest.entries().get(0).seq()).isEqualTo(to);
    assertThat(rest.gaps()).isEmpty();
    assertThat(rest.caughtUp().orElseThrow().isComplete()).isTrue();
    assertThat(newest.entries().size() + rest.entries().size()).isEqualTo(3000);
    assertThat(rest.entries()).allMatch(entry -> entry.seq() < to);
  }

  @Test
  void namesWhatItCannotOpen() {
    Receipt secret = alice.createTopic("secrets", false).append("for members");
    Devices.publish(alice);
    Topic closed = carol.follow(secret.log(), "closed");
    Devices.fetch(carol);

    Cursor.Batch batch = closed.cursor("screen").next(10);

    assertThat(batch.entries()).isEmpty();
    assertThat(batch.gaps())
        .containsExactly(new Gap(secret.log(), secret.seq(), secret.seq() + 1, Gap.Reason.KEY));
  }

  @Test
  void saysAsOfWhenAndAccordingToWhomNothingMoreIsHere() {
    bobIsLate();
    Cursor cursor = carols.cursor("screen");

    Cursor.Batch first = cursor.next(2);
    Cursor.Batch last = cursor.next(2);

    assertThat(first.caughtUp()).isEmpty();
    CaughtUp caughtUp = last.caughtUp().orElseThrow();
    assertThat(caughtUp.asOf()).contains(Devices.NOON); // Bob's head is older than alice's.
    assertThat(caughtUp.sources()).containsExactly(devices.mirror().toString());
    assertThat(caughtUp.isComplete()).isTrue();
    assertThat(caughtUp.logs()).hasSize(3);
  }

  @Test
  void saysNothingOfALogThatWasNeverSeen() {
    Tidelog dave = devices.make("dave");
    Topic unseen = dave.follow(alices.name().orElseThrow(), "trip");

    assertThat(unseen.cursor("screen").next(1).caughtUp().orElseThrow().asOf()).isEmpty();
  }

  @Test
  void tellsHowFarItIsAndBeginsAnewOnceForgotten() {
    bobIsLate();
    Cursor cursor = carols.cursor("screen", DeliveryOrder.ARRIVAL);
    cursor.next(10).acknowledge();
    alices.append("fourth written");
    Devices.publish(alice);
    Devices.fetch(carol);

    assertThat(cursor.status()).extracting(CursorStatus::waiting).containsOnlyOnce(1L);
    cursor.forget();

    assertThat(cursor.status()).extracting(CursorStatus::delivered).containsOnly(0L);
    assertThat(cursor.next(10).entries()).hasSize(4);
  }
}
