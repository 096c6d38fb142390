package org.tidelog.node;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.linked.LinkedContent;
import org.tidelog.log.read.Entries;
import org.tidelog.replicator.conversation.LogKeys;
import org.tidelog.replicator.values.Values;

/**
 * Which blocks of large payloads must stay though an entry that links to them goes: whoever can
 * read another's payload can link to its blocks as well, and delete that. Contents share chunks
 * only where they have one key, since a chunk opens with no other. Runs with the home's lock held.
 */
final class StillLinked {
  /** Honest writers use a key once; of whoever has more contents of one key, everything stays. */
  private static final int CONTENTS_MAX = 4;

  private final List<LinkedContent> others = new ArrayList<>();
  private boolean unsure;

  /**
   * Finds, among what the book says is linked to, what has one key with any of these.
   *
   * @param label where logs are read that no topic of this home has
   */
  StillLinked(Core core, String label, List<LinkedContent> gone) {
    for (Map.Entry<String, byte[]> row : core.book.values(Book.LINKED).entrySet()) {
      String[] parts = row.getKey().split("/", -1);
      IpnsName log = Values.decode(row.getKey(), row.getValue(), any -> IpnsName.parse(parts[1]));
      long seq = Long.parseLong(parts[2]);
      Entries entries = new Entries(log, core.store, seq, seq + 1);
      if (!entries.hasNext()) continue;
      Entry entry = entries.next();
      if (!entry.payload().isPresent() || !entry.header().has(Flags.LINKED)) continue;
      LogKeys keys = core.keys(topicOf(core, log).orElse(label), log);
      Optional<LinkedContent> content = LinkedBlocks.content(entry, keys);
      // Blocks came here, so it could be read once: a key is out of reach now.
      if (!content.isPresent() && row.getValue().length > 0) unsure = true;
      content.filter(other -> hasKeyOfAny(other, gone)).ifPresent(this::add);
      if (unsure) return;
    }
  }

  private static Optional<String> topicOf(Core core, IpnsName log) {
    Optional<IpnsName> name = Optional.of(log);
    for (Map.Entry<String, TopicRecord> topic : core.book.topics().entrySet()) {
      boolean own = topic.getValue().own().equals(name) || topic.getValue().index().equals(name);
      if (own || core.book.members(topic.getKey()).containsKey(log)) {
        return Optional.of(topic.getKey());
      }
    }
    return Optional.empty();
  }

  private static boolean hasKeyOfAny(LinkedContent content, List<LinkedContent> contents) {
    return contents.stream().anyMatch(other -> MessageDigest.isEqual(other.key(), content.key()));
  }

  private void add(LinkedContent content) {
    boolean known =
        others.stream()
            .anyMatch(o -> o.root().equals(content.root()) && o.size() == content.size());
    if (known) return;
    others.add(content);
    unsure = others.size() > CONTENTS_MAX;
  }

  /** Those of a content's blocks that nothing else links to. */
  List<Cid> without(LinkedContent gone, LinkedBlocks linked) {
    if (unsure) return List.of();
    List<Cid> blocks = linked.blocks(gone);
    Set<Cid> kept = new HashSet<>();
    for (LinkedContent other : others) {
      if (MessageDigest.isEqual(other.key(), gone.key())) kept.addAll(linked.blocks(other));
    }
    blocks.removeIf(kept::contains);
    return blocks;
  }
}
