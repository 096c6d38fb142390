package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;

/** What may stand where a fork proof is carried to: none of it keeps a log from being published. */
class CarriedProofsTest {
  @TempDir Path root;
  private Devices devices;
  private Tidelog alice;
  private Topic topic;
  private ForkingAuthor first;
  private IpnsName contested;
  private Path place;
  private byte[] proof;

  @BeforeEach
  void aliceKnowsOfAFork() throws IOException {
    devices = new Devices(root);
    alice = devices.make("alice");
    topic = alice.createTopic("family", true);
    Digest id = topic.id().orElseThrow();
    first = new ForkingAuthor(1, id).append("both", "mine");
    contested = first.name();
    place = devices.mirror().resolve("forks").resolve(contested.text());
    alice.follow(contested, "family");
    first.publish(devices.mirror());
    Devices.fetch(alice);
    new ForkingAuthor(1, id).append("both", "yours", "more").publish(devices.mirror());
    Devices.fetch(alice);
    proof = alice.forkProof(contested).orElseThrow();
    Files.createDirectories(place.getParent());
  }

  @AfterEach
  void close() {
    devices.close();
  }

  /** Publishes something new; gives what went wrong beside it. */
  private List<Problem> published() {
    long seq = topic.append("still here").seq();
    PublishReport.Figures figures = Devices.publish(alice).get(0).figures();
    assertThat(figures.size()).isEqualTo(seq + 1);
    assertThat(figures.recordBytes()).isPositive();
    return figures.problems();
  }

  @Test
  void takesTheProofThere() {
    assertThat(published()).isEmpty();
    assertThat(place).hasBinaryContent(proof);
  }

  @Test
  void replacesWhateverFileIsThere() throws IOException {
    Files.write(place, new byte[100_000]);

    assertThat(published()).isEmpty();
    assertThat(place).hasBinaryContent(proof);
  }

  @Test
  void replacesAnEmptyFolder() throws IOException {
    Files.createDirectory(place);

    assertThat(published()).isEmpty();
    assertThat(place).hasBinaryContent(proof);
  }

  @Test
  void tellsOfAFolderWithSomethingInItAndPublishesAllTheSame() throws IOException {
    Files.createDirectories(place.resolve("in the way"));

    assertToldOnce(published());
    assertToldOnce(published());
  }

  @Test
  void tellsOfAFileInTheFoldersPlaceAndPublishesAllTheSame() throws IOException {
    Files.delete(place.getParent());
    Files.write(place.getParent(), new byte[1]);

    assertToldOnce(published());
  }

  private void assertToldOnce(List<Problem> problems) {
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).kind()).isEqualTo(ErrorKind.MIRROR_UNWRITABLE);
    assertThat(problems.get(0).where()).contains(contested.text(), devices.mirror().toString());
    assertThat(problems.get(0).what()).contains("fork proof could not be put there: ");
  }

  private PublishReport.Index publishedIndex() {
    PublishOptions options = new PublishOptions(true, false);
    return (PublishReport.Index) alice.publish(null, options, Progress.none()).get(1);
  }

  /** Deletes what the mirror itself has of proofs. */
  private void withoutForks() throws IOException {
    Files.deleteIfExists(place);
    Files.delete(place.getParent());
  }

  @Test
  void areInTheTopicsIndexForWhoFollowsThatAlone() throws IOException {
    PublishReport.Index index = publishedIndex();
    withoutForks();
    first.publish(devices.mirror()); // So that no record there contradicts the one that is listed.
    Tidelog bob = devices.make("bob");
    bob.follow(index.index(), "alice's family");

    List<FetchReport> reports = Devices.fetch(bob);

    assertThat(bob.forkProof(contested)).hasValueSatisfying(p -> assertThat(p).isEqualTo(proof));
    assertThat(reports)
        .filteredOn(report -> report.name().equals(contested))
        .singleElement()
        .satisfies(
            report ->
                assertThat(report.problems())
                    .extracting(Problem::kind)
                    .containsExactly(ErrorKind.FORK));
    assertThat(reports).hasSize(3);
  }

  @Test
  void areListedOnceAndWhenTheyBecomeKnown() {
    PublishReport.Index once = publishedIndex();
    PublishReport.Index again = publishedIndex();

    assertThat(again.figures().size()).isEqualTo(once.figures().size());
    Tidelog carol = devices.make("carol");
    Topic other = carol.createTopic("others", true);
    ForkingAuthor one = new ForkingAuthor(5, other.id().orElseThrow()).append("both", "mine");
    one.publish(devices.mirror());
    carol.follow(one.name(), "others");
    Devices.fetch(carol);
    PublishOptions options = new PublishOptions(true, false);
    long before = carol.publish(null, options, Progress.none()).get(1).figures().size();
    new ForkingAuthor(5, other.id().orElseThrow())
        .append("both", "yours")
        .publish(devices.mirror());
    Devices.fetch(carol);
    assertThat(carol.forkProof(one.name())).isPresent();
    PublishReport.Index listed =
        (PublishReport.Index) carol.publish(null, options, Progress.none()).get(1);

    assertThat(listed.figures().size()).isGreaterThan(before);
  }
}
