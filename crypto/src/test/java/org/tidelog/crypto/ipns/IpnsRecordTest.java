package org.tidelog.crypto.ipns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.multiformats.ByteWriter;

/** Against records that the IPNS library of JavaScript made with the seed of 32 bytes 07. */
final class IpnsRecordTest {
  private static final long SEED = 20260105;

  private static final String DATA =
      "a56354544c1b00000045d964b8006556616c75654e2f697066732f6261666b716161616853657175656e6365182a"
          + "6856616c6964697479581e323130302d30312d30315430303a30303a30302e3030303030303030305a6c56616c"
          + "69646974795479706500";
  private static final String SIGNATURE =
      "abade443063b44146ac7779a2d5f622a2d12ee1188207025a5582c278785a334fc0fa6d618b389e1c0ed8fa64e17"
          + "74d3a107861bea6643f6f0aa0f9904a9e604";
  private static final String VERSION_2 = "4240" + SIGNATURE + "4a65" + DATA;
  private static final String VALUE_FIELD = "0a0e2f697066732f6261666b71616161";
  private static final String SIGNATURE_1_FIELD =
      "1240a4c44875a013be610cb6038dcd2fb0ec23d95ddf9f8349916f9307ba95a994b2b88b6482847b56121fbfdd98"
          + "52a11b7ce0aafe6be4089f2be4d868a531e6610f";
  private static final String VALIDITY_TYPE_FIELD = "1800";
  private static final String VALIDITY_FIELD =
      "221e323130302d30312d30315430303a30303a30302e3030303030303030305a";
  private static final String SEQUENCE_FIELD = "282a";
  private static final String TTL_FIELD = "3080f092cbdd08";
  private static final String VERSION_1 =
      VALUE_FIELD
          + SIGNATURE_1_FIELD
          + VALIDITY_TYPE_FIELD
          + VALIDITY_FIELD
          + SEQUENCE_FIELD
          + TTL_FIELD;

  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");
  private static final IpnsContent CONTENT = content("/ipfs/bafkqaaa", 42, END);

  private final Signer signer = Ed25519.signer(filled());
  private final Verifier verifier = Ed25519.verifier();
  private final IpnsName name = IpnsName.of(signer.publicKey());

  @Test
  void writesTheRecordThatOtherLibrariesWrite() {
    assertThat(Hex.encode(IpnsRecord.data(CONTENT))).isEqualTo(DATA);

    IpnsRecord record = IpnsRecord.create(signer, CONTENT);

    assertThat(Hex.encode(record.bytes())).isEqualTo(VERSION_2);
    assertThat(Hex.encode(record.signature())).isEqualTo(SIGNATURE);
    assertThat(record.content()).isEqualTo(CONTENT);
    assertThat(record.verify(name, verifier)).isTrue();
  }

  @Test
  void assemblesARecordAroundASignatureMadeElsewhere() throws Exception {
    IpnsRecord record = IpnsRecord.assemble(CONTENT, Hex.decode(SIGNATURE));

    assertThat(Hex.encode(record.bytes())).isEqualTo(VERSION_2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpnsRecord.assemble(CONTENT, new byte[63]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        VERSION_2,
        VERSION_1 + VERSION_2,
        VERSION_2 + VERSION_1,
        // The key, and fields that a later version may add.
        "3a2408011220ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c" + VERSION_2,
        VERSION_2 + "50ffffffffffffffffff01",
        VERSION_2 + "7201ff" + "7d00000000" + "710000000000000000"
      })
  void readsEveryFormOfARecord(String hex) throws Exception {
    IpnsRecord record = IpnsRecord.parse(Hex.decode(hex));

    assertThat(record.content()).isEqualTo(CONTENT);
    assertThat(record.verify(name, verifier)).isTrue();
    assertThat(Hex.encode(record.bytes())).isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4240" + SIGNATURE, // no data
        "4a65" + DATA, // no signature
        "423f" + "00" + "4a65" + DATA, // cut
        "4201ff4a65" + DATA, // short signature
        "4240" + SIGNATURE + "4a66" + DATA, // a length beyond the end
        VERSION_2 + "4a65" + DATA, // data twice
        VERSION_2 + "40", // no value
        "4000" + VERSION_2, // another wire type
        "0200" + VERSION_2, // field 0
        "5300" + VERSION_2, // a group
        "50ffffffffffffffffffff01" + VERSION_2, // a number over 64 bits
        "52ffffffff0f" + VERSION_2, // an unknown field beyond the end
        // A key of another type or length.
        "3a2408001220ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c" + VERSION_2,
        "3a00" + VERSION_2,
        // Version 1 that is not what was signed, or not all of it.
        VALUE_FIELD + VERSION_2,
        SIGNATURE_1_FIELD + VERSION_2,
        "0a0e2f697066732f6261666b71616162"
            + VALIDITY_TYPE_FIELD
            + VALIDITY_FIELD
            + SEQUENCE_FIELD
            + TTL_FIELD
            + VERSION_2,
        VALUE_FIELD + "1801" + VALIDITY_FIELD + SEQUENCE_FIELD + TTL_FIELD + VERSION_2,
        VALUE_FIELD + VALIDITY_FIELD + "282b" + TTL_FIELD + VERSION_2,
        VALUE_FIELD + VALIDITY_FIELD + SEQUENCE_FIELD + "3000" + VERSION_2
      })
  void refusesWhatIsNoRecord(String hex) throws Exception {
    byte[] bytes = Hex.decode(hex);

    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> IpnsRecord.parse(bytes));
  }

  @Test
  void refusesDataThatLacksAFieldOrHasItOfAnotherType() throws Exception {
    SortedMap<String, Cbor> all = DagCbor.decode(Hex.decode(DATA)).asMap().entries();
    for (String field : all.keySet()) {
      SortedMap<String, Cbor> less = new TreeMap<>(all);
      less.remove(field);
      assertRefused(new Cbor.Mapping(less));
      less.put(field, new Cbor.Null());
      assertRefused(new Cbor.Mapping(less));
    }
    assertRefused(new Cbor.Array(Collections.emptyList()));
    assertRefused(with(all, "ValidityType", Cbor.of(1)));
    assertRefused(with(all, "TTL", Cbor.of(-1)));
    assertRefused(with(all, "Sequence", Cbor.of(-1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2100-01-01",
        "2100-01-01T00:00:00",
        "2100-02-30T00:00:00Z",
        "2100-01-01T24:00:01Z",
        "2100-01-01T00:00:60Z",
        "2100-01-01 00:00:00Z",
        "12100-01-01T00:00:00Z",
        "2100-01-01T00:00:00.Z",
        "2100-01-01T00:00:00.0000000000Z",
        "0000-01-01T00:00:00+01:00",
        "2100-01-01T00:00:00Z2100-01-01T00:00:00Z"
      })
  void refusesAValidityThatIsNoTime(String text) throws Exception {
    assertRefused(
        with(
            DagCbor.decode(Hex.decode(DATA)).asMap().entries(),
            "Validity",
            new Cbor.Bytes(text.getBytes(StandardCharsets.US_ASCII))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2100-01-01T00:00:00Z",
        "2100-01-01T00:00:00.0Z",
        "2100-01-01T01:00:00.000000000+01:00",
        "2099-12-31T19:00:00-05:00"
      })
  void readsAnyRfc3339Validity(String text) throws Exception {
    assertThat(ValidityText.parse(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(END);
  }

  @Test
  void carriesExtraFieldsThroughASignature() throws Exception {
    SortedMap<String, Cbor> extra = new TreeMap<>();
    extra.put("_tidelog", new Cbor.Bytes(new byte[1_000]));
    extra.put("_a", Cbor.of(7));
    IpnsContent content =
        new IpnsContent(new byte[0], Long.MAX_VALUE, END.plusNanos(1), Duration.ZERO, extra);

    IpnsRecord record = IpnsRecord.parse(IpnsRecord.create(signer, content).bytes());

    assertThat(record.content()).isEqualTo(content).hasSameHashCodeAs(content);
    assertThat(record.content().extra()).containsOnlyKeys("_a", "_tidelog");
    assertThat(record.verify(name, verifier)).isTrue();
  }

  @Test
  void leavesUnknownFieldsOfTheDataAside() throws Exception {
    Cbor.Mapping data =
        with(DagCbor.decode(Hex.decode(DATA)).asMap().entries(), "Later", Cbor.of(1));

    assertThat(IpnsRecord.parse(record(DagCbor.encode(data))).content()).isEqualTo(CONTENT);
  }

  @Test
  void verifiesForTheSigningKeyAlone() throws Exception {
    IpnsRecord record = IpnsRecord.parse(Hex.decode(VERSION_2));
    byte[] otherKey = Ed25519.signer(new byte[32]).publicKey();
    String carried = "3a2408011220" + Hex.encode(otherKey);

    assertThat(record.verify(IpnsName.of(otherKey), verifier)).isFalse();
    assertThat(IpnsRecord.parse(Hex.decode(carried + VERSION_2)).verify(name, verifier)).isFalse();
  }

  @Test
  void refusesARecordWithAnyBitChanged() throws Exception {
    byte[] bytes = Hex.decode(VERSION_2);
    for (int bit = 0; bit < bytes.length * 8; bit += 3) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(verifies(changed)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void survivesNoise() {
    Random random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      assertThat(verifies(bytes)).isFalse();
    }
  }

  @Test
  void expiresAfterItsValidity() {
    IpnsRecord record = IpnsRecord.create(signer, CONTENT);

    assertThat(record.expired(END)).isFalse();
    assertThat(record.expired(END.plusNanos(1))).isTrue();
  }

  @Test
  void prefersTheHigherSequenceThenTheLaterEndThenTheGreaterBytes() throws Exception {
    IpnsRecord base = IpnsRecord.create(signer, content("/ipfs/b", 2, END));
    IpnsRecord newer = IpnsRecord.create(signer, content("/ipfs/a", 3, END.minusSeconds(9)));
    IpnsRecord later = IpnsRecord.create(signer, content("/ipfs/a", 2, END.plusNanos(1)));
    byte[] high = new byte[64];
    high[0] = (byte) 0xff;
    IpnsRecord greater = IpnsRecord.assemble(base.content(), high);
    IpnsRecord longer =
        IpnsRecord.parse(
            new ByteWriter().bytes(base.bytes()).bytes(Hex.decode("5000")).toByteArray());

    assertThat(IpnsRecord.compare(newer, base)).isPositive();
    assertThat(IpnsRecord.compare(base, newer)).isNegative();
    assertThat(IpnsRecord.compare(later, base)).isPositive();
    assertThat(IpnsRecord.compare(newer, later)).isPositive();
    assertThat(IpnsRecord.compare(greater, base)).isPositive();
    assertThat(IpnsRecord.compare(longer, base)).isPositive();
    assertThat(IpnsRecord.compare(base, base)).isZero();
  }

  @Test
  void keepsToTheSizeOfTheFormat() {
    IpnsContent large = content("/ipfs/" + "a".repeat(10_240), 1, END);

    assertThatIllegalArgumentException().isThrownBy(() -> IpnsRecord.create(signer, large));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> IpnsRecord.parse(new byte[10_241]))
        .withMessage("IPNS record of 10241 bytes");
  }

  @Test
  void refusesContentThatCannotBeWritten() {
    SortedMap<String, Cbor> extra = new TreeMap<>();
    SortedMap<String, Cbor> bare = new TreeMap<>();
    bare.put("x", Cbor.of(1));
    byte[] value = {};
    Duration minute = Duration.ofMinutes(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IpnsContent(value, -1, END, minute, extra));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IpnsContent(value, 0, END, minute.negated(), extra));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IpnsContent(value, 0, END, Duration.ofDays(106_752), extra));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IpnsContent(value, 0, Instant.MAX, minute, extra));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IpnsContent(value, 0, END, minute, bare));
  }

  private boolean verifies(byte[] bytes) {
    try {
      return IpnsRecord.parse(bytes).verify(name, verifier);
    } catch (MalformedException e) {
      return false;
    }
  }

  private static void assertRefused(Cbor data) throws Exception {
    byte[] record = record(DagCbor.encode(data));

    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> IpnsRecord.parse(record));
  }

  private static byte[] record(byte[] data) throws MalformedException {
    return RecordFields.write(Hex.decode(SIGNATURE), data);
  }

  private static Cbor.Mapping with(SortedMap<String, Cbor> entries, String field, Cbor value) {
    SortedMap<String, Cbor> changed = new TreeMap<>(entries);
    changed.put(field, value);
    return new Cbor.Mapping(changed);
  }

  private static IpnsContent content(String value, long sequence, Instant validity) {
    return new IpnsContent(
        value.getBytes(StandardCharsets.US_ASCII),
        sequence,
        validity,
        Duration.ofMinutes(5),
        new TreeMap<>());
  }

  private static byte[] filled() {
    byte[] seed = new byte[Ed25519.SEED_BYTES];
    Arrays.fill(seed, (byte) 7);
    return seed;
  }
}
