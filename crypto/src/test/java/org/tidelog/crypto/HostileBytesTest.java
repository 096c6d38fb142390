package org.tidelog.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsContent;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.keystore.KeyStoreFile;
import org.tidelog.crypto.keystore.Protection;
import org.tidelog.crypto.keystore.Secrets;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.crypto.multiformats.Multibase;
import org.tidelog.crypto.multiformats.PeerId;
import org.tidelog.crypto.seal.LogSealer;

/** Whatever bytes come, a decoder answers with a value or with {@link MalformedException}. */
final class HostileBytesTest {
  private static final long SEED = 20260108;
  private static final int ROUNDS = 10_000;

  private interface Decoder {
    void decode(byte[] bytes) throws MalformedException;
  }

  /** A decoder and bytes that it takes. */
  private record Target(Decoder decoder, byte[] valid) {}

  private static final Map<String, Target> TARGETS = targets();

  static Iterable<String> names() {
    return TARGETS.keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void takesTheValidBytesItStartsFrom(String name) throws Exception {
    Target target = TARGETS.get(name);

    target.decoder.decode(target.valid);
  }

  @ParameterizedTest
  @MethodSource("names")
  void answersNoiseWithAValueOrARefusal(String name) {
    Random random = new Random(SEED);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      refused += refuses(TARGETS.get(name).decoder, bytes);
    }
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @MethodSource("names")
  void answersSmallChangesWithAValueOrARefusal(String name) {
    Random random = new Random(SEED);
    Target target = TARGETS.get(name);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      refused += refuses(target.decoder, mutated(target.valid, random));
    }
    assertThat(refused).isPositive();
  }

  private static int refuses(Decoder decoder, byte[] bytes) {
    try {
      decoder.decode(bytes);
      return 0;
    } catch (MalformedException e) {
      return 1;
    }
  }

  private static byte[] mutated(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    int change = random.nextInt(4);
    if (change == 0) return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    return change == 1 ? Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8)) : bytes;
  }

  private static Map<String, Target> targets() {
    Entropy entropy = new Random(SEED)::nextBytes;
    Signer signer = Ed25519.signer(entropy.bytes(Ed25519.SEED_BYTES));
    IpnsName name = IpnsName.of(signer.publicKey());
    Cid cid = Cid.sha256(Codec.RAW, new byte[0]);
    Map<String, Target> targets = new LinkedHashMap<>();
    targets.put("cid", new Target(Cid::parse, cid.bytes()));
    targets.put("cid text", new Target(b -> Cid.parse(text(b)), ascii(cid.text())));
    targets.put("multibase", new Target(b -> Multibase.decode(text(b)), ascii(name.text())));
    targets.put("peer id", new Target(PeerId::parse, PeerId.of(name.key()).bytes()));
    targets.put("name text", new Target(b -> IpnsName.parse(text(b)), ascii(name.text())));
    targets.put("dag-cbor", new Target(b -> accept(DagCbor.decode(b), b), cbor(cid)));
    targets.put("record", new Target(IpnsRecord::parse, record(signer)));
    targets.put("sealed payload", new Target(LogSealer::epochOf, new byte[40]));
    targets.put("hex", new Target(b -> Hex.decode(text(b)), ascii(Hex.encode(cid.bytes()))));
    KeyStoreFile open = KeyStoreFile.create(Secrets.random(entropy), Protection.none(), entropy);
    targets.put("key store", new Target(KeyStoreFile::parse, open.bytes()));
    return targets;
  }

  private static void accept(Cbor value, byte[] bytes) {
    assertThat(DagCbor.encode(value)).isEqualTo(bytes);
  }

  private static byte[] cbor(Cid cid) {
    TreeMap<String, Cbor> map = new TreeMap<>();
    map.put("a", new Cbor.Link(cid));
    map.put("bb", new Cbor.Text("é水"));
    map.put("c", new Cbor.Array(List.of(Cbor.of(-300), new Cbor.Float64(1.5))));
    map.put("d", new Cbor.Bytes(new byte[30]));
    return DagCbor.encode(new Cbor.Mapping(map));
  }

  private static byte[] record(Signer signer) {
    IpnsContent content =
        new IpnsContent(
            ascii("/ipfs/bafkqaaa"),
            1,
            Instant.parse("2030-01-01T00:00:00Z"),
            Duration.ofMinutes(1),
            new TreeMap<>());
    return IpnsRecord.create(signer, content).bytes();
  }

  // One char a byte, so that text takes every value up to 255.
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
