package org.tidelog.log.follow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.StoreException;

/**
 * Keeps the best of the records that verify: one that is not expired before one that is, then as
 * IPNS orders them.
 */
final class RecordChoice {
  /** A head further ahead than this says nothing of how fresh it is. */
  private static final long AHEAD_MILLIS_MAX = 24L * 60 * 60 * 1000;

  private final IpnsName name;
  private final Verifier verifier;
  private final List<Candidate> candidates = new ArrayList<>();

  RecordChoice(IpnsName name, Verifier verifier) {
    this.name = name;
    this.verifier = verifier;
  }

  /**
   * What may be followed.
   *
   * @param record empty where an index root came alone
   */
  record Candidate(Optional<IpnsRecord> record, RemoteHead remote) {
    private boolean is(byte[] bytes) {
      return record.isPresent() && Arrays.equals(record.get().bytes(), bytes);
    }

    private boolean isExpired(Instant now) {
      return record.isPresent() && record.get().expired(now);
    }

    private static int better(Candidate a, Candidate b) {
      return IpnsRecord.compare(b.record.get(), a.record.get());
    }
  }

  /**
   * Takes a record if it verifies. The same bytes again, as several layers give them, cost nothing.
   */
  void offer(Follower.Sourced sourced, Consumer<Finding> refused) {
    if (candidates.stream().anyMatch(c -> c.is(sourced.record()))) return;
    try {
      IpnsRecord record = IpnsRecord.parse(sourced.record());
      if (!record.verify(name, verifier)) {
        refused.accept(bad(sourced, "its signature does not verify"));
        return;
      }
      RemoteHead remote = RemoteHead.parse(name, record);
      Optional<String> problem = remote.problem(verifier);
      if (problem.isPresent()) {
        refused.accept(
            new Finding(
                Finding.Kind.BAD_HEAD, problem.get(), name.text() + " in " + sourced.layer()));
        return;
      }
      candidates.add(new Candidate(Optional.of(record), remote));
    } catch (MalformedException e) {
      refused.accept(bad(sourced, e.getMessage()));
    }
  }

  private Finding bad(Follower.Sourced sourced, String what) {
    return new Finding(Finding.Kind.BAD_RECORD, what, name.text() + " in " + sourced.layer());
  }

  /** A record that was verified before. */
  void known(byte[] bytes) {
    try {
      IpnsRecord record = IpnsRecord.parse(bytes);
      candidates.add(new Candidate(Optional.of(record), RemoteHead.parse(name, record)));
    } catch (MalformedException e) {
      // Only what was read this way is stored.
      throw new StoreException(
          StoreException.Cause.DAMAGED, "a stored record of " + name.text(), e);
    }
  }

  /**
   * All that verify, the best first. A record from the future is neither fresh nor expired: it
   * comes first only where it has more entries than the best of the others.
   */
  List<Candidate> ranked(long nowMillis) {
    Instant now = Instant.ofEpochMilli(nowMillis);
    List<Candidate> present = new ArrayList<>();
    List<Candidate> future = new ArrayList<>();
    for (Candidate candidate : candidates) {
      boolean ahead = candidate.remote.head().timeMillis() > nowMillis + AHEAD_MILLIS_MAX;
      (ahead ? future : present).add(candidate);
    }
    present.sort(
        (a, b) -> {
          boolean aExpired = a.isExpired(now);
          boolean bExpired = b.isExpired(now);
          if (aExpired != bExpired) return aExpired ? 1 : -1;
          return Candidate.better(a, b);
        });
    future.sort(Candidate::better);
    long best = present.isEmpty() ? 0 : present.get(0).remote.head().size();
    List<Candidate> ranked = new ArrayList<>();
    future.stream().filter(c -> c.remote.head().size() > best).forEach(ranked::add);
    ranked.addAll(present);
    future.stream().filter(c -> c.remote.head().size() <= best).forEach(ranked::add);
    return ranked;
  }
}
