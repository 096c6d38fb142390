package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidelog.replicator.Rung;

/** Waiting for an entry to become safer. */
final class ReceiptTest {
  @TempDir Path folder;
  private Devices devices;
  private Tidelog alice;

  @BeforeEach
  void makeADevice() {
    devices = new Devices(folder);
    alice = devices.make("alice");
  }

  @AfterEach
  void close() {
    devices.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"MAILBOX", "REPLICATED", "READ"})
  void refusesARungThatNothingLeadsTo(Rung rung) {
    Receipt receipt = alice.createTopic("notes", false).append("one");

    assertThatThrownBy(() -> receipt.await(rung))
        .isInstanceOfSatisfying(
            TidelogException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
        .hasMessageContaining(rung.word());
    assertThatThrownBy(() -> receipt.reached(rung)).isInstanceOf(TidelogException.class);
  }

  @Test
  void failsWhereTheMirrorIsAwayAndSucceedsOnceItIsBack() throws Exception {
    Files.writeString(devices.mirror(), "in the way");
    Receipt receipt = alice.createTopic("notes", false).append("one");

    assertThatThrownBy(() -> receipt.await(Rung.MIRRORED)).isInstanceOf(TidelogException.class);
    assertThat(receipt.durability()).isEqualTo(Rung.LOCAL);
    Files.delete(devices.mirror());
    receipt.await(Rung.MIRRORED);

    assertThat(receipt.durability()).isEqualTo(Rung.MIRRORED);
  }

  @Test
  void isMirroredOnlyInEveryLayer() throws Exception {
    alice.close();
    Path second = folder.resolve("second");
    Files.writeString(second, "in the way");
    TidelogOptions options =
        TidelogOptions.defaults()
            .withMirrors(List.of(devices.mirror().toString(), second.toString()));
    try (Tidelog both = Tidelog.open(devices.home("alice"), options)) {
      Receipt receipt = both.createTopic("notes", false).append("one");

      assertThatThrownBy(() -> receipt.await(Rung.MIRRORED))
          .isInstanceOf(TidelogException.class)
          .hasMessageContaining(second.toString());
      assertThat(receipt.durability()).isEqualTo(Rung.LOCAL);
      Files.delete(second);

      assertThat(receipt.await(Rung.MIRRORED, Duration.ofSeconds(60))).isTrue();
      assertThat(second.resolve("names").resolve(receipt.log().text())).exists();
    }
  }

  @Test
  void tellsWhoStillWaitsWhenTheMirrorComesBack() throws Exception {
    alice.close();
    Path second = folder.resolve("second");
    Files.writeString(second, "in the way");
    TidelogOptions options =
        TidelogOptions.defaults()
            .withMirrors(List.of(devices.mirror().toString(), second.toString()))
            .withPublishAfter(Duration.ofMillis(10));
    try (Tidelog both = Tidelog.open(devices.home("alice"), options)) {
      Receipt receipt = both.createTopic("notes", false).append("one");

      assertThat(receipt.await(Rung.MIRRORED, Duration.ofMillis(500))).isFalse();
      Files.delete(second);

      assertThat(receipt.await(Rung.MIRRORED, Duration.ofSeconds(60))).isTrue();
    }
  }
}
