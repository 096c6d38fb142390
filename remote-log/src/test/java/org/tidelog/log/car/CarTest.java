package org.tidelog.log.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestLogs;

class CarTest {
  private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};
  private static final Cid HELLO_CID = Cid.sha256(Codec.RAW, HELLO);

  private static byte[] car(byte[]... blocks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CarWriter car = new CarWriter(out, new CarHeader(List.of(HELLO_CID)));
    for (byte[] block : blocks) {
      car.put(Cid.sha256(Codec.RAW, block), block);
    }
    assertThat(car.written()).isEqualTo(out.size());
    return out.toByteArray();
  }

  private static List<CarReader.Section> read(byte[] file) throws IOException, MalformedException {
    CarReader reader = new CarReader(new ByteArrayInputStream(file));
    List<CarReader.Section> sections = new ArrayList<>();
    while (true) {
      Optional<CarReader.Section> section = reader.next();
      if (section.isEmpty()) {
        assertThat(reader.position()).isEqualTo(file.length);
        return sections;
      }
      sections.add(section.get());
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    return new ByteWriter().bytes(first).bytes(second).toByteArray();
  }

  private static void assertRefused(byte[] file, String why) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void writesWhatTheSpecificationSays() throws Exception {
    String root = Hex.encode(HELLO_CID.bytes());
    String header = "a265726f6f747381d82a582500" + root + "6776657273696f6e01";

    assertThat(Hex.encode(car(HELLO))).isEqualTo("3a" + header + "29" + root + Hex.encode(HELLO));
  }

  @Test
  void readsWhatItWrites() throws Exception {
    byte[] large = TestLogs.bytes(new Random(1), CarReader.BLOCK_BYTES_MAX);
    byte[] file = car(HELLO, new byte[0], large);

    List<CarReader.Section> sections = read(file);

    assertThat(sections).hasSize(3);
    for (CarReader.Section section : sections) {
      int from = (int) section.offset();
      assertThat(Arrays.copyOfRange(file, from, from + section.block().length))
          .isEqualTo(section.block());
    }
    assertThat(sections.get(2).block()).isEqualTo(large);
  }

  @Test
  void refusesAFileCutShortAnywhereButBetweenBlocks() throws Exception {
    byte[] file = car(HELLO, TestLogs.bytes(new Random(2), 300));
    int header = new CarHeader(List.of(HELLO_CID)).encode().length;
    List<Integer> between = List.of(header, header + 1 + 36 + HELLO.length);

    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      if (between.contains(length)) {
        assertThat(read(cut)).hasSizeLessThan(2);
      } else {
        assertThatThrownBy(() -> read(cut))
            .as("cut at %s", cut.length)
            .isInstanceOf(MalformedException.class);
      }
    }
  }

  @Test
  void noticesEveryFlippedBitOfABlock() throws Exception {
    byte[] file = car(HELLO);
    for (int bit = 8 * (file.length - HELLO.length - 36); bit < 8 * file.length; bit++) {
      byte[] flipped = file.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        // The codec is no part of the hash: then it is another block, of another name.
        assertThat(read(flipped).get(0).cid()).isNotEqualTo(HELLO_CID);
      } catch (MalformedException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void refusesABlockThatIsNotWhatItsNameSays() throws Exception {
    byte[] file = car(HELLO);
    file[file.length - 1] ^= 1;

    assertRefused(file, "its bytes are not those its name says");
  }

  @Test
  void refusesLengthsThatAreNotThere() throws Exception {
    byte[] file = car(HELLO);

    assertRefused(join(file, new byte[] {0}), "section of 0 bytes");
    assertRefused(join(file, Hex.decode("8100")), "padded length");
    assertRefused(join(file, Hex.decode("ffffffffffffffff7f")), "section of 9223372036854775807");
    assertRefused(join(file, Hex.decode("ffffffffffffffffff01")), "over 63 bits");
    assertRefused(join(file, Hex.decode("ffff3f")), "section of 1048575 bytes", "cut short");
    assertRefused(Hex.decode("ffffffffffffffff7f"), "header of 9223372036854775807 bytes");
  }

  private static void assertRefused(byte[] file, String what, String why) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(what.replace("section of ", "of "));
  }

  @Test
  void refusesBlocksOverItsBound() throws Exception {
    byte[] over = new byte[CarReader.BLOCK_BYTES_MAX + 1];
    Cid cid = Cid.sha256(Codec.RAW, over);
    byte[] section =
        new ByteWriter().varint(36L + over.length).bytes(cid.bytes()).bytes(over).toByteArray();

    assertRefused(join(car(), section), "block of 1048577 bytes");
    assertThatThrownBy(() -> new CarWriter(new ByteArrayOutputStream(), headerOf()).put(cid, over))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CarHeader headerOf() {
    return new CarHeader(List.of(HELLO_CID));
  }

  @Test
  void refusesOtherHeaders() throws Exception {
    String root = "d82a582500" + Hex.encode(HELLO_CID.bytes());
    assertRefused(new byte[0], "no header");
    assertRefused(header("a265726f6f747381" + root + "6776657273696f6e02"), "version 2");
    assertRefused(header("a265726f6f7473806776657273696f6e01"), "without roots");
    assertRefused(header("a265726f6f747381" + root + "6776657273696f6e0100"), "");
    assertRefused(header("a16776657273696f6e01"), "1 fields");
    assertRefused(header("a3617801" + "65726f6f747381" + root + "6776657273696f6e01"), "3 fields");
  }

  private static byte[] header(String hex) throws MalformedException {
    byte[] bytes = Hex.decode(hex);
    return new ByteWriter().varint(bytes.length).bytes(bytes).toByteArray();
  }

  @Test
  void refusesNamesItCannotCheck() throws Exception {
    byte[] car = car();
    // A version 0 CID, and one of another hash function.
    String v0 = "1220" + "00".repeat(32);
    assertRefused(join(car, Hex.decode("23" + v0 + "61")), "CID of version 18");
    String sha1 = "01551114" + "00".repeat(20);
    assertRefused(join(car, Hex.decode("19" + sha1 + "61")), "unknown function 17");
    String dagPb = "01701220" + "00".repeat(32);
    assertRefused(join(car, Hex.decode("25" + dagPb + "61")), "codec that no log has, 112");
    assertRefused(join(car, Hex.decode("06015500016161")), "its own name");
  }

  @Test
  void tellsWhichLogsThereAre() throws Exception {
    Cid index = Cid.sha256(Codec.DAG_CBOR, HELLO);
    Cid large = Cid.sha256(Codec.DAG_CBOR, CarContents.encodeLarge(List.of(HELLO_CID)));
    List<CarContents.Log> logs = new ArrayList<>();
    logs.add(log(1, Optional.empty(), Optional.empty()));
    logs.add(log(2, Optional.of(index), Optional.of(large)));
    logs.sort((a, b) -> a.name().compareTo(b.name()));
    CarContents contents = new CarContents(logs);

    assertThat(CarContents.parse(contents.encode())).isEqualTo(contents);
    assertThat(contents.roots(large)).contains(index, HELLO_CID).endsWith(large);
    List<CarContents.Log> reversed = List.of(logs.get(1), logs.get(0));
    assertThatThrownBy(() -> CarContents.parse(new CarContents(reversed).encode()))
        .hasMessageContaining("not in order");
    assertThatThrownBy(() -> CarContents.parse(Hex.decode("a0"))).hasMessageContaining("no logs");
    assertThatThrownBy(() -> CarContents.parse(Hex.decode("a2646c6f67738067746964656c6f6701")))
        .hasMessageContaining("0 logs");
    assertThatThrownBy(() -> CarContents.parse(Hex.decode("a2646c6f67738067746964656c6f6702")))
        .hasMessageContaining("version 2");
  }

  @Test
  void findsTheContentsByTheLastRootWhereAllRootsAreThere() throws Exception {
    Cid index = Cid.sha256(Codec.DAG_CBOR, HELLO);
    CarContents contents = new CarContents(List.of(log(1, Optional.of(index), Optional.empty())));
    byte[] block = contents.encode();
    Cid self = Cid.sha256(Codec.DAG_CBOR, block);
    CarHeader header = new CarHeader(contents.roots(self));
    CarContents.Blocks all = cid -> Optional.of(cid.equals(self) ? block : HELLO);

    assertThat(header.roots()).containsExactly(index, HELLO_CID, self);
    assertThat(CarContents.in(header, all)).isEqualTo(contents);
    assertThatThrownBy(
            () ->
                CarContents.in(
                    header, cid -> cid.equals(HELLO_CID) ? Optional.empty() : all.get(cid)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(HELLO_CID.text() + " is not in it");
  }

  @Test
  void takesAForkProofThatIsARawBlock() throws Exception {
    Cid tree = Cid.sha256(Codec.DAG_CBOR, HELLO);
    Cid large = Cid.sha256(Codec.DAG_CBOR, new byte[] {2});
    CarContents proved = new CarContents(List.of(proved(HELLO_CID, HELLO_CID, large)));

    assertThat(CarContents.parse(proved.encode())).isEqualTo(proved);
    assertThat(proved.roots(tree)).containsExactly(HELLO_CID, HELLO_CID, tree);
    for (CarContents.Log odd :
        List.of(proved(tree, HELLO_CID, large), proved(HELLO_CID, tree, large))) {
      byte[] block = new CarContents(List.of(odd)).encode();
      assertThatThrownBy(() -> CarContents.parse(block))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("of another codec");
    }
  }

  private static CarContents.Log proved(Cid record, Cid proof, Cid large) {
    return new CarContents.Log(
        TestLogs.name(1), record, Optional.empty(), Optional.of(large), Optional.of(proof));
  }

  private static CarContents.Log log(int seed, Optional<Cid> index, Optional<Cid> large) {
    return new CarContents.Log(TestLogs.name(seed), HELLO_CID, index, large, Optional.empty());
  }
}
