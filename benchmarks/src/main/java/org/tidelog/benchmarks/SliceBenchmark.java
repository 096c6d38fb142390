package org.tidelog.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.entry.SliceBuilder;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;

/**
 * Verifying one slice of a thousand entries of 256 bytes, from its bytes to its head's signature:
 * parsing, hashing every entry, the root over all ids, comparing it with the head's, verifying the
 * signature. Entries a second on one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 9, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx512m"})
public class SliceBenchmark {
  private static final int ENTRIES = 1000;
  private static final int PAYLOAD_BYTES = 256;
  private static final long TIME_MILLIS = 1_767_225_600_000L;

  private final Verifier verifier = Ed25519.verifier();
  private final byte[] bytes;
  private final Head head;

  /** Makes the slice: the first of its log. */
  public SliceBenchmark() {
    Signer signer = Ed25519.signer(new byte[Ed25519.SEED_BYTES]);
    IpnsName log = IpnsName.of(signer.publicKey());
    Slice slice = slice();
    List<Digest> ids = slice.ids(log, Digest.ZERO);
    bytes = slice.bytes();
    head =
        Head.sign(
            new Head.Statement(log, ENTRIES, ids.get(ENTRIES - 1), root(slice, ids), TIME_MILLIS),
            signer);
  }

  private static Slice slice() {
    Random random = new Random(1);
    SliceBuilder builder = new SliceBuilder(0);
    for (int i = 0; i < ENTRIES; i++) {
      byte[] payload = new byte[PAYLOAD_BYTES];
      random.nextBytes(payload);
      EntryKind kind = i == 0 ? EntryKind.GENESIS : EntryKind.DATA;
      builder.add(NewEntry.plain(kind, TIME_MILLIS + i * 1000L, payload));
    }
    return builder.build();
  }

  private static Digest root(Slice slice, List<Digest> ids) {
    Frontier frontier = Frontier.empty();
    frontier.appendRange(slice.end(), AlignedRoots.of(slice.first(), ids));
    return frontier.root();
  }

  /** All of it. */
  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public List<Digest> verify() throws MalformedException {
    Slice slice = Slice.parse(bytes);
    List<Digest> ids = slice.ids(head.statement().log(), Digest.ZERO);
    boolean good =
        ids.get(ids.size() - 1).equals(head.last())
            && root(slice, ids).equals(head.root())
            && head.verify(verifier);
    if (!good) throw new AssertionError("the slice verifies");
    return ids;
  }

  /** Parsing and hashing the entries alone. */
  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public List<Digest> ids() throws MalformedException {
    return Slice.parse(bytes).ids(head.statement().log(), Digest.ZERO);
  }

  /** The signature alone: once a slice, so a thousandth of it falls on each entry. */
  @Benchmark
  public boolean signature() {
    return head.verify(verifier);
  }
}
