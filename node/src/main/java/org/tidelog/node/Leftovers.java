package org.tidelog.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.replicator.values.Values;

/**
 * Blocks of one log that layers of the mirror may hold though nothing names them: what a
 * publication was about to write when it ended, and what could not be removed. Without this list
 * they would stay for ever, and with them the text of payloads deleted since. Kept in the book
 * under {@code leftover/NAME/NUMBER}; changes are made durable by whoever commits the book. Owned
 * by whoever holds the home's lock.
 */
final class Leftovers {
  private static final String LAYERS = "layers";
  private static final String BLOCKS = "blocks";

  private final Book book;
  private final String prefix;

  Leftovers(Book book, IpnsName log) {
    this.book = book;
    this.prefix = "leftover/" + log.text() + "/";
  }

  /** Blocks remembered together, with the layers that may hold them. */
  private record Batch(Set<String> layers, Set<Cid> blocks) {
    byte[] encode() {
      SortedMap<String, Cbor> map = new TreeMap<>(Cbor.Mapping.KEY_ORDER);
      List<Cbor> names = new ArrayList<>();
      layers.forEach(layer -> names.add(new Cbor.Text(layer)));
      List<Cbor> links = new ArrayList<>();
      blocks.forEach(cid -> links.add(new Cbor.Link(cid)));
      map.put(LAYERS, new Cbor.Array(names));
      map.put(BLOCKS, new Cbor.Array(links));
      return DagCbor.encode(new Cbor.Mapping(map));
    }

    static Batch parse(byte[] bytes) throws MalformedException {
      Cbor.Mapping map = DagCbor.decode(bytes).asMap();
      Set<String> layers = new LinkedHashSet<>();
      for (Cbor layer : map.field(LAYERS).asArray()) {
        layers.add(layer.asText());
      }
      Set<Cid> blocks = new LinkedHashSet<>();
      for (Cbor block : map.field(BLOCKS).asArray()) {
        blocks.add(block.asLink());
      }
      return new Batch(layers, blocks);
    }
  }

  private Map<String, Batch> batches() {
    Map<String, Batch> batches = new LinkedHashMap<>();
    book.values(prefix)
        .forEach((key, value) -> batches.put(key, Values.decode(key, value, Batch::parse)));
    return batches;
  }

  /** What any of these layers may hold. */
  Set<Cid> blocks(Collection<String> layers) {
    Set<Cid> blocks = new LinkedHashSet<>();
    for (Batch batch : batches().values()) {
      if (batch.layers.stream().anyMatch(layers::contains)) blocks.addAll(batch.blocks);
    }
    return blocks;
  }

  /** Each of these layers may hold each of these blocks from now on. */
  void add(Collection<String> layers, Collection<Cid> blocks) {
    if (layers.isEmpty() || blocks.isEmpty()) return;
    SortedMap<String, byte[]> before = book.values(prefix);
    long number =
        before.isEmpty() ? 0 : Long.parseLong(before.lastKey().substring(prefix.length())) + 1;
    Batch batch = new Batch(new LinkedHashSet<>(layers), new LinkedHashSet<>(blocks));
    book.putValue(prefix + String.format(Locale.ROOT, "%012d", number), batch.encode());
  }

  /** These layers hold none of them any more. */
  void settle(Collection<String> layers) {
    batches()
        .forEach(
            (key, batch) -> {
              Set<String> others = new LinkedHashSet<>(batch.layers);
              others.removeAll(layers);
              if (others.isEmpty()) {
                book.removeValue(key);
              } else if (others.size() < batch.layers.size()) {
                book.putValue(key, new Batch(others, batch.blocks).encode());
              }
            });
  }
}
