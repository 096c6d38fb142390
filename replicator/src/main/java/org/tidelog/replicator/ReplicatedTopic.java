package org.tidelog.replicator;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.sync.FindKey;
import org.tidelog.log.sync.LogSet;
import org.tidelog.log.sync.SyncTopic;
import org.tidelog.log.sync.Wish;

/**
 * A topic as this device replicates it: what is held of it, which logs are its own, and which
 * devices are known to be in it. Mutable, owned by the replicator's thread.
 */
public final class ReplicatedTopic implements SyncTopic {
  private final Digest id;
  private final List<FindKey> findKeys;
  private final LogSet logs;
  private final Admission admission;

  /** Logs of this device, with their sizes. */
  private final SortedMap<IpnsName, Long> own = new TreeMap<>();

  private final SortedSet<IpnsName> followed = new TreeSet<>();
  private final SortedSet<PeerId> members = new TreeSet<>();
  private Function<IpnsName, Wish> wishes = log -> Wish.ALL;
  private Function<IpnsName, SeqRanges> deleted = log -> SeqRanges.none();

  /** Says whether a log that a peer names is one of the topic. */
  public interface Admission {
    /**
     * Whether the log is taken in.
     *
     * @param genesis entry 0, verified: a slice of one entry
     */
    boolean admits(IpnsName log, Slice genesis);
  }

  /**
   * @param findKeys what a peer may know the topic by, best first
   * @param logs what is held
   */
  public ReplicatedTopic(Digest id, List<FindKey> findKeys, LogSet logs, Admission admission) {
    this.id = id;
    this.findKeys = List.copyOf(findKeys);
    this.logs = logs;
    this.admission = admission;
  }

  /** With these bounds on what is wanted of each log. */
  public ReplicatedTopic wishing(Function<IpnsName, Wish> wanted) {
    wishes = wanted;
    return this;
  }

  /** With these payloads deleted. */
  public ReplicatedTopic without(Function<IpnsName, SeqRanges> gone) {
    deleted = gone;
    return this;
  }

  /**
   * A log that this device writes.
   *
   * @param size entries that are durable
   */
  public void addOwn(IpnsName log, long size) {
    own.put(log, size);
    followed.remove(log);
  }

  /** A log of another device, found by whatever way: it is looked for in the remote log as well. */
  public void addFollowed(IpnsName log) {
    if (!own.containsKey(log)) followed.add(log);
  }

  /** A device that is in the topic and has an address. */
  public void addMember(PeerId peer) {
    members.add(peer);
  }

  /** A log of this device has this head now. */
  void onAppended(Head head) {
    long before = own.getOrDefault(head.statement().log(), 0L);
    own.put(head.statement().log(), head.size());
    logs.appended(head, before);
  }

  /** Logs of this device, with their sizes. */
  SortedMap<IpnsName, Long> own() {
    return own;
  }

  List<IpnsName> followed() {
    return new ArrayList<>(followed);
  }

  SortedSet<PeerId> members() {
    return members;
  }

  @Override
  public Digest id() {
    return id;
  }

  @Override
  public List<FindKey> findKeys() {
    return findKeys;
  }

  @Override
  public LogSet logs() {
    return logs;
  }

  @Override
  public boolean admits(IpnsName log, Slice genesis) {
    return admission.admits(log, genesis);
  }

  /** Only appending may extend a log of this device. */
  @Override
  public Wish wish(IpnsName log) {
    return own.containsKey(log) ? Wish.NOTHING : wishes.apply(log);
  }

  @Override
  public SeqRanges deleted(IpnsName log) {
    return deleted.apply(log);
  }
}
