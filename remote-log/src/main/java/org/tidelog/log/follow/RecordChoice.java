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
  private final IpnsName name;
  private final Verifier verifier;
  private final List<Candidate> candidates = new ArrayList<>();

  RecordChoice(IpnsName name, Verifier verifier) {
    this.name = name;
    this.verifier = verifier;
  }

  record Candidate(IpnsRecord record, RemoteHead remote) {}

  /**
   * Takes a record if it verifies. The same bytes again, as several layers give them, cost nothing.
   */
  void offer(Follower.Sourced sourced, Consumer<Finding> refused) {
    if (candidates.stream().anyMatch(c -> Arrays.equals(c.record.bytes(), sourced.record())))
      return;
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
      candidates.add(new Candidate(record, remote));
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
      candidates.add(new Candidate(record, RemoteHead.parse(name, record)));
    } catch (MalformedException e) {
      // Only what was read this way is stored.
      throw new StoreException(
          StoreException.Cause.DAMAGED, "a stored record of " + name.text(), e);
    }
  }

  /** All that verify, the best first. */
  List<Candidate> ranked(long nowMillis) {
    Instant now = Instant.ofEpochMilli(nowMillis);
    List<Candidate> ranked = new ArrayList<>(candidates);
    ranked.sort(
        (a, b) -> {
          boolean aExpired = a.record.expired(now);
          boolean bExpired = b.record.expired(now);
          if (aExpired != bExpired) return aExpired ? 1 : -1;
          return IpnsRecord.compare(b.record, a.record);
        });
    return ranked;
  }
}
