package org.tidelog.replicator.conversation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.log.control.Aliases;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.ParentRef;
import org.tidelog.log.read.LogEntry;

/**
 * Turns what an application appends to a topic into entries of this device's log: salted, sealed,
 * with the parents it has seen. Keeps nothing: what it used up of the frontier, and the numbers it
 * bound, are the caller's to remember with the entries. Owned by one thread.
 */
public final class Composer {
  private final Optional<GroupSealer> sealer;
  private final Entropy entropy;

  /**
   * @param key what payloads are sealed with; empty in an open topic
   */
  public Composer(IpnsName log, Optional<EpochKey> key, Entropy entropy) {
    this.sealer = key.map(secret -> new GroupSealer(secret, log));
    this.entropy = entropy;
  }

  /**
   * Entries ready to be signed.
   *
   * @param offsets where each pending payload lies among them, from the group's first entry
   * @param bound the numbers that names have with these entries
   */
  public record Batch(List<NewEntry> entries, List<Integer> offsets, Bound bound) {
    public Batch {
      entries = List.copyOf(entries);
      offsets = List.copyOf(offsets);
    }
  }

  /** One group in the making. */
  private final class Group {
    final long first;
    final long expiryFromMillis;
    final List<NewEntry> entries = new ArrayList<>();
    final List<Integer> offsets = new ArrayList<>();
    Bound bound;

    Group(long first, long expiryFromMillis, Bound bound) {
      this.first = first;
      this.expiryFromMillis = expiryFromMillis;
      this.bound = bound;
    }

    void add(Pending payload, List<ParentRef> parents) {
      offsets.add(entries.size());
      entries.add(entry(payload, parents, expiryFromMillis));
    }

    /** The parents by their numbers; an alias entry comes before where one has none yet. */
    List<ParentRef> refs(List<LogEntry.Parent> parents, long timeMillis) {
      List<IpnsName> fresh = new ArrayList<>();
      for (LogEntry.Parent parent : parents) {
        if (!bound.names().contains(parent.log())) fresh.add(parent.log());
      }
      if (!fresh.isEmpty()) {
        Pending alias = Pending.of(EntryKind.ALIAS, Aliases.encode(fresh), timeMillis);
        entries.add(entry(alias, List.of(), expiryFromMillis));
        bound = bound.with(fresh, first + entries.size());
      }
      List<ParentRef> refs = new ArrayList<>();
      for (LogEntry.Parent parent : parents) {
        refs.add(new ParentRef(bound.names().indexOf(parent.log()), parent.seq()));
      }
      return refs;
    }
  }

  /**
   * The entries for these payloads.
   *
   * @param first the position of the first of them
   * @param frontier what was seen and not named yet; what the entries name is taken from it
   * @param bound the numbers that names have
   * @param expiryFromMillis payloads live from their time on, and not from before this one: by a
   *     clock that jumped back they would have expired for everybody else already
   */
  public Batch compose(
      List<Pending> payloads,
      long first,
      SeenFrontier frontier,
      Bound bound,
      long expiryFromMillis) {
    Group group = new Group(first, expiryFromMillis, bound);
    for (Pending payload : payloads) {
      List<ParentRef> parents =
          frontier.isEmpty() ? List.of() : group.refs(frontier.take(), payload.timeMillis());
      group.add(payload, parents);
    }
    List<NewEntry> sealed = sealer.map(s -> s.seal(group.entries, first)).orElse(group.entries);
    return new Batch(sealed, group.offsets, group.bound);
  }

  private NewEntry entry(Pending payload, List<ParentRef> parents, long expiryFromMillis) {
    boolean expiring = payload.timeToLive().isPresent();
    boolean salted = expiring || payload.deletable();
    byte[] plain = salted ? salted(payload.plain()) : payload.plain();
    int flags = payload.flags() | (salted ? Flags.SALTED : 0) | (expiring ? Flags.EXPIRING : 0);
    long from = Math.max(payload.timeMillis(), expiryFromMillis);
    long expiry = payload.timeToLive().map(after -> expiry(from, after)).orElse(0L);
    return new NewEntry(payload.kind(), payload.timeMillis(), flags, expiry, parents, plain);
  }

  /** What lives longer than times go lives as long as they go. */
  private static long expiry(long timeMillis, Duration after) {
    long room = Limits.TIME_MILLIS_MAX - timeMillis;
    return after.compareTo(Duration.ofMillis(room)) < 0
        ? timeMillis + after.toMillis()
        : Limits.TIME_MILLIS_MAX;
  }

  private byte[] salted(byte[] plain) {
    byte[] salt = entropy.bytes(Flags.SALT_BYTES);
    byte[] all = Arrays.copyOf(salt, salt.length + plain.length);
    System.arraycopy(plain, 0, all, salt.length, plain.length);
    return all;
  }
}
