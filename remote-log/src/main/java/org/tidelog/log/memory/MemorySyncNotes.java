package org.tidelog.log.memory;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.log.sync.SyncNotes;

/** Notes in memory. Used by one thread at a time; nothing is durable. */
public final class MemorySyncNotes implements SyncNotes {
  private final Map<String, byte[]> notes = new TreeMap<>();

  private static String key(byte[] peer, Digest topic) {
    return topic.hex() + Hex.encode(peer);
  }

  @Override
  public Optional<byte[]> note(byte[] peer, Digest topic) {
    return Optional.ofNullable(notes.get(key(peer, topic))).map(byte[]::clone);
  }

  @Override
  public void put(byte[] peer, Digest topic, byte[] note) {
    notes.put(key(peer, topic), note.clone());
  }
}
