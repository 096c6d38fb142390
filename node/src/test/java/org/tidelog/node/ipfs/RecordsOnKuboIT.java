package org.tidelog.node.ipfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.ipns.IpnsContent;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.node.cli.Cli;

/** Records of ours at two nodes that know each other, and records of theirs at ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RecordsOnKuboIT {
  private static final String EMPTY = "/ipfs/bafyqaama";

  /** Any block that the node need not have. */
  private static final String CID = "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua";

  @TempDir Path folder;
  private KuboNode near;
  private KuboNode far;
  private byte lastSeed;

  @BeforeAll
  void connectTwoNodes() throws Exception {
    near = KuboNode.started();
    far = KuboNode.started();
    near.connect(far);
  }

  @AfterAll
  void endTheNodes() throws Exception {
    if (near != null) near.close();
    if (far != null) far.close();
  }

  @Test
  void takesAPublishedRecordByTheCommandLine() throws Exception {
    Cli kim = new Cli(folder.resolve("kim"), folder.resolve("mirror"));
    kim.json("init", "--no-passphrase");
    kim.json("topic", "create", "trip");
    Path lines = Files.writeString(folder.resolve("lines"), "a line of some length\n".repeat(500));
    kim.json("import", "trip", lines.toString(), "--format", "lines");
    Cli.Result published = kim.json("publish");
    String name = published.text("name");
    Path file = folder.resolve("mirror/names/" + name);
    byte[] record = Files.readAllBytes(file);

    near.ipfs("name", "put", name, file.toString());

    assertSame(IpnsName.parse(name), record);
    assertThat(far.ipfs("name", "resolve", "--nocache", name))
        .isEqualTo("/ipfs/" + published.text("root"));
    assertThat(far.ipfs("name", "inspect", file.toString())).contains("Sequence");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_024, 9_800})
  void carriesFieldsOfOursThroughDelegatedRoutingAndTheDht(int bytes) throws Exception {
    Signer signer = nextSigner();
    IpnsName name = IpnsName.of(signer.publicKey());
    byte[] record = record(signer, 7, bytes).bytes();

    HttpResponse<byte[]> answer =
        Http.put(near.gateway(), "/routing/v1/ipns/" + name.text(), Http.RECORD_TYPE, record);

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertSame(name, record);
    assertThat(far.ipfs("name", "resolve", "--nocache", name.text())).isEqualTo(EMPTY);
  }

  @Test
  void saysYesToAnOlderRecordAndKeepsTheNewer() throws Exception {
    Signer signer = nextSigner();
    IpnsName name = IpnsName.of(signer.publicKey());
    byte[] newer = record(signer, 8, 100).bytes();
    byte[] older = record(signer, 7, 100).bytes();
    String path = "/routing/v1/ipns/" + name.text();
    Http.put(near.gateway(), path, Http.RECORD_TYPE, newer);

    HttpResponse<byte[]> answer = Http.put(near.gateway(), path, Http.RECORD_TYPE, older);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertSame(name, newer);
  }

  @Test
  void refusesARecordOfAnotherKey() throws Exception {
    Signer signer = nextSigner();
    IpnsName other = IpnsName.of(nextSigner().publicKey());
    byte[] record = record(signer, 1, 0).bytes();

    HttpResponse<byte[]> answer =
        Http.put(near.gateway(), "/routing/v1/ipns/" + other.text(), Http.RECORD_TYPE, record);

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--v1compat=true", "--v1compat=false"})
  void readsARecordOfTheirs(String compatibility) throws Exception {
    String key = "key" + compatibility.length();
    IpnsName name = IpnsName.parse(near.ipfs("key", "gen", "--type=ed25519", key));
    near.ipfs(
        "name",
        "publish",
        "--key=" + key,
        "--resolve=false",
        "--lifetime=24h",
        "--ttl=30s",
        compatibility,
        "/ipfs/" + CID);

    byte[] bytes = routed(far.gateway(), name);
    IpnsRecord record = IpnsRecord.parse(bytes);

    assertThat(record.verify(name, Ed25519.verifier())).isTrue();
    assertThat(record.verify(IpnsName.of(new byte[32]), Ed25519.verifier())).isFalse();
    assertThat(new String(record.content().value(), StandardCharsets.UTF_8))
        .isEqualTo("/ipfs/" + CID);
    assertThat(record.content().ttl()).isEqualTo(Duration.ofSeconds(30));
    assertThat(record.expired(Instant.now())).isFalse();
    assertThat(record.expired(Instant.now().plus(Duration.ofHours(25)))).isTrue();
    assertThat(record.bytes()).isEqualTo(bytes);
    // The first field: the value where version 1 is there too, else the signature of version 2.
    byte first = (byte) (compatibility.endsWith("true") ? 0x0a : 0x42);
    assertThat(bytes).startsWith(first);
  }

  private void assertSame(IpnsName name, byte[] record) throws Exception {
    for (KuboNode node : new KuboNode[] {near, far}) {
      assertThat(routed(node.gateway(), name)).isEqualTo(record);
      assertThat(node.bytes("name", "get", name.text()).out()).isEqualTo(record);
      HttpResponse<byte[]> answer =
          Http.get(node.gateway(), "/ipns/" + name.text() + "?format=ipns-record");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(record);
    }
  }

  private static byte[] routed(URI gateway, IpnsName name) throws Exception {
    HttpResponse<byte[]> answer = Http.get(gateway, "/routing/v1/ipns/" + name.text());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(Http.RECORD_TYPE);
    return answer.body();
  }

  private Signer nextSigner() {
    byte[] seed = new byte[Ed25519.SEED_BYTES];
    seed[0] = ++lastSeed;
    return Ed25519.signer(seed);
  }

  /** A record with a field of ours that long. */
  private static IpnsRecord record(Signer signer, long sequence, int extraBytes) {
    SortedMap<String, Cbor> extra = new TreeMap<>();
    if (extraBytes > 0) extra.put("_tidelog", new Cbor.Bytes(new byte[extraBytes]));
    Instant validity = Instant.parse("2100-01-01T00:00:00Z");
    return IpnsRecord.create(
        signer,
        new IpnsContent(
            EMPTY.getBytes(StandardCharsets.US_ASCII),
            sequence,
            validity,
            Duration.ofMinutes(5),
            extra));
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
