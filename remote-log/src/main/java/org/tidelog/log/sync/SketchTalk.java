package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * The frames of sketches of one topic: symbols sent until the other side has decoded them, and
 * short ids revealed.
 */
final class SketchTalk {
  private static final int SYMBOL_BYTES = Long.BYTES + Integer.BYTES;

  private final int topic;
  private final LogSet logs;
  private final byte[] key;
  private final Outbox out;

  /** What we told in symbols, and up to which. */
  private @Nullable Sketch told;

  private long toldTo;

  /** What we compare the other side's symbols with. */
  private @Nullable Sketch compared;

  private Optional<Sketch.Difference> difference = Optional.empty();

  SketchTalk(int topic, LogSet logs, byte[] key, Outbox out) {
    this.topic = topic;
    this.logs = logs;
    this.key = key;
    this.out = out;
  }

  /** Sends the first symbols of what is held now. */
  void tell() {
    Sketch sketch = new Sketch(logs, key);
    told = sketch;
    toldTo = 0;
    send(sketch, Sketch.SYMBOLS_FIRST);
  }

  private void send(Sketch sketch, int count) {
    CodedSymbols symbols = sketch.symbols(toldTo, count);
    ByteWriter body = new ByteWriter().varint(topic).varint(toldTo);
    for (int i = 0; i < count; i++) {
      Wire.long64(body, symbols.sum(i));
      body.u32(symbols.check(i) & 0xffff_ffffL);
    }
    toldTo += count;
    out.send(FrameKind.SKETCH, body);
  }

  void onMore(ByteReader in) throws MalformedException {
    Sketch sketch = told;
    long count = in.varint();
    in.end();
    if (sketch == null || count < 1 || count > Sketch.SYMBOLS_FRAME_MAX) {
      throw new MalformedException("asked for " + count + " symbols");
    }
    if (toldTo + count > Sketch.SYMBOLS_MAX) throw new MalformedException("asked for more symbols");
    send(sketch, (int) count);
  }

  /** What a sketch came to. */
  enum Progress {
    DECODED,
    MORE_NEEDED,
    /** There is no use in more. */
    GIVEN_UP
  }

  /** A run of the other side's symbols; what they say is then {@link #difference}. */
  Progress onSketch(ByteReader in) throws MalformedException {
    long first = in.varint();
    int count = in.remaining() / SYMBOL_BYTES;
    if (count < 1 || count > Sketch.SYMBOLS_FRAME_MAX) {
      throw new MalformedException("sketch of " + count + " symbols");
    }
    Sketch sketch = compared;
    if (first == 0) sketch = new Sketch(logs, key);
    if (sketch == null || first != sketch.received()) {
      throw new MalformedException("sketch out of turn");
    }
    if (first + count > Sketch.SYMBOLS_MAX) throw new MalformedException("sketch too long");
    compared = sketch;
    CodedSymbols symbols = new CodedSymbols(first, count);
    for (int i = 0; i < count; i++) {
      symbols.put(i, Wire.long64(in), (int) in.u32());
    }
    in.end();
    difference = sketch.decode(symbols);
    if (difference.isPresent()) {
      compared = null;
      return Progress.DECODED;
    }
    return more(sketch) ? Progress.MORE_NEEDED : Progress.GIVEN_UP;
  }

  Sketch.Difference difference() {
    return difference.orElseThrow(AssertionError::new);
  }

  /** Heads that we had once, by the short ids of what the other side has other. */
  Map<Long, LogSet.Held> recognised() {
    Set<Long> theirs = new HashSet<>(difference().theirs());
    Map<Long, LogSet.Held> recognised = new HashMap<>();
    for (LogSet.Held held : logs.earlier()) {
      long id = Sketch.shortId(held, key);
      if (theirs.contains(id)) recognised.put(id, held);
    }
    return recognised;
  }

  /** Asks for as many symbols again, unless a list of what we have is about as short. */
  private boolean more(Sketch sketch) {
    int have = sketch.received();
    if (have >= 4 * sketch.size() || 2 * have > Sketch.SYMBOLS_MAX) {
      compared = null;
      return false;
    }
    int count = Math.min(have, Sketch.SYMBOLS_FRAME_MAX);
    out.send(FrameKind.MORE, new ByteWriter().varint(topic).varint(count));
    return true;
  }

  void reveal(List<Long> ids) {
    ByteWriter body = new ByteWriter().varint(topic);
    ids.forEach(id -> Wire.long64(body, id));
    out.send(FrameKind.REVEAL, body);
  }

  /** The logs that some short ids stand for; unknown ones are passed over. */
  List<IpnsName> onReveal(ByteReader in) throws MalformedException {
    Sketch sketch = told;
    int count = in.remaining() / Long.BYTES;
    if (sketch == null || count > Sketch.SYMBOLS_MAX) {
      throw new MalformedException("asked for " + count + " items");
    }
    List<IpnsName> revealed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sketch.log(Wire.long64(in)).ifPresent(revealed::add);
    }
    in.end();
    told = null;
    return revealed;
  }
}
