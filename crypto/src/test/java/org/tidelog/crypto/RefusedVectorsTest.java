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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.keystore.KeyStoreFile;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.phrase.RecoveryPhrase;
import org.tidelog.crypto.seal.BlockSealer;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.crypto.seal.LogSealer;

/** What the specification says MUST be refused, made by another implementation, is refused. */
final class RefusedVectorsTest {
  private static final Pattern OBJECT = Pattern.compile("\\{([^}]*)}");
  private static final Pattern FIELD = Pattern.compile("\"([^\"]+)\": \"([^\"]*)\"");

  @ParameterizedTest
  @MethodSource("vectors")
  void refuses(Vector vector) {
    assertThat(accepts(vector)).isFalse();
  }

  private static boolean accepts(Vector v) {
    try {
      return switch (v.text("what")) {
        case "cbor" -> DagCbor.decode(v.bytes("bytes")) != null;
        case "cid" -> Cid.parse(v.bytes("bytes")) != null;
        case "name" -> IpnsName.parse(v.text("text")) != null;
        case "signature" ->
            Ed25519.verifier().verify(v.bytes("key"), v.bytes("message"), v.bytes("signature"));
        case "ipns-record" ->
            IpnsRecord.parse(v.bytes("bytes"))
                .verify(IpnsName.parse(v.text("log")), Ed25519.verifier());
        case "sealed-payload" ->
            new LogSealer(EpochKey.of(v.bytes("epochKey")), IpnsName.of(v.bytes("logKey")))
                .open(Long.parseLong(v.text("seq")), v.bytes("sealed"))
                .isPresent();
        case "sealed-block" ->
            new BlockSealer(v.bytes("key"))
                .open(
                    Long.parseLong(v.text("index")),
                    Boolean.parseBoolean(v.text("last")),
                    v.bytes("sealed"))
                .isPresent();
        case "key-store" -> KeyStoreFile.parse(v.bytes("file")) != null;
        case "recovery-phrase" -> RecoveryPhrase.parse(v.text("text")) != null;
        case "epoch-commitment" ->
            EpochKey.of(v.bytes("epochKey"))
                .commitment(IpnsName.of(v.bytes("logKey")), v.bytes("topicId"))
                .hex()
                .equals(v.text("commitment"));
        default -> throw new AssertionError("what: " + v.text("what"));
      };
    } catch (MalformedException e) {
      return false;
    }
  }

  private record Vector(Map<String, String> fields) {
    String text(String name) {
      return Objects.requireNonNull(fields.get(name), name);
    }

    byte[] bytes(String name) throws MalformedException {
      return Hex.decode(text(name));
    }

    @Override
    public String toString() {
      return text("what") + ": " + text("name") + " (" + text("breaks") + ")";
    }
  }

  static List<Vector> vectors() throws IOException {
    List<Vector> vectors = new ArrayList<>();
    try (InputStream in = RefusedVectorsTest.class.getResourceAsStream(PATH)) {
      Matcher objects =
          OBJECT.matcher(
              new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
      while (objects.find()) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(objects.group(1));
        while (field.find()) {
          fields.putIfAbsent(field.group(1), field.group(2));
        }
        vectors.add(new Vector(fields));
      }
    }
    assertThat(vectors).hasSizeGreaterThan(50);
    return vectors;
  }

  private static final String PATH = "/vectors/crypto-refused.json";
}
