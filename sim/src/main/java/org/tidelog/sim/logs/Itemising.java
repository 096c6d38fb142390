package org.tidelog.sim.logs;

import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.seal.LogSealer;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.page.Page;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.sync.FrameKind;
import org.tidelog.sim.network.Breakdown;
import org.tidelog.sim.network.Layer;

/** Says what the bytes of frames, blocks and records are for. */
final class Itemising {
  /** What sealing adds while the epoch's number is small. */
  private final int sealingBytes;

  Itemising(boolean isSealed) {
    this.sealingBytes = isSealed ? LogSealer.OVERHEAD_MAX - 3 : 0;
  }

  /** A frame of the sync protocol, with the entries in it. */
  Breakdown frame(FrameKind kind, int bytes, Optional<Slice> slice) {
    Breakdown entries = slice.map(this::entries).orElse(Breakdown.NONE);
    Layer around = kind == FrameKind.SLICE ? Layer.HEAD : Layer.SYNC;
    return entries.plus(around, bytes - entries.total());
  }

  /** A block of the remote log. */
  Breakdown block(byte[] block) {
    try {
      return around(Layer.PAGE, block.length, Page.parse(block).slices());
    } catch (MalformedException e) {
      return Breakdown.of(Layer.PAGE, block.length); // A node of the index.
    }
  }

  Breakdown record(IpnsName log, byte[] record) {
    try {
      Optional<Slice> tail = RemoteHead.parse(log, IpnsRecord.parse(record)).tail();
      return around(Layer.RECORD, record.length, tail.map(List::of).orElse(List.of()));
    } catch (MalformedException e) {
      throw new AssertionError("a record that a device of this run has signed", e);
    }
  }

  private Breakdown around(Layer layer, int bytes, List<Slice> slices) {
    Breakdown entries = Breakdown.NONE;
    for (Slice slice : slices) {
      entries = entries.plus(entries(slice));
    }
    return entries.plus(layer, bytes - entries.total());
  }

  private Breakdown entries(Slice slice) {
    int payloads = 0;
    for (byte[] payload : slice.payloads(EntryKind.DATA).values()) {
      payloads += payload.length - sealingBytes;
    }
    return Breakdown.of(Layer.PAYLOAD, payloads).plus(Layer.ENTRY, slice.length() - payloads);
  }
}
