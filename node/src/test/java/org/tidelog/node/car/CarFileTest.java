package org.tidelog.node.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;
import org.tidelog.log.car.CarContents;
import org.tidelog.log.car.CarHeader;
import org.tidelog.log.car.CarWriter;
import org.tidelog.log.spi.NameSystem;

/**
 * A CAR file as a mirror: what is in it comes out by its name, and nothing that is not what it
 * says.
 */
final class CarFileTest {
  private static final IpnsName LOG = TestLogs.name(1);
  private static final IpnsName PROVED = TestLogs.name(2);
  private static final IpnsName ELSEWHERE = TestLogs.name(3);
  private static final byte[] RECORD = {1, 2, 3};
  private static final byte[] OTHER_RECORD = {4, 5};
  private static final byte[] PROOF = {6, 7, 8, 9};
  private static final byte[] LOOSE = new byte[3_000];

  @TempDir Path folder;

  private static Cid raw(byte[] block) {
    return Cid.sha256(Codec.RAW, block);
  }

  private static CarContents contents() {
    List<CarContents.Log> logs = new ArrayList<>();
    logs.add(
        new CarContents.Log(
            LOG, raw(RECORD), Optional.empty(), Optional.empty(), Optional.empty()));
    logs.add(
        new CarContents.Log(
            PROVED,
            raw(OTHER_RECORD),
            Optional.empty(),
            Optional.empty(),
            Optional.of(raw(PROOF))));
    logs.sort((a, b) -> a.name().compareTo(b.name()));
    return new CarContents(logs);
  }

  private Path write(List<byte[]> blocks) throws IOException {
    byte[] contents = contents().encode();
    Cid self = Cid.sha256(Codec.DAG_CBOR, contents);
    Path path = folder.resolve("logs.car");
    try (OutputStream out = Files.newOutputStream(path)) {
      CarWriter car = new CarWriter(out, new CarHeader(contents().roots(self)));
      for (byte[] block : blocks) car.put(raw(block), block);
      car.put(self, contents);
    }
    return path;
  }

  private Path whole() throws IOException {
    return write(List.of(LOOSE, RECORD, OTHER_RECORD, PROOF));
  }

  @Test
  void givesWhatIsInItByName() throws Exception {
    Path path = whole();
    List<Long> positions = new ArrayList<>();
    try (CarFile car = CarFile.open(path, positions::add)) {
      assertThat(car.logs()).isEqualTo(contents().logs());
      assertThat(car.length()).isEqualTo(Files.size(path));
      assertThat(car.describe()).isEqualTo(path.toString());
      assertThat(car.get(LOG)).contains(RECORD);
      assertThat(car.get(PROVED)).contains(OTHER_RECORD);
      assertThat(car.get(ELSEWHERE)).isEmpty();
      assertThat(car.forkProof(PROVED)).contains(PROOF);
      assertThat(car.forkProof(LOG)).isEmpty();
      assertThat(car.forkProof(ELSEWHERE)).isEmpty();
    }
    assertThat(positions).hasSize(5).isSorted().endsWith(Files.size(path));
  }

  @Test
  void givesABlockUpToTheLengthThatIsAskedFor() throws Exception {
    try (CarFile car = CarFile.open(whole(), bytes -> {})) {
      assertThat(car.get(raw(LOOSE), LOOSE.length)).contains(LOOSE);
      assertThat(car.get(raw(LOOSE), LOOSE.length - 1)).isEmpty();
      assertThat(car.get(raw(new byte[] {99}), 1_000)).isEmpty();
    }
  }

  @Test
  void givesNoRecordThatIsLongerThanOneMayBe() throws Exception {
    byte[] tooLong = new byte[NameSystem.RECORD_BYTES_MAX + 1];
    byte[] longest = new byte[NameSystem.RECORD_BYTES_MAX];
    for (byte[] record : List.of(longest, tooLong)) {
      CarContents one =
          new CarContents(
              List.of(
                  new CarContents.Log(
                      LOG, raw(record), Optional.empty(), Optional.empty(), Optional.empty())));
      Cid self = Cid.sha256(Codec.DAG_CBOR, one.encode());
      Path path = folder.resolve("long.car");
      try (OutputStream out = Files.newOutputStream(path)) {
        CarWriter car = new CarWriter(out, new CarHeader(one.roots(self)));
        car.put(raw(record), record);
        car.put(self, one.encode());
      }
      try (CarFile car = CarFile.open(path, bytes -> {})) {
        assertThat(car.get(LOG).isPresent()).isEqualTo(record.length == longest.length);
      }
    }
  }

  /** The file is read again where a block lies, and may have been written to since. */
  @Test
  void givesNoBlockThatChangedBehindItsBack() throws Exception {
    Path path = whole();
    try (CarFile car = CarFile.open(path, bytes -> {})) {
      byte[] bytes = Files.readAllBytes(path);
      for (int at = 0; at < bytes.length; at++) bytes[at] ^= 1;
      Files.write(path, bytes);

      assertThat(car.get(raw(LOOSE), LOOSE.length)).isEmpty();
      assertThat(car.get(LOG)).isEmpty();
    }
  }

  @Test
  void refusesAFileThatLacksWhatItsHeaderNames() throws Exception {
    Path path = write(List.of(RECORD, PROOF));

    assertThatThrownBy(() -> CarFile.open(path, bytes -> {}))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("is not in it");
  }

  @Test
  void refusesAFileThatIsDamagedOrCutShort() throws Exception {
    Path path = whole();
    byte[] good = Files.readAllBytes(path);
    byte[] damaged = good.clone();
    damaged[good.length - 1] ^= 1;

    Files.write(path, damaged);
    assertThatThrownBy(() -> CarFile.open(path, bytes -> {}))
        .isInstanceOf(MalformedException.class);
    Files.write(path, Arrays.copyOf(good, good.length - 1));
    assertThatThrownBy(() -> CarFile.open(path, bytes -> {}))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesWhatIsNoFile() {
    assertThatThrownBy(() -> CarFile.open(folder.resolve("none"), bytes -> {}))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> CarFile.open(folder, bytes -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("it is not a regular file");
  }

  @Test
  void isNotWrittenTo() throws Exception {
    Path path = whole();
    byte[] before = Files.readAllBytes(path);
    CarFile car = CarFile.open(path, bytes -> {});
    assertThatThrownBy(() -> car.put(raw(RECORD), RECORD)).hasMessageContaining("not written to");
    assertThatThrownBy(() -> car.put(LOG, RECORD)).hasMessageContaining("not written to");
    assertThatThrownBy(() -> car.remove(raw(RECORD))).hasMessageContaining("not written to");
    car.close();

    assertThat(Files.readAllBytes(path)).isEqualTo(before);
    assertThatThrownBy(() -> car.get(LOG)).isInstanceOf(IOException.class);
  }
}
