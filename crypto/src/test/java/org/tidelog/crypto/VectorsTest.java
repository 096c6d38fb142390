package org.tidelog.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.keystore.HomeMark;
import org.tidelog.crypto.keystore.KeyStoreFile;
import org.tidelog.crypto.keystore.Secrets;
import org.tidelog.crypto.keystore.Unlocked;
import org.tidelog.crypto.seal.BlockSealer;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.crypto.seal.LogSealer;

/**
 * The vectors of the specification, which hold labels and layouts fast: a change to one would lose
 * devices their logs. A Python implementation on OpenSSL agreed with every one when they were made.
 */
final class VectorsTest {
  private static final Pattern OBJECT = Pattern.compile("\\{([^}]*)}");
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": \"([^\"]*)\"");

  @Test
  void findsAVectorOfEveryKind() throws IOException {
    assertThat(all())
        .extracting(Vector::kind)
        .contains("device-keys", "epoch-commitment", "sealed-payload", "sealed-block", "key-store");
  }

  @ParameterizedTest
  @MethodSource("deviceKeys")
  void derivesTheKeysOfADevice(Vector vector) throws Exception {
    DeviceKeys keys = DeviceKeys.of(vector.bytes("seed"));
    byte[] topic = vector.bytes("topicId");
    byte[] incarnation = vector.bytes("incarnation");
    byte[] log = keys.log(topic, incarnation, LogPurpose.LOG).publicKey();

    assertThat(keys.device().publicKey()).isEqualTo(vector.bytes("deviceKey"));
    assertThat(log).isEqualTo(vector.bytes("logKey"));
    assertThat(keys.log(topic, incarnation, LogPurpose.INDEX).publicKey())
        .isEqualTo(vector.bytes("indexKey"));
    assertThat(IpnsName.of(log).text()).isEqualTo(vector.text("logName"));
  }

  @ParameterizedTest
  @MethodSource("commitments")
  void commitsToAnEpochKey(Vector vector) throws Exception {
    IpnsName log = IpnsName.parse(vector.bytes("logKey"));

    assertThat(EpochKey.of(vector.bytes("epochKey")).commitment(log, vector.bytes("topicId")).hex())
        .isEqualTo(vector.text("commitment"));
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void sealsAPayload(Vector vector) throws Exception {
    IpnsName log = IpnsName.parse(vector.bytes("logKey"));
    LogSealer sealer = new LogSealer(EpochKey.of(vector.bytes("epochKey")), log);
    long seq = Long.parseLong(vector.text("seq"));
    int epoch = Integer.parseInt(vector.text("epoch"));

    assertThat(sealer.seal(seq, epoch, vector.bytes("plaintext")))
        .isEqualTo(vector.bytes("sealed"));
    assertThat(sealer.open(seq, vector.bytes("sealed"))).contains(vector.bytes("plaintext"));
    assertThat(LogSealer.epochOf(vector.bytes("sealed"))).isEqualTo(epoch);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void sealsABlock(Vector vector) throws Exception {
    BlockSealer sealer = new BlockSealer(vector.bytes("key"));
    long index = Long.parseLong(vector.text("index"));
    boolean last = Boolean.parseBoolean(vector.text("last"));

    assertThat(sealer.seal(index, last, vector.bytes("plaintext")))
        .isEqualTo(vector.bytes("sealed"));
    assertThat(sealer.open(index, last, vector.bytes("sealed")))
        .contains(vector.bytes("plaintext"));
  }

  @ParameterizedTest
  @MethodSource("keyStores")
  void opensAKeyStore(Vector vector) throws Exception {
    KeyStoreFile file = KeyStoreFile.parse(vector.bytes("file"));
    char[] passphrase = vector.text("passphrase").toCharArray();
    Secrets expected =
        new Secrets(
                vector.bytes("deviceSeed"),
                vector.bytes("networkSeed"),
                vector.bytes("recoverySeed"),
                vector.bytes("incarnation"),
                new TreeMap<>())
            .withTopicSecret(vector.text("topicId"), vector.bytes("topicSecret"));

    if (vector.fields().containsKey("homeId")) expected = expected.withHome(mark(vector));
    Unlocked unlocked =
        file.needsPassphrase() ? file.unlock(passphrase) : file.unlockWithoutPassphrase();

    assertThat(file.needsPassphrase()).isEqualTo(passphrase.length > 0);
    assertThat(unlocked.secrets()).isEqualTo(expected);
    assertThat(unlocked.encode(expected)).isEqualTo(vector.bytes("rewritten"));
  }

  private static HomeMark mark(Vector vector) throws MalformedException {
    return new HomeMark(
        vector.bytes("homeId"),
        number(vector.text("fileNumber")),
        number(vector.text("changeTime")),
        number(vector.text("storeNumber")));
  }

  private static OptionalLong number(String text) {
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  static List<Vector> deviceKeys() throws IOException {
    return ofKind("device-keys");
  }

  static List<Vector> commitments() throws IOException {
    return ofKind("epoch-commitment");
  }

  static List<Vector> payloads() throws IOException {
    return ofKind("sealed-payload");
  }

  static List<Vector> blocks() throws IOException {
    return ofKind("sealed-block");
  }

  static List<Vector> keyStores() throws IOException {
    return ofKind("key-store");
  }

  /** One object of the file; all its values are text. */
  record Vector(Map<String, String> fields) {
    String kind() {
      return text("kind");
    }

    String text(String field) {
      return Objects.requireNonNull(fields.get(field), field);
    }

    byte[] bytes(String field) throws MalformedException {
      return Hex.decode(text(field));
    }

    @Override
    public String toString() {
      return kind();
    }
  }

  private static List<Vector> ofKind(String kind) throws IOException {
    List<Vector> vectors = new ArrayList<>();
    for (Vector vector : all()) {
      if (vector.kind().equals(kind)) vectors.add(vector);
    }
    return vectors;
  }

  private static List<Vector> all() throws IOException {
    try (InputStream in = VectorsTest.class.getResourceAsStream("/vectors/crypto.json")) {
      byte[] json = Objects.requireNonNull(in, "vectors/crypto.json").readAllBytes();
      List<Vector> vectors = new ArrayList<>();
      Matcher object = OBJECT.matcher(new String(json, StandardCharsets.UTF_8));
      while (object.find()) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(object.group(1));
        while (field.find()) {
          fields.put(field.group(1), field.group(2));
        }
        vectors.add(new Vector(fields));
      }
      return vectors;
    }
  }
}
