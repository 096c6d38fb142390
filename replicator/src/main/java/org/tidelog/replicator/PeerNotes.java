package org.tidelog.replicator;

import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.log.sync.SyncNotes;
import org.tidelog.replicator.values.Values;

/** What was agreed with peers, kept under {@code agreed/PEER/TOPIC}. */
final class PeerNotes implements SyncNotes {
  private final Values values;

  PeerNotes(Values values) {
    this.values = values;
  }

  private static String key(byte[] peer, Digest topic) {
    return "agreed/" + Hex.encode(peer) + "/" + topic.hex();
  }

  @Override
  public Optional<byte[]> note(byte[] peer, Digest topic) {
    return values.get(key(peer, topic));
  }

  @Override
  public void put(byte[] peer, Digest topic, byte[] note) {
    values.put(key(peer, topic), note);
  }
}
