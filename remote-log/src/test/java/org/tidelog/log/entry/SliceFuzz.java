package org.tidelog.log.entry;

import java.util.Arrays;
import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * Whatever bytes come: a refusal, or a slice whose one encoding they are, however it is cut, joined
 * or bared of payloads.
 */
public final class SliceFuzz {
  private SliceFuzz() {}

  private static final IpnsName LOG = IpnsName.of(new byte[IpnsName.KEY_BYTES]);

  private static void check(Slice slice, List<Digest> ids) throws MalformedException {
    List<Entry> entries = slice.entries(LOG, Digest.ZERO);
    int[] weights = slice.weights();
    int[] lengths = slice.lengths();
    for (int i = 0; i < ids.size(); i++) {
      Entry entry = entries.get(i);
      if (!entry.id().equals(ids.get(i)) || !entry.header().id().equals(ids.get(i))) {
        throw new AssertionError("another id");
      }
      if (lengths[i] > weights[i] + TIME_SLACK_BYTES) throw new AssertionError("too light");
    }
    Slice bare = slice.withoutPayloads(LOG, seq -> true);
    if (!bare.ids(LOG, Digest.ZERO).equals(ids)) throw new AssertionError("another id when bare");
    if (!Slice.parse(bare.bytes()).equals(bare)) throw new AssertionError("other bytes when bare");
  }

  /** A time takes up to this many bytes more than an entry's weight counts for it. */
  private static final int TIME_SLACK_BYTES = 5;

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      Slice slice = Slice.parse(bytes);
      List<Digest> ids = slice.ids(LOG, Digest.ZERO);
      check(slice, ids);
      SliceBuilder builder = new SliceBuilder(slice.first());
      for (long seq = slice.first(); seq < slice.end(); seq++) {
        slice.cut(seq, seq + 1).addTo(builder, seq, seq + 1);
      }
      if (!Arrays.equals(builder.build().bytes(), bytes))
        throw new AssertionError("a second encoding");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }
}
