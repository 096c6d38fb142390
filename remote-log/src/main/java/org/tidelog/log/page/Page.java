package org.tidelog.log.page;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.Slice;

/**
 * One block of a remote log: a DAG-CBOR list of the log's key and its slices, contiguous. Without
 * links and heads: the index that leads to it says what its entries must hash to.
 */
public record Page(IpnsName log, List<Slice> slices) {
  public Page {
    if (slices.isEmpty()) throw new IllegalArgumentException("slices: none");
    slices = List.copyOf(slices);
  }

  public long first() {
    return slices.get(0).first();
  }

  public long end() {
    return slices.get(slices.size() - 1).end();
  }

  public byte[] encode() {
    List<Cbor> items = new ArrayList<>();
    items.add(new Cbor.Bytes(log.key()));
    for (Slice slice : slices) {
      items.add(new Cbor.Bytes(slice.bytes()));
    }
    return DagCbor.encode(new Cbor.Array(items));
  }

  public static Page parse(byte[] block) throws MalformedException {
    if (block.length > Limits.PAGE_BYTES_MAX) {
      throw new MalformedException("page of " + block.length + " bytes");
    }
    List<Cbor> items = DagCbor.decode(block).asArray();
    if (items.size() < 2) throw new MalformedException("page without slices");
    IpnsName log = IpnsName.parse(items.get(0).asBytes());
    List<Slice> slices = new ArrayList<>();
    for (Cbor item : items.subList(1, items.size())) {
      Slice slice = Slice.parse(item.asBytes());
      if (!slices.isEmpty() && slices.get(slices.size() - 1).end() != slice.first()) {
        throw new MalformedException("page with a gap before " + slice.range());
      }
      slices.add(slice);
    }
    return new Page(log, slices);
  }
}
