package org.tidelog.mvds;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.spi.Mode;

/** Who has a part in which group, in the order in which they were added. */
final class Groups {
  private final Map<Integer, PeerState> peers = new HashMap<>();
  private final Map<Digest, Map<PeerState, Mode>> members = new HashMap<>();
  private final boolean acksTwice;

  Groups(boolean acksTwice) {
    this.acksTwice = acksTwice;
  }

  /** The peer, known before or not. */
  PeerState peer(int number) {
    return Objects.requireNonNull(
        peers.computeIfAbsent(number, key -> new PeerState(key, acksTwice)));
  }

  /** The peer if it has a part in some group. */
  @Nullable PeerState member(int number) {
    PeerState peer = peers.get(number);
    return peer == null || peer.groups == 0 ? null : peer;
  }

  Map<PeerState, Mode> members(Digest group) {
    return members.getOrDefault(group, Collections.emptyMap());
  }

  boolean has(Digest group, PeerState peer) {
    return members(group).containsKey(peer);
  }

  /** Whether anything changed. */
  boolean add(Digest group, PeerState peer, Mode mode) {
    Mode before =
        Objects.requireNonNull(members.computeIfAbsent(group, key -> new LinkedHashMap<>()))
            .put(peer, mode);
    if (before == null) peer.groups++;
    return before != mode;
  }

  /** The mode it had, if it had a part. */
  @Nullable Mode remove(Digest group, PeerState peer) {
    Map<PeerState, Mode> all = members.get(group);
    Mode mode = all == null ? null : all.remove(peer);
    if (mode != null) peer.groups--;
    return mode;
  }
}
