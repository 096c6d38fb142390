package org.tidelog.mvds.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidelog.mvds.wire.SamplePayloads.digest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.Varint;

final class PayloadTest {
  private static final Digest GROUP = digest(1);
  private static final PayloadWriter SPEC = new PayloadWriter(Numbering.SPEC);
  private static final PayloadWriter HEAD = new PayloadWriter(Numbering.HEAD);

  private static byte[] bytes(String hex) throws MalformedException {
    return Hex.decode(hex.replace(" ", ""));
  }

  @Test
  void hashesTheTimestampLittleEndianAndNoMetadata() throws Exception {
    Message message = Message.of(GROUP, 0x0102030405060708L, new byte[] {9}, Metadata.NONE);

    assertThat(message.id())
        .isEqualTo(
            Sha256.hash(
                "MESSAGE_ID".getBytes("US-ASCII"),
                GROUP.bytes(),
                new byte[] {8, 7, 6, 5, 4, 3, 2, 1},
                new byte[] {9}));
    Message other =
        Message.of(GROUP, 0x0102030405060708L, new byte[] {9}, Metadata.of(List.of(digest(2))));
    assertThat(other.id()).isEqualTo(message.id());
    assertThat(other).isNotEqualTo(message);
  }

  @Test
  void writesTheFieldsOfBothTexts() throws Exception {
    Message message =
        Message.of(GROUP, 300, new byte[] {7, 8}, new Metadata(List.of(digest(3)), true));
    Payload payload =
        new Payload(List.of(digest(4)), List.of(digest(5)), List.of(digest(6)), List.of(message));

    String spec =
        "ca b802 20 %s d2 b802 20 %s da b802 20 %s e2 b802 57"
            + " 8a f702 20 %s 90 f702 ac02 9a f702 02 0708 a2 f702 24 0a 20 %s 10 01";
    String head =
        "0a 20 %s 12 20 %s 1a 20 %s 22 4f 0a 20 %s 10 ac02 1a 02 0708 22 24 0a 20 %s 10 01";
    for (String[] pair : new String[][] {{spec, "SPEC"}, {head, "HEAD"}}) {
      byte[] expected = fill(pair[0], 4, 5, 6, 1, 3);
      byte[] written = new PayloadWriter(Numbering.valueOf(pair[1])).encode(payload);

      assertThat(PayloadReader.decode(written)).isEqualTo(payload);
      assertThat(Hex.encode(written)).isEqualTo(Hex.encode(expected));
    }
  }

  private static byte[] fill(String pattern, Integer... digests) throws MalformedException {
    Object[] hex = Stream.of(digests).map(number -> digest(number).hex()).toArray();
    return bytes(String.format(pattern, hex));
  }

  @Test
  void leavesOutWhatIsDefaultButMetadataThatGoNodesLookInto() {
    Payload payload = SamplePayloads.of(Message.of(GROUP, 0, new byte[0], Metadata.NONE));

    assertThat(SPEC.encode(payload)).hasSize(3 + 1 + 3 + 1 + 32);
    assertThat(HEAD.encode(payload)).hasSize(1 + 1 + 1 + 1 + 32 + 2);
  }

  @Test
  void takesTheBytesThatWereMeasured() {
    assertThat(SPEC.idBytes()).isEqualTo(36);
    assertThat(HEAD.idBytes()).isEqualTo(34);
    Message message = Message.of(GROUP, 1_700_000_000, new byte[256], Metadata.NONE);
    assertThat(HEAD.messageBytes(message)).isEqualTo(256 + 48);
    assertThat(SPEC.messageBytes(message)).isEqualTo(256 + 54);
  }

  @ParameterizedTest
  @EnumSource
  void isAsLongAsItSaysAndReadAsItWasWritten(Numbering numbering) throws Exception {
    PayloadWriter writer = new PayloadWriter(numbering);
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      Payload payload = SamplePayloads.random(random);
      byte[] written = writer.encode(payload);

      assertThat(written).hasSize(writer.size(payload));
      assertThat(PayloadReader.decode(written)).isEqualTo(payload);
    }
  }

  @Test
  void skipsWhatItDoesNotKnowAndTakesFieldsInAnyOrder() throws Exception {
    byte[] payload =
        fill("1a 20 %s 28 05 2d 01020304 31 0102030405060708 3a 02 0000 0a 20 %s", 6, 4);

    assertThat(PayloadReader.decode(payload))
        .isEqualTo(new Payload(List.of(digest(4)), List.of(), List.of(digest(6)), List.of()));
    assertThat(PayloadReader.decode(new byte[0]).records()).isZero();
  }

  @Test
  void refusesWhatIsNoPayload() throws Exception {
    String group = "0a20" + GROUP.hex();
    for (String wrong :
        List.of(
            "0a 1f" + GROUP.hex(), // an id cut short
            "0a 21" + GROUP.hex() + "00", // an id too long
            "08 01", // a number where an id belongs
            "0a 20 00", // a length that is not there
            "0a ffffffffffffffff7f", // a length no array has
            "0a 8080808008", // a negative length
            "02 00", // field 0
            "0c", // a group that ends
            "0b", // a group that does not
            "0a", // nothing after the tag
            "22 00", // a message without a group
            "22 22" + group + "0a00", // bytes behind the message that are a bad ack
            "22 44" + group + group, // a group twice
            "22 26" + group + "1001 1001", // a time twice
            "22 24" + group + "1200", // a time that is bytes
            "22 26" + group + "1a00 1a00", // a body twice
            "22 26" + group + "2200 2200", // metadata twice
            "22 28" + group + "22 04 1001 1001", // ephemeral twice
            "22 26" + group + "22 02 0a00", // a parent of no bytes
            "22 25" + group + "22 02 10")) { // metadata longer than the message
      assertThatThrownBy(() -> PayloadReader.decode(bytes(wrong)))
          .as(wrong)
          .isInstanceOf(MalformedException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatIsCutShort(Numbering numbering) {
    Message message = Message.of(GROUP, 5, new byte[9], Metadata.of(List.of(digest(2))));
    byte[] whole = new PayloadWriter(numbering).encode(SamplePayloads.of(message));
    for (int length = 1; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> PayloadReader.decode(part)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void holdsToItsLimits() throws Exception {
    List<Digest> most = Collections.nCopies(WireLimits.RECORDS_MAX, GROUP);
    Payload full = new Payload(most, List.of(), List.of(), List.of());
    assertThat(PayloadReader.decode(HEAD.encode(full)).records()).isEqualTo(most.size());
    Payload over = new Payload(most, List.of(GROUP), List.of(), List.of());
    refuses(HEAD.encode(over), "payload of over 16384 records");

    Message large = Message.of(GROUP, 0, new byte[WireLimits.BODY_BYTES_MAX], Metadata.NONE);
    assertThat(PayloadReader.decode(SPEC.encode(SamplePayloads.of(large))).messages())
        .containsExactly(large);
    byte[] body = new byte[WireLimits.BODY_BYTES_MAX + 1];
    assertThatThrownBy(() -> Message.of(GROUP, 0, body, Metadata.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    refuses(withBodyOneLonger(), "message body of 1048577 bytes");

    refuses(new byte[WireLimits.PAYLOAD_BYTES_MAX + 1], "payload of 2097153 bytes");
    List<Digest> parents = Collections.nCopies(WireLimits.PARENTS_MAX + 1, GROUP);
    assertThatThrownBy(() -> Metadata.of(parents)).isInstanceOf(IllegalArgumentException.class);
    refuses(withParents(WireLimits.PARENTS_MAX + 1), "message of over 256 parents");
    assertThat(PayloadReader.decode(withParents(WireLimits.PARENTS_MAX)).messages()).hasSize(1);
  }

  private static byte[] withBodyOneLonger() throws MalformedException {
    int body = WireLimits.BODY_BYTES_MAX + 1;
    // The group takes 34 bytes, the body's tag and length 4.
    byte[] head = bytes("22" + varint(body + 38) + "0a20" + GROUP.hex() + "1a" + varint(body));
    return Arrays.copyOf(head, head.length + body);
  }

  private static byte[] withParents(int count) throws MalformedException {
    int metadata = 34 * count;
    String head = "22" + varint(34 + 3 + metadata) + "0a20" + GROUP.hex() + "22" + varint(metadata);
    StringBuilder text = new StringBuilder(head);
    for (int i = 0; i < count; i++) text.append("0a20").append(GROUP.hex());
    return bytes(text.toString());
  }

  private static String varint(int value) {
    byte[] bytes = new byte[9];
    int length = Varint.write(value, bytes, 0);
    return Hex.encode(Arrays.copyOf(bytes, length));
  }

  private static void refuses(byte[] payload, String message) {
    assertThatThrownBy(() -> PayloadReader.decode(payload))
        .isInstanceOf(MalformedException.class)
        .hasMessage(message);
  }

  @Test
  void survivesTheCorpusOfTheFuzzer() throws IOException {
    Path corpus = Path.of("src/test/fuzz", PayloadFuzz.class.getName());
    try (Stream<Path> inputs = Files.list(corpus)) {
      List<Path> files = inputs.toList();
      assertThat(files).isNotEmpty();
      for (Path file : files) PayloadFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
    }
  }

  @Test
  void copiesBodiesInAndOut() {
    byte[] body = {1};
    Message message = Message.of(GROUP, 0, body, Metadata.NONE);
    body[0] = 2;
    message.body()[0] = 3;

    assertThat(message.body()).containsExactly(1);
    assertThat(message.toString()).isEqualTo("message " + message.id() + " of 1 bytes");
  }
}
