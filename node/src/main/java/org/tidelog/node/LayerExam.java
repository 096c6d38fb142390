package org.tidelog.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.follow.Finding;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.page.IndexChild;
import org.tidelog.log.page.IndexNode;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.node.folder.IoReason;
import org.tidelog.node.ipfs.Probe;
import org.tidelog.node.ipfs.RefusedException;
import org.tidelog.node.ipfs.WrongBytesException;

/**
 * What one layer of the mirror is found to be like. First it is asked for records, then, when the
 * best of all layers are known, judged. Owned by one thread at a time, and asks by another one, so
 * that no answer is waited for longer than it may take.
 */
final class LayerExam {
  /** A network may look for a name or a block for longer; nobody waits for it. */
  private static final long CHECK_SECONDS_MAX = 10;

  private static final int ROOT_BYTES_MAX = 1 << 20;

  private final Core core;
  private final Layer layer;
  private final ExecutorService threads;
  private final LayerStatus before;
  private final Instant now;
  private final List<DoctorCheck> checks = new ArrayList<>();
  private final Map<IpnsName, Answer<Optional<byte[]>>> records = new HashMap<>();
  private final Map<IpnsName, IpnsRecord> verified = new HashMap<>();
  private boolean answers;

  /**
   * What is known of a log.
   *
   * @param here the record in this home
   * @param best the best record of this home and all layers
   * @param own whether this device writes it
   */
  record Known(Optional<IpnsRecord> here, Optional<IpnsRecord> best, boolean own) {}

  private record Answer<T>(@Nullable T value, @Nullable IOException failure, long millis) {}

  /** Called with the home's lock held. */
  LayerExam(Core core, Layer layer, ExecutorService threads) {
    this.core = core;
    this.layer = layer;
    this.threads = threads;
    this.before = core.layers.ledger().of(layer.name());
    this.now = Instant.ofEpochMilli(core.clock().latestMillis());
  }

  List<DoctorCheck> checks() {
    return checks;
  }

  /** The record that the layer has, if it verifies. */
  Optional<IpnsRecord> record(IpnsName name) {
    return Optional.ofNullable(verified.get(name));
  }

  private <T> Answer<T> timed(Callable<T> work) {
    long began = System.nanoTime();
    Future<T> answer = threads.submit(work);
    try {
      T value = answer.get(CHECK_SECONDS_MAX, TimeUnit.SECONDS);
      if (layer.remote()) {
        core.layers.ledger().succeeded(layer.name(), 0, 0, System.nanoTime() - began);
      }
      return new Answer<>(value, null, Doctor.millisSince(began));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        return new Answer<>(null, failure, Doctor.millisSince(began));
      }
      if (e.getCause() instanceof RuntimeException failure) throw failure;
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      IOException late = new IOException("no answer within " + CHECK_SECONDS_MAX + " s");
      return new Answer<>(null, late, Doctor.millisSince(began));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a layer was asked", e);
    }
  }

  private DoctorCheck good(String check, long millis, String what) {
    return DoctorCheck.good(layer.name(), check, millis, what);
  }

  private DoctorCheck bad(String check, ErrorKind kind, long millis, String what) {
    return DoctorCheck.bad(layer.name(), check, kind, millis, what);
  }

  /** Whether it answers at all, and what it has under some names. */
  void ask(List<IpnsName> names) {
    Answer<Probe.Answer> probe = timed(this::probe);
    answers = probe.value() != null;
    if (probe.value() != null) {
      DoctorCheck well = good(DoctorCheck.ANSWERS, probe.millis(), probe.value().what());
      checks.add(probe.value().hint().map(well::hinting).orElse(well));
    } else if (probe.failure() != null) {
      checks.add(
          bad(
                  DoctorCheck.ANSWERS,
                  ErrorKind.UNREACHABLE,
                  probe.millis(),
                  IoReason.of(probe.failure()))
              .hinting(remedy(probe.failure())));
    }
    history();
    if (!answers || !layer.names().isPresent()) return;
    for (IpnsName name : names) {
      Answer<Optional<byte[]>> record = timed(() -> layer.names().get().get(name));
      records.put(name, record);
      Optional<byte[]> bytes = record.value() == null ? Optional.empty() : record.value();
      if (bytes.isPresent() && !problem(name, bytes.get()).isPresent()) {
        verified.put(name, Records.parse(bytes.get()));
      }
    }
  }

  private Optional<Finding> problem(IpnsName name, byte[] record) {
    return Follower.problem(name, new Follower.Sourced(layer.name(), record), core.verifier);
  }

  private Probe.Answer probe() throws IOException {
    if (layer.blocks().isPresent() && layer.blocks().get() instanceof Probe blocks) {
      return blocks.probe();
    }
    if (layer.names().isPresent() && layer.names().get() instanceof Probe names) {
      return names.probe();
    }
    if (layer.pins().isPresent() && layer.pins().get() instanceof Probe pins) return pins.probe();
    return folder(Paths.get(layer.name()));
  }

  private static Probe.Answer folder(Path path) throws IOException {
    if (!Files.exists(path)) throw new IOException("it is not there");
    if (!Files.isDirectory(path)) throw new IOException("it is not a folder");
    if (!Files.isReadable(path)) throw new IOException("it may not be read");
    if (!Files.isWritable(path)) throw new IOException("it may not be written to");
    return new Probe.Answer("a folder that may be read and written to", Optional.empty());
  }

  private String remedy(IOException failure) {
    String name = layer.name();
    if (failure instanceof RefusedException) {
      return "write '" + name + " = bearer:TOKEN' into the home's file tokens";
    }
    if (!layer.remote()) {
      boolean absent = !Files.exists(Paths.get(name));
      return absent
          ? "mount it if it is a disk; else 'tidelog publish' makes it"
          : "give yourself the right to use it, or name another with --mirror";
    }
    return name.startsWith("kubo:")
        ? "start it with 'ipfs daemon', and compare the URL with 'ipfs config Addresses.API'"
        : "look at the network, and whether the URL is right";
  }

  /** How it has fared before, where it has ever failed. */
  private void history() {
    if (before.failures() == 0) return;
    long requests = before.requests() + before.failures();
    String what =
        before.failures()
            + " of "
            + requests
            + " requests failed, the last at "
            + Instant.ofEpochMilli(before.lastFailureMillis())
            + ": "
            + before.lastFailure();
    Instant quietUntil = Instant.ofEpochMilli(before.quietUntilMillis());
    if (now.isBefore(quietUntil)) {
      checks.add(
          bad("history", ErrorKind.UNREACHABLE, 0, what)
              .hinting("wait: it asked to be left alone until " + quietUntil));
    } else {
      checks.add(good("history", 0, what));
    }
  }

  /** What it has of logs, beside what is known of them. */
  void judge(Map<IpnsName, Known> logs) {
    if (!answers) return;
    logs.forEach(
        (name, known) -> {
          if (layer.names().isPresent()) checks.add(recordCheck(name, known).of(name));
          if (layer.blocks().isPresent()) blockChecks(name, known);
        });
  }

  private DoctorCheck recordCheck(IpnsName name, Known known) {
    Answer<Optional<byte[]>> answer = records.get(name);
    if (answer == null) throw new IllegalStateException("not asked for " + name.text());
    long millis = answer.millis();
    if (answer.failure() != null) {
      return bad("record", ErrorKind.UNREACHABLE, millis, IoReason.of(answer.failure()))
          .hinting(putHint(name, known));
    }
    Optional<byte[]> bytes = answer.value() == null ? Optional.empty() : answer.value();
    if (!bytes.isPresent()) {
      return bad("record", ErrorKind.INCOMPLETE, millis, "it has none")
          .hinting(putHint(name, known));
    }
    Optional<Finding> problem = problem(name, bytes.get());
    if (problem.isPresent()) {
      return bad("record", ErrorKind.BAD_RECORD, millis, problem.get().what())
          .hinting(putHint(name, known));
    }
    return judged(name, known, millis);
  }

  /** What may bring a record, or a newer one, to this layer. */
  private String putHint(IpnsName name, Known known) {
    if (!layer.takes()) return "wait a minute: it finds what others on its network have";
    if (known.own()) return "tidelog publish";
    return known.here().isPresent()
        ? "tidelog republish " + name.text()
        : "tidelog publish, on the device that writes it";
  }

  private DoctorCheck judged(IpnsName name, Known known, long millis) {
    IpnsRecord there = Records.parse(record(name).orElseThrow(AssertionError::new).bytes());
    IpnsRecord best = known.best().orElse(there);
    String what =
        "of " + Doctor.size(there) + " entries, valid until " + there.content().validity();
    if (IpnsRecord.compare(there, best) < 0) {
      return bad("record", ErrorKind.INCOMPLETE, millis, what + "; another one is newer")
          .hinting(putHint(name, known));
    }
    if (there.expired(now)) {
      return bad("record", ErrorKind.INCOMPLETE, millis, what + ": that is past")
          .hinting(known.own() ? "tidelog publish" : "tidelog publish, on the author's device");
    }
    boolean newer = !known.here().isPresent() || IpnsRecord.compare(there, known.here().get()) > 0;
    if (newer && known.own()) {
      return bad("record", ErrorKind.BAD_HEAD, millis, what + ", which this home did not publish")
          .hinting("tidelog publish: this home was copied or rolled back, and begins anew then");
    }
    DoctorCheck well = good("record", millis, what);
    return newer ? well.hinting("tidelog fetch " + name.text()) : well;
  }

  /** The index, and the way from it to the newest page. */
  private void blockChecks(IpnsName name, Known known) {
    Optional<IpnsRecord> record = record(name).isPresent() ? record(name) : known.best();
    if (!record.isPresent()) return;
    RemoteHead remote = Records.head(name, record.get().bytes());
    if (!remote.index().isPresent()) return;
    Cid index = remote.index().get();
    Answer<byte[]> root = timed(() -> block(index, ROOT_BYTES_MAX));
    if (root.value() == null) {
      checks.add(absent("index", index, root, known).of(name));
      return;
    }
    try {
      IndexRoot parsed = IndexRoot.parse(root.value());
      Optional<String> problem = parsed.problem(name, remote, core.verifier);
      if (problem.isPresent()) throw new MalformedException(problem.get());
      checks.add(good("index", root.millis(), index.text()).of(name));
      newestPage(name, known, parsed.children());
    } catch (MalformedException e) {
      String what = index.text() + ": " + e.getMessage();
      checks.add(bad("index", ErrorKind.BAD_INDEX, root.millis(), what).of(name));
    }
  }

  private void newestPage(IpnsName name, Known known, List<IndexChild> children)
      throws MalformedException {
    IndexChild child = children.get(children.size() - 1);
    long millis = 0;
    while (true) {
      IndexChild wanted = child;
      Answer<byte[]> block = timed(() -> block(wanted.cid(), wanted.bytes()));
      millis += block.millis();
      if (block.value() == null) {
        checks.add(absent("page", child.cid(), block, known).of(name));
        return;
      }
      if (child.level() == 0) break;
      List<IndexChild> below = IndexNode.parse(block.value(), child).children();
      child = below.get(below.size() - 1);
    }
    String what = child.cid().text() + ", the newest";
    checks.add(good("page", millis, what).of(name));
  }

  private byte[] block(Cid cid, int bytesMax) throws IOException {
    Optional<byte[]> block = layer.blocks().get().get(cid, bytesMax);
    if (!block.isPresent()) throw new IOException("it is not there");
    if (!cid.matches(block.get())) throw new WrongBytesException(cid);
    return block.get();
  }

  private DoctorCheck absent(String check, Cid cid, Answer<byte[]> answer, Known known) {
    IOException why = answer.failure() == null ? new IOException("no answer") : answer.failure();
    boolean wrong = why instanceof WrongBytesException;
    ErrorKind kind = wrong ? ErrorKind.BAD_BLOCK : ErrorKind.INCOMPLETE;
    return bad(check, kind, answer.millis(), cid.text() + ": " + IoReason.of(why))
        .hinting(
            known.own() && layer.takes()
                ? "tidelog publish --check"
                : "tidelog publish --check, on the device that writes it");
  }
}
