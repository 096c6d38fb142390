package org.tidelog.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class HashingTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void hashesTheExampleOfFips180() {
    assertThat(Sha256.hash(ascii("a"), ascii("bc")).hex()).isEqualTo(ABC);
  }

  @Test
  void beginsAnewAfterEachHash() {
    Sha256 sha = Sha256.create();
    sha.update(ascii("something else")).finish();

    assertThat(sha.update(ascii("xabcx"), 1, 3).finish().hex()).isEqualTo(ABC);
  }

  @Test
  void putsNumbersInBigEndian() {
    byte[] expected = {0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 1, 0, 9};

    Digest digest = Sha256.create().u32(0x00010203).u64(256).update((byte) 9).finish();

    assertThat(digest).isEqualTo(Sha256.hash(expected));
  }

  @Test
  void hashesADigestAsItsBytes() {
    Digest inner = Sha256.hash(ascii("x"));

    assertThat(Sha256.create().update(inner).finish()).isEqualTo(Sha256.hash(inner.bytes()));
  }

  @Test
  void refusesATagThatIsNotAscii() {
    assertThatIllegalArgumentException().isThrownBy(() -> Sha256.tag("tidelog/é"));
  }

  @Test
  void copiesDigestsInAndOut() {
    byte[] bytes = new byte[Digest.LENGTH];
    Digest digest = Digest.of(bytes);
    bytes[0] = 1;
    digest.bytes()[1] = 1;

    assertThat(digest).isEqualTo(Digest.ZERO).hasSameHashCodeAs(Digest.ZERO);
  }

  @Test
  void ordersDigestsAsUnsignedBytes() throws Exception {
    Digest low = Digest.parse(Hex.decode("7f" + "00".repeat(31)));
    Digest high = Digest.parse(Hex.decode("80" + "00".repeat(31)));

    assertThat(low).isLessThan(high);
    assertThat(high).isGreaterThan(low).isEqualByComparingTo(high);
  }

  @Test
  void printsOnlyTheBeginningOfADigest() {
    assertThat(Sha256.hash(ascii("abc"))).hasToString("ba7816bf");
  }

  @Test
  void refusesDigestsOfOtherLengths() {
    assertThatIllegalArgumentException().isThrownBy(() -> Digest.of(new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> Digest.of(new byte[40], 9));
    assertThatIllegalArgumentException().isThrownBy(() -> Digest.of(new byte[40], -1));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> Digest.parse(new byte[33]))
        .withMessage("digest of 33 bytes");
  }

  @Test
  void readsADigestOutOfABuffer() throws Exception {
    byte[] buffer = new byte[34];
    Sha256.hash(ascii("abc")).copyTo(buffer, 1);

    assertThat(Digest.of(buffer, 1).hex()).isEqualTo(ABC);
    assertThat(Hex.encode(buffer)).isEqualTo("00" + ABC + "00");
  }

  @Test
  void readsLowerCaseHexOnly() throws Exception {
    assertThat(Hex.decode("00ff7f80")).containsExactly(0, 0xff, 0x7f, 0x80);
    for (String bad : new String[] {"0", "0F", "0g", "é0", " 00 "}) {
      assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Hex.decode(bad));
    }
  }

  @Test
  void drawsFreshBytes() {
    Entropy entropy = Entropy.system();

    assertThat(entropy.bytes(32)).hasSize(32).isNotEqualTo(entropy.bytes(32));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
