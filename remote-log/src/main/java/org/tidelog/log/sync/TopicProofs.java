package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * Which topics both sides know, without naming any: each proves its find keys over both nonces and
 * both peers' ids, so a proof says nothing to anybody else or another time.
 */
final class TopicProofs {
  static final int LENGTH = 16;

  private static final byte[] TAG = Sha256.tag("tidelog/sync-topic/1");

  private final byte[] nonces;
  private final byte[] context;

  /** The session that the proofs are bound to: nonce and id of initiator, then of responder. */
  TopicProofs(SyncConfig config, byte[] remoteNonce) {
    boolean first = config.role() == SyncRole.INITIATOR;
    ByteWriter out = new ByteWriter();
    out.bytes(first ? config.nonce() : remoteNonce).bytes(first ? remoteNonce : config.nonce());
    this.nonces = out.toByteArray();
    byte[] initiator = first ? config.own() : config.remote();
    byte[] responder = first ? config.remote() : config.own();
    out.varint(initiator.length).bytes(initiator).varint(responder.length).bytes(responder);
    this.context = out.toByteArray();
  }

  /** The initiator's nonce, then the responder's. */
  byte[] nonces() {
    return nonces.clone();
  }

  /** A topic with the find key that it is known to the peer by. */
  record Known(SyncTopic topic, FindKey key) {}

  /** What can be proved, in order. */
  static List<Known> all(SyncTopics topics) {
    List<Known> all = new ArrayList<>();
    for (SyncTopic topic : topics.topics()) {
      topic.findKeys().forEach(key -> all.add(new Known(topic, key)));
    }
    return all.size() > Hello.PROOFS_MAX ? all.subList(0, Hello.PROOFS_MAX) : all;
  }

  byte[] proof(FindKey key, SyncRole role) {
    ByteWriter message = new ByteWriter().bytes(TAG).u8(role.code()).bytes(context);
    return key.mac(message.toByteArray(), LENGTH);
  }

  /** Where each known topic stands among the proofs of the other side: the best key of each. */
  Map<Integer, Known> recognised(List<Known> all, List<byte[]> proofs, SyncRole role) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < proofs.size(); i++) {
      places.putIfAbsent(Hex.encode(proofs.get(i)), i);
    }
    Map<Integer, Known> found = new LinkedHashMap<>();
    Set<Digest> taken = new HashSet<>();
    for (Known known : all) {
      if (places.isEmpty() || taken.contains(known.topic().id())) continue;
      Optional<Integer> place =
          Optional.ofNullable(places.get(Hex.encode(proof(known.key(), role))));
      if (!place.isPresent() || found.putIfAbsent(place.get(), known) != null) continue;
      taken.add(known.topic().id());
    }
    return found;
  }
}
