package org.tidelog.mvds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.wire.Message;

/** Messages that are held and wait for their parents. Bodies stay in the store. */
final class CausalBuffer {
  private final Map<Digest, Waiting> waiting = new HashMap<>();

  /** By the parent that they wait for. */
  private final Map<Digest, List<Waiting>> children = new LinkedHashMap<>();

  private static final class Waiting {
    final Digest message;
    final PeerState peer;
    final int bytes;
    int parents;

    Waiting(Message message, PeerState peer, int parents) {
      this.message = message.id();
      this.peer = peer;
      this.bytes = message.bodyBytes();
      this.parents = parents;
    }
  }

  boolean contains(Digest message) {
    return waiting.containsKey(message);
  }

  /** Whether a peer may have one more message in here. */
  boolean admits(PeerState peer, Message message) {
    return peer.buffered < PeerLimits.BUFFERED_MESSAGES_MAX
        && peer.bufferedBytes + message.bodyBytes() <= PeerLimits.BUFFERED_BYTES_MAX;
  }

  /**
   * @param parents at least one, none of them twice
   */
  void add(Message message, PeerState peer, Collection<Digest> parents) {
    Waiting entry = new Waiting(message, peer, parents.size());
    waiting.put(entry.message, entry);
    for (Digest parent : parents) {
      children.computeIfAbsent(parent, key -> new ArrayList<>(1)).add(entry);
    }
    peer.buffered++;
    peer.bufferedBytes += entry.bytes;
  }

  /** What waits no more now that a message is delivered, parents before children. */
  List<Digest> release(Digest delivered) {
    List<Digest> released = new ArrayList<>(0);
    ArrayDeque<Digest> ready = new ArrayDeque<>(1);
    ready.add(delivered);
    while (!ready.isEmpty()) {
      List<Waiting> next = children.remove(ready.remove());
      if (next == null) continue;
      for (Waiting child : next) {
        if (--child.parents > 0) continue;
        waiting.remove(child.message);
        child.peer.buffered--;
        child.peer.bufferedBytes -= child.bytes;
        released.add(child.message);
        ready.add(child.message);
      }
    }
    return released;
  }

  /** Parents that something waits for and that are not here. */
  List<Digest> missing() {
    List<Digest> missing = new ArrayList<>();
    for (Digest parent : children.keySet()) {
      if (!waiting.containsKey(parent)) missing.add(parent);
    }
    return missing;
  }
}
