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
  private IpnsName contested;
  private Path place;
  private byte[] proof;

  @BeforeEach
  void aliceKnowsOfAFork() throws IOException {
    devices = new Devices(root);
    alice = devices.make("alice");
    topic = alice.createTopic("family", true);
    Digest id = topic.id().orElseThrow();
    ForkingAuthor one = new ForkingAuthor(1, id).append("both", "mine");
    contested = one.name();
    place = devices.mirror().resolve("forks").resolve(contested.text());
    alice.follow(contested, "family");
    one.publish(devices.mirror());
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
}
