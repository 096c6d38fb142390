package org.tidelog.log.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.log.TestLogs;
import org.tidelog.log.TestMirror;
import org.tidelog.log.control.Deletion;
import org.tidelog.log.control.Genesis;
import org.tidelog.log.control.GenesisStatement;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.follow.Finding;
import org.tidelog.log.follow.FollowOutcome;
import org.tidelog.log.linked.LinkedContent;
import org.tidelog.log.linked.LinkedWalk;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.merkle.RangeProof;
import org.tidelog.log.read.AliasTable;

/**
 * What the specification says MUST be refused, made by another implementation, is refused; control
 * entries that it made are read.
 */
final class RefusedVectorsTest {
  private static final String BLOCK = "block ";

  @ParameterizedTest
  @MethodSource("vectors")
  void refuses(Vector vector) throws IOException {
    assertThat(accepts(vector)).isFalse();
  }

  private static boolean accepts(Vector v) throws IOException {
    try {
      return switch (v.text("what")) {
        case "slice" -> Slice.parse(v.bytes("bytes")) != null;
        case "head" -> acceptsHead(v);
        case "proof" -> acceptsProof(v);
        case "genesis" -> acceptsGenesis(v);
        case "aliases" -> acceptsAliases(v);
        case "deletion" -> Deletion.parse(v.bytes("payload")) != null;
        case "mirror" -> acceptsMirror(v);
        case "linked" -> acceptsLinked(v);
        default -> throw new AssertionError("what: " + v.text("what"));
      };
    } catch (MalformedException e) {
      return false;
    }
  }

  private static boolean acceptsHead(Vector v) throws MalformedException {
    // What carries a head checks its time before it is one.
    if (v.number("time") > Limits.TIME_MILLIS_MAX) return false;
    Head.Statement statement =
        new Head.Statement(
            IpnsName.of(v.bytes("log")),
            v.number("size"),
            Digest.parse(v.bytes("last")),
            Digest.parse(v.bytes("root")),
            v.number("time"));
    return Head.claimed(statement, v.bytes("signature")).verify(TestLogs.VERIFIER);
  }

  private static boolean acceptsProof(Vector v) throws MalformedException {
    ByteReader in = new ByteReader(v.bytes("proof"));
    RangeProof proof = RangeProof.read(v.number("from"), v.number("to"), v.number("size"), in);
    in.end();
    ByteReader hashes = new ByteReader(v.bytes("roots"));
    List<Digest> roots = new ArrayList<>();
    while (hashes.remaining() > 0) {
      roots.add(hashes.digest());
    }
    return proof.rootWith(roots).equals(Digest.parse(v.bytes("root")));
  }

  private static boolean acceptsGenesis(Vector v) throws MalformedException {
    return statement(v).isPresent();
  }

  /** What a genesis says, if its device has signed it. */
  private static Optional<GenesisStatement> statement(Vector v) throws MalformedException {
    IpnsName log = IpnsName.of(v.bytes("log"));
    Genesis genesis = Genesis.parse(v.bytes("payload"));
    Digest topic = genesis.open() ? genesis.topic() : Digest.parse(v.bytes("topicId"));
    Optional<GenesisStatement> statement =
        genesis.open()
            ? genesis.statementIn(topic)
            : genesis.statementIn(topic, EpochKey.of(v.bytes("epochKey")), log);
    return statement.filter(says -> says.verify(log, topic, TestLogs.VERIFIER));
  }

  private static boolean acceptsAliases(Vector v) throws MalformedException {
    return v.text("payloads").split(" ", -1).length == aliases(v).size();
  }

  /** The keys that each of the entries bound, as far as they did. */
  private static List<String> aliases(Vector v) throws MalformedException {
    AliasTable table = new AliasTable(IpnsName.of(v.bytes("log")));
    List<String> bound = new ArrayList<>();
    for (String payload : v.text("payloads").split(" ", -1)) {
      if (!table.bind(Hex.decode(payload)).isPresent()) bound.add(payload);
    }
    return bound;
  }

  @ParameterizedTest
  @MethodSource("controlPayloads")
  void reads(Vector v) throws Exception {
    switch (v.text("what")) {
      case "genesis" -> {
        GenesisStatement says = statement(v).orElseThrow();
        assertThat(says.purpose().code()).isEqualTo((int) v.number("purpose"));
        assertThat(says.displayName()).isEqualTo(v.text("displayName"));
        assertThat(says.incarnation()).isEqualTo(v.bytes("incarnation"));
        assertThat(says.deviceKey()).isEqualTo(v.bytes("device"));
        assertThat(says.recoveryKeyHash()).isEqualTo(Digest.parse(v.bytes("recovery")));
      }
      case "aliases" -> assertThat(String.join(" ", aliases(v))).isEqualTo(v.text("payloads"));
      case "deletion" -> {
        List<String> ranges = new ArrayList<>();
        Deletion.parse(v.bytes("payload"))
            .ranges()
            .forEach(range -> ranges.add(range.from() + "-" + range.to()));
        assertThat(String.join(" ", ranges)).isEqualTo(v.text("ranges"));
      }
      case "linked" -> assertThat(acceptsLinked(v)).isTrue();
      default -> throw new AssertionError("what: " + v.text("what"));
    }
  }

  /** Whether a reader gets the log whole and finds nothing wrong. */
  private static boolean acceptsMirror(Vector v) throws MalformedException {
    TestMirror mirror = new TestMirror();
    IpnsName log = IpnsName.parse(v.text("log"));
    mirror.names.put(log, v.bytes("record"));
    for (Map.Entry<Cid, byte[]> block : v.blocks().entrySet()) {
      mirror.blocks.put(block.getKey(), block.getValue());
    }
    FollowOutcome outcome;
    try {
      outcome = mirror.follow(log, new MemoryLogStore(), Long.MAX_VALUE / 2, TestLogs.NOW);
    } catch (java.io.UncheckedIOException e) {
      return false; // A block that is longer than was said.
    }
    assertThat(outcome.findings())
        .extracting(Finding::kind)
        .doesNotContain(Finding.Kind.MISSING_BLOCK, Finding.Kind.NO_RECORD);
    boolean whole = outcome.head().isPresent() && outcome.missing().isEmpty();
    assertThat(whole).isEqualTo(outcome.findings().isEmpty());
    return whole;
  }

  private static boolean acceptsLinked(Vector v) throws IOException, MalformedException {
    Map<Cid, byte[]> blocks = v.blocks();
    LinkedWalk walk =
        new LinkedWalk(
            LinkedContent.parse(v.bytes("content")),
            cid -> Objects.requireNonNull(blocks.get(cid), cid.text()));
    while (walk.next().isPresent()) {
      // Each chunk is checked as it comes.
    }
    return true;
  }

  private record Vector(Map<String, String> fields) {
    String text(String name) {
      return Objects.requireNonNull(fields.get(name), name);
    }

    long number(String name) {
      return Long.parseLong(text(name));
    }

    byte[] bytes(String name) throws MalformedException {
      return Hex.decode(text(name));
    }

    Map<Cid, byte[]> blocks() throws MalformedException {
      Map<Cid, byte[]> blocks = new LinkedHashMap<>();
      for (String name : fields.keySet()) {
        if (!name.startsWith(BLOCK)) continue;
        blocks.put(Cid.parse(name.substring(BLOCK.length())), bytes(name));
      }
      return blocks;
    }

    @Override
    public String toString() {
      return text("what") + ": " + text("name") + " (" + text("breaks") + ")";
    }
  }

  static List<Vector> vectors() throws IOException {
    List<Vector> vectors = load("/vectors/log-refused.json");
    assertThat(vectors).hasSizeGreaterThan(80);
    return vectors;
  }

  static List<Vector> controlPayloads() throws IOException {
    return load("/vectors/log-control.json");
  }

  private static List<Vector> load(String file) throws IOException {
    return VectorFile.read(file).stream().map(Vector::new).toList();
  }
}
