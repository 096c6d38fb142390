package org.tidelog.node;

import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.spi.StoredSlice;
import org.tidelog.replicator.conversation.LogKeys;

/** Adds up what the logs of a topic are made of. */
final class Composing {
  /** Signature, root and time: what a head adds to the entries it vouches for. */
  private static final int HEAD_BYTES = 64 + 32 + 6;

  private static final long READ_BYTES = 1024 * 1024;

  private final Core core;
  private final String label;
  private int logs;
  private long entries;
  private long payloads;
  private long encoded;
  private long genesis;
  private long aliases;
  private long controls;

  Composing(Core core, String label) {
    this.core = core;
    this.label = label;
  }

  Composition run() {
    for (IpnsName name : Reading.conversation(core, label)) {
      logs++;
      log(name);
    }
    long overhead = encoded - payloads - genesis - aliases - controls;
    return new Composition(
        logs, entries, payloads, overhead, genesis, aliases, controls, (long) logs * HEAD_BYTES);
  }

  private void log(IpnsName name) {
    LogKeys keys = core.keys(label, name);
    long at = 0;
    while (true) {
      long before = at;
      for (StoredSlice stored : core.store.slices(name, at, Limits.SEQ_MAX, READ_BYTES)) {
        slice(name, stored, keys);
        at = stored.outline().end();
      }
      if (at == before) return;
    }
  }

  private void slice(IpnsName name, StoredSlice stored, LogKeys keys) {
    int[] lengths = stored.slice().lengths();
    int i = 0;
    for (Entry entry : stored.entries(name)) {
      int length = lengths[i++];
      encoded += length;
      if (entry.kind() == EntryKind.DATA) {
        entries++;
        Optional<byte[]> plain = keys.open(entry);
        payloads += plain.map(bytes -> bytes.length).orElse(entry.header().payloadLength());
      } else if (entry.kind() == EntryKind.GENESIS) {
        genesis += length;
      } else if (entry.kind() == EntryKind.ALIAS) {
        aliases += length;
      } else {
        controls += length;
      }
    }
  }
}
