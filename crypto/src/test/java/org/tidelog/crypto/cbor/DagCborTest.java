package org.tidelog.crypto.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;

final class DagCborTest {
  private static final long SEED = 20260104;

  // RFC 8949, appendix A.
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "10, 0a",
    "23, 17",
    "24, 1818",
    "25, 1819",
    "100, 1864",
    "255, 18ff",
    "256, 190100",
    "1000, 1903e8",
    "65535, 19ffff",
    "65536, 1a00010000",
    "1000000, 1a000f4240",
    "4294967295, 1affffffff",
    "4294967296, 1b0000000100000000",
    "1000000000000, 1b000000e8d4a51000",
    "9223372036854775807, 1b7fffffffffffffff",
    "18446744073709551615, 1bffffffffffffffff",
    "-1, 20",
    "-10, 29",
    "-24, 37",
    "-25, 3818",
    "-100, 3863",
    "-1000, 3903e7",
    "-9223372036854775808, 3b7fffffffffffffff",
    "-18446744073709551616, 3bffffffffffffffff"
  })
  void encodesIntegersInTheirShortestForm(BigInteger value, String hex) throws Exception {
    assertThat(Hex.encode(DagCbor.encode(new Cbor.Int(value)))).isEqualTo(hex);
    assertThat(decode(hex)).isEqualTo(new Cbor.Int(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "40", // empty byte string
        "4401020304",
        "60", // empty text
        "6161",
        "62225c",
        "62c3bc",
        "63e6b0b4",
        "64f0908591",
        "80",
        "83010203",
        "8301820203820405",
        "a0",
        "a26161016162820203",
        "826161a161626163",
        "a56161614161626142616361436164614461656145",
        "a3613102613201623130" + "03", // "1", "2", "10": the shorter first
        "f4",
        "f5",
        "f6",
        "fb0000000000000000",
        "fb8000000000000000", // -0.0
        "fb3ff199999999999a",
        "fb7fefffffffffffff",
        "fb0000000000000001",
        "d82a4500015500" + "00", // link to bafkqaaa
        "d82a58250001711220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      })
  void takesTheOneEncodingOfAValue(String hex) throws Exception {
    assertThat(Hex.encode(DagCbor.encode(decode(hex)))).isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "0000", // two items
        "1800", // integers longer than need be
        "1817",
        "190017",
        "1900ff",
        "1a00000017",
        "1a0000ffff",
        "1b00000000ffffffff",
        "3800",
        "3b00000000ffffffff",
        "5803010203", // lengths longer than need be
        "780161",
        "980101",
        "b801616101",
        "1c", // reserved arguments
        "3d",
        "5e",
        "18", // cut
        "19ff",
        "1a000000",
        "1b00000000000000",
        "41",
        "6261",
        "81",
        "8201",
        "a1",
        "a16161",
        "d8",
        "d82a",
        "5f42010243030405ff", // indefinite lengths
        "7f61616162ff",
        "9f0102ff",
        "bf616101ff",
        "ff",
        "61ff", // not UTF-8
        "62c080",
        "63eda080",
        "a10101", // keys that are no text
        "a1416101",
        "a1f601",
        "a2616101616102", // a key twice
        "a3636261720363666f6f0163666f6f02",
        "a2616201616102", // keys out of order
        "a2626161016162" + "02",
        "a2617a01616102",
        "f7", // undefined
        "e0", // simple values
        "f3",
        "f800",
        "f814",
        "f8ff",
        "f93c00", // floats of other widths
        "fa3f800000",
        "fb7ff8000000000000", // not finite
        "fb7ff0000000000000",
        "fbfff0000000000000",
        "c074323031332d30332d32315432303a30343a30305a", // tags other than 42
        "c11a514b67b0",
        "c249010000000000000000",
        "d9d9f700",
        "d82b4101",
        "d82b450001550000", // a good link but for its tag
        "d82a00", // links that are none
        "d82a6161",
        "d82a40",
        "d82a4100",
        "d82a45010155000000",
        "d82a4501015500" + "00", // prefix 1
        "d82a46000155000000", // bytes after the CID
        "d82a582300" + "1220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "da0000002a450001550000", // a padded tag
        "5bffffffffffffffff", // lengths far beyond what is there
        "7b7fffffffffffffff",
        "9bffffffffffffffff",
        "9a7fffffff00",
        "bb7fffffffffffffff",
        "ba7fffffff",
        "5a7fffffff"
      })
  void refusesEveryOtherEncoding(String hex) throws Exception {
    byte[] bytes = Hex.decode(hex);

    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> DagCbor.decode(bytes));
  }

  @Test
  void saysWhereItStopped() {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> decode("8201f7"))
        .withMessage("CBOR simple value or float of kind 23 at 2");
  }

  @Test
  void readsBackWhateverWasWritten() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      Cbor value = randomValue(random, 4);
      byte[] bytes = DagCbor.encode(value);

      Cbor read = DagCbor.decode(bytes);
      assertThat(read).isEqualTo(value).hasSameHashCodeAs(value);
      assertThat(DagCbor.encode(read)).isEqualTo(bytes);
    }
  }

  @Test
  void takesNothingThatEncodesDifferently() {
    Random random = new Random(SEED);
    int taken = 0;
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = DagCbor.encode(randomValue(random, 3));
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(DagCbor.encode(DagCbor.decode(bytes))).isEqualTo(bytes);
        taken++;
      } catch (MalformedException e) {
        continue;
      }
    }
    assertThat(taken).isPositive();
  }

  @Test
  void bridlesNesting() throws Exception {
    String deepest = "81".repeat(DagCbor.DEPTH_MAX) + "80";

    assertThat(Hex.encode(DagCbor.encode(decode(deepest)))).isEqualTo(deepest);
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> decode("81" + deepest));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> decode("81".repeat(1_000_000)));
    String maps = "a16161".repeat(DagCbor.DEPTH_MAX);
    assertThat(Hex.encode(DagCbor.encode(decode(maps + "a0")))).isEqualTo(maps + "a0");
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> decode(maps + "a16161a0"));
    Cbor tooDeep = new Cbor.Array(List.of(decode(deepest)));
    assertThatIllegalArgumentException().isThrownBy(() -> DagCbor.encode(tooDeep));
  }

  @Test
  void boundsTheNumberOfValues() throws Exception {
    byte[] most = list(DagCbor.ITEMS_MAX - 1);

    assertThat(DagCbor.decode(most).asArray()).hasSize(DagCbor.ITEMS_MAX - 1);
    assertThatThrownBy(() -> DagCbor.decode(list(DagCbor.ITEMS_MAX)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("too many values");
  }

  /** So many empty maps, a byte each. */
  private static byte[] list(int count) {
    byte[] bytes = new byte[5 + count];
    Arrays.fill(bytes, (byte) 0xa0);
    byte[] head = {(byte) (count < 65_536 ? 0x99 : 0x9a), 0, 1, 0, 0};
    if (count >= 65_536) {
      System.arraycopy(head, 0, bytes, 0, 5);
      return bytes;
    }
    byte[] shorter = Arrays.copyOfRange(bytes, 2, bytes.length);
    shorter[0] = (byte) 0x99;
    shorter[1] = (byte) (count >> 8);
    shorter[2] = (byte) count;
    return shorter;
  }

  @Test
  void sortsKeysByTheirEncoding() throws Exception {
    // U+FFFD comes before U+10000 by bytes, though not by characters; é is longer than z.
    List<String> sorted = List.of("", "a", "z", "aa", "é", "\uFFFD", "aaaa", "\uD800\uDC00");
    SortedMap<String, Cbor> entries = new TreeMap<>();
    sorted.forEach(key -> entries.put(key, new Cbor.Null()));

    Cbor.Mapping map = new Cbor.Mapping(entries);

    assertThat(map.entries().keySet()).containsExactlyElementsOf(sorted);
    assertThat(Cbor.Mapping.KEY_ORDER.compare("\uFFFDx", "\uD800\uDC00")).isNegative();
    assertThat(DagCbor.decode(DagCbor.encode(map))).isEqualTo(map);
  }

  @Test
  void refusesToMakeValuesThatHaveNoEncoding() {
    BigInteger beyond = BigInteger.ONE.shiftLeft(64);

    assertThatIllegalArgumentException().isThrownBy(() -> new Cbor.Int(beyond));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cbor.Int(beyond.negate().subtract(BigInteger.ONE)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Cbor.Float64(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cbor.Float64(Double.NEGATIVE_INFINITY));
    for (String lone : new String[] {"\uD800", "a\uDC00", "\uD800a", "\uD800\uD800\uDC00"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Cbor.Text(lone));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Cbor.Mapping(new TreeMap<>(Map.of(lone, new Cbor.Null()))));
    }
  }

  @Test
  void namesTheTypeThatWasExpected() throws Exception {
    Cbor text = new Cbor.Text("x");

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(text::asLong)
        .withMessage("text where integer belongs");
    assertThatExceptionOfType(MalformedException.class).isThrownBy(text::asBytes);
    assertThatExceptionOfType(MalformedException.class).isThrownBy(text::asArray);
    assertThatExceptionOfType(MalformedException.class).isThrownBy(text::asMap);
    assertThatExceptionOfType(MalformedException.class).isThrownBy(text::asLink);
    assertThatExceptionOfType(MalformedException.class).isThrownBy(text::asBool);
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Cbor.of(1).asText());
    assertThat(text.asText()).isEqualTo("x");
    assertThat(decode("f5").asBool()).isTrue();
    assertThat(decode("d82a450001550000").asLink()).isEqualTo(Cid.parse("bafkqaaa"));
  }

  @Test
  void readsIntegersThatFitALong() throws Exception {
    assertThat(Cbor.of(Long.MAX_VALUE).asLong()).isEqualTo(Long.MAX_VALUE);
    assertThat(Cbor.of(Long.MIN_VALUE).asSignedLong()).isEqualTo(Long.MIN_VALUE);
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Cbor.of(-1).asLong());
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> decode("1b8000000000000000").asLong());
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> decode("3b8000000000000000").asSignedLong());
  }

  @Test
  void findsFieldsByName() throws Exception {
    Cbor.Mapping map = decode("a16161" + "01").asMap();

    assertThat(map.field("a").asLong()).isEqualTo(1);
    assertThat(map.optional("b")).isEmpty();
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> map.field("b"))
        .withMessage("map without field b");
  }

  @Test
  void copiesByteStringsInAndOut() throws Exception {
    byte[] bytes = {1};
    Cbor.Bytes value = new Cbor.Bytes(bytes);
    bytes[0] = 2;
    value.asBytes()[0] = 3;
    value.value()[0] = 4;

    assertThat(value).isEqualTo(decode("4101")).hasToString("Bytes[1]");
  }

  private static Cbor decode(String hex) throws MalformedException {
    return DagCbor.decode(Hex.decode(hex));
  }

  private static Cbor randomValue(Random random, int depth) {
    switch (random.nextInt(depth == 0 ? 7 : 9)) {
      case 0:
        return new Cbor.Int(new BigInteger(random.nextInt(65), random));
      case 1:
        return new Cbor.Int(new BigInteger(random.nextInt(65), random).not());
      case 2:
        return new Cbor.Bytes(randomBytes(random));
      case 3:
        return new Cbor.Text(randomText(random));
      case 4:
        return new Cbor.Bool(random.nextBoolean());
      case 5:
        return new Cbor.Float64(random.nextGaussian());
      case 6:
        return random.nextBoolean()
            ? new Cbor.Null()
            : new Cbor.Link(Cid.sha256(Codec.RAW, randomBytes(random)));
      case 7:
        List<Cbor> items = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          items.add(randomValue(random, depth - 1));
        }
        return new Cbor.Array(items);
      default:
        SortedMap<String, Cbor> entries = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          entries.put(randomText(random), randomValue(random, depth - 1));
        }
        return new Cbor.Mapping(entries);
    }
  }

  private static byte[] randomBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(random.nextInt(8) == 0 ? 300 : 20)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String randomText(Random random) {
    int[] samples = {'a', 'b', 'z', 'é', '水', 0xfffd, 0x10145, 0};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.appendCodePoint(samples[random.nextInt(samples.length)]);
    }
    return text.toString();
  }
}
