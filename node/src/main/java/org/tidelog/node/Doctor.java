package org.tidelog.node;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.spi.StoredLog;

/**
 * Examines the home and each layer of the mirror, which are asked at a time, whether or not they
 * are to be left alone. Runs with the home's lock held.
 */
final class Doctor {
  private final Core core;

  Doctor(Core core) {
    this.core = core;
  }

  /** The logs of a topic. */
  List<DoctorCheck> run(String label) {
    Set<IpnsName> names = new LinkedHashSet<>();
    core.book
        .members(label)
        .forEach(
            (name, membership) -> {
              if (membership.isShown()) names.add(name);
            });
    core.topic(label).index().ifPresent(names::add);
    return run(new ArrayList<>(names));
  }

  List<DoctorCheck> run(List<IpnsName> names) {
    List<DoctorCheck> checks = new ArrayList<>(home());
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "tidelog-doctor");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<LayerExam> exams = new ArrayList<>();
      core.layers.all().forEach(layer -> exams.add(new LayerExam(core, layer, threads)));
      all(threads, exams, exam -> exam.ask(names));
      Map<IpnsName, LayerExam.Known> known = new LinkedHashMap<>();
      for (IpnsName name : names) {
        known.put(name, known(name, exams));
      }
      known.forEach((name, best) -> checks.addAll(entries(name, best)));
      if (names.isEmpty()) checks.addAll(unpublished());
      all(threads, exams, exam -> exam.judge(known));
      exams.forEach(exam -> checks.addAll(exam.checks()));
    } finally {
      threads.shutdownNow();
    }
    core.keepLedger();
    core.book.commit();
    return checks;
  }

  private interface Step {
    void run(LayerExam exam);
  }

  private static void all(ExecutorService threads, List<LayerExam> exams, Step step) {
    List<Future<Boolean>> steps = new ArrayList<>();
    for (LayerExam exam : exams) {
      steps.add(
          threads.submit(
              () -> {
                step.run(exam);
                return true;
              }));
    }
    steps.forEach(Layers::taken);
  }

  private List<DoctorCheck> home() {
    List<DoctorCheck> checks = new ArrayList<>();
    long began = System.nanoTime();
    int topics = core.book.topics().size();
    checks.add(
        DoctorCheck.good(
            DoctorCheck.HOME,
            "opens",
            millisSince(began),
            core.home.path() + ", topics: " + topics));
    if (core.clock().isConfirmed()) {
      checks.add(DoctorCheck.good(DoctorCheck.HOME, "clock", 0, "it is trusted"));
    } else {
      Instant trusted = Instant.ofEpochMilli(core.trustedMillis());
      checks.add(
          DoctorCheck.bad(
                  DoctorCheck.HOME,
                  "clock",
                  ErrorKind.INCOMPLETE,
                  0,
                  "it has moved by more than a day since " + trusted)
              .hinting("set it, or say that it is right: tidelog clock confirm"));
    }
    return checks;
  }

  static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  /** The best record of a log, here or in any layer, and the one that is here. */
  private LayerExam.Known known(IpnsName name, List<LayerExam> exams) {
    Optional<IpnsRecord> here = core.store.log(name).flatMap(StoredLog::record).map(Records::parse);
    Optional<IpnsRecord> best = here;
    for (LayerExam exam : exams) {
      Optional<IpnsRecord> there = exam.record(name);
      if (!there.isPresent()) continue;
      if (!best.isPresent() || IpnsRecord.compare(there.get(), best.get()) > 0) best = there;
    }
    return new LayerExam.Known(here, best, core.isOwn(name));
  }

  static long size(IpnsRecord record) {
    return record.content().sequence();
  }

  private long head(IpnsName name) {
    return core.store.log(name).flatMap(StoredLog::head).map(Head::size).orElse(0L);
  }

  /** What of a log is here, and what of one's own is nowhere else. */
  private List<DoctorCheck> entries(IpnsName name, LayerExam.Known known) {
    List<DoctorCheck> checks = new ArrayList<>();
    core.forks
        .problem(name)
        .ifPresent(
            fork ->
                checks.add(
                    DoctorCheck.bad(DoctorCheck.HOME, "author", fork.kind(), 0, fork.what())
                        .of(name)));
    if (known.own()) {
      checks.add(published(name));
      return checks;
    }
    long size = Math.max(head(name), known.best().map(Doctor::size).orElse(0L));
    SeqRanges held = core.store.log(name).map(StoredLog::held).orElse(SeqRanges.none());
    long missing = 0;
    for (SeqRange range : held.missingBelow(size).ranges()) {
      missing += range.length();
    }
    if (size > 0 && missing == 0) {
      checks.add(good(name, "all " + size + " entries that are known are here"));
    } else if (size > 0) {
      checks.add(
          bad(name, missing + " of " + size + " entries are not here")
              .hinting("tidelog fetch " + name.text()));
    } else {
      checks.add(
          bad(name, "nothing of it is here")
              .hinting("tidelog publish, on the device that writes it"));
    }
    return checks;
  }

  private static DoctorCheck good(IpnsName name, String what) {
    return DoctorCheck.good(DoctorCheck.HOME, "entries", 0, what).of(name);
  }

  private static DoctorCheck bad(IpnsName name, String what) {
    return DoctorCheck.bad(DoctorCheck.HOME, "entries", ErrorKind.INCOMPLETE, 0, what).of(name);
  }

  private DoctorCheck published(IpnsName name) {
    long size = head(name);
    long published =
        core.store.log(name).flatMap(StoredLog::record).map(Records::sequence).orElse(0L);
    if (published >= size) return good(name, "all " + size + " entries are published");
    return bad(name, (size - published) + " of " + size + " entries are not published yet")
        .hinting("tidelog publish");
  }

  private List<DoctorCheck> unpublished() {
    List<DoctorCheck> checks = new ArrayList<>();
    core.book
        .topics()
        .values()
        .forEach(topic -> topic.own().ifPresent(name -> checks.add(published(name))));
    return checks;
  }
}
