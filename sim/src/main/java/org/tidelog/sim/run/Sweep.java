package org.tidelog.sim.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tidelog.sim.scenario.Combination;
import org.tidelog.sim.scenario.ScenarioException;
import org.tidelog.sim.scenario.StrategyKind;
import org.tidelog.sim.scenario.Suite;

/** All runs of some scenarios, each in one thread and several at a time, into one folder. */
public final class Sweep {
  private final List<Job> jobs;
  private final Path folder;
  private final String version = Version.text();

  /** Who wants to know how far it has come. */
  @FunctionalInterface
  public interface Progress {
    void at(int done, int total);
  }

  private Sweep(List<Job> jobs, Path folder) {
    this.jobs = jobs;
    this.folder = folder;
  }

  /** {@code seed} instead of the scenarios' own, if given. */
  public static Sweep of(List<Suite> suites, OptionalLong seed, Path folder)
      throws ScenarioException {
    List<Job> jobs = new ArrayList<>();
    for (Suite suite : suites) {
      for (Combination combination : suite.combinations()) {
        long chosen = seed.orElse(combination.scenario().seed());
        for (StrategyKind strategy : combination.scenario().strategies()) {
          for (int i = 0; i < combination.scenario().replicates(); i++) {
            jobs.add(new Job(combination, strategy, chosen, i));
          }
        }
      }
    }
    return new Sweep(jobs, folder);
  }

  /**
   * Makes the runs that the folder does not have yet, and writes its files. What comes out does not
   * depend on {@code threads}.
   */
  public List<Row> run(int threads, Progress progress) throws IOException, InterruptedException {
    Journal journal = Journal.open(folder);
    List<Job> missing =
        jobs.stream().filter(job -> journal.sample(job.key(version)).isEmpty()).toList();
    int done = jobs.size() - missing.size();
    progress.at(done, jobs.size());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      ExecutorCompletionService<Job> running = new ExecutorCompletionService<>(pool);
      for (Job job : missing) {
        running.submit(
            () -> {
              journal.add(job.key(version), Simulation.run(job));
              return job;
            });
      }
      for (int i = 0; i < missing.size(); i++) {
        finished(running.take());
        progress.at(++done, jobs.size());
      }
    } finally {
      pool.shutdownNow();
    }
    journal.write(jobs.stream().map(job -> job.key(version)).distinct().toList());
    List<Row> rows = rows(journal);
    ResultFiles.write(folder, version, rows);
    return rows;
  }

  /** Runs the first combination of each scenario again and notes one message's way. */
  public void trace(int message) throws IOException {
    TraceFile file = new TraceFile();
    Set<String> seen = new HashSet<>();
    for (Job job : jobs) {
      if (seen.add(job.combination().scenario().name() + " " + job.strategy().word())) {
        Simulation.run(job, message, step -> file.note(job, step));
      }
    }
    file.write(folder);
  }

  private static void finished(Future<Job> job) throws IOException, InterruptedException {
    try {
      job.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw new IOException(io.getMessage(), io);
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private List<Row> rows(Journal journal) {
    Map<String, List<Job>> groups = new LinkedHashMap<>();
    for (Job job : jobs) {
      String group = new Job(job.combination(), job.strategy(), job.seed(), 0).key(version);
      groups
          .computeIfAbsent(job.combination().scenario().name() + group, unused -> new ArrayList<>())
          .add(job);
    }
    List<Row> rows = new ArrayList<>();
    for (List<Job> group : groups.values()) {
      Job first = group.get(0);
      List<Sample> samples =
          group.stream().map(job -> journal.sample(job.key(version)).orElseThrow()).toList();
      rows.add(new Row(first.combination(), first.strategy(), first.seed(), samples));
    }
    return rows;
  }
}
