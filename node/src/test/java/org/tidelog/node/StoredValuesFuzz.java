package org.tidelog.node;

import java.util.Map;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.replicator.conversation.SeenFrontier;

/** Whatever value the database holds: a refusal, or a value that reads back. */
public final class StoredValuesFuzz {
  private StoredValuesFuzz() {}

  private static void facts(byte[] bytes) {
    try {
      LogFacts facts = LogFacts.parse(bytes);
      if (!LogFacts.parse(facts.encode()).equals(facts)) throw new AssertionError("other facts");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }

  private static void topic(byte[] bytes) {
    try {
      TopicRecord topic = TopicRecord.parse(bytes);
      if (!TopicRecord.parse(topic.encode()).equals(topic))
        throw new AssertionError("another topic");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }

  private static void frontier(byte[] bytes) {
    try {
      SeenFrontier once = SeenFrontier.parse(bytes);
      SeenFrontier again = new SeenFrontier();
      for (Map.Entry<IpnsName, Optional<byte[]>> kept : once.takeChanges().entrySet()) {
        if (kept.getValue().isPresent()) again.put(kept.getKey(), kept.getValue().get());
      }
      if (!again.take().equals(once.take())) throw new AssertionError("another frontier");
    } catch (MalformedException e) {
      return; // What it should do with most of what comes.
    }
  }

  /** Called by the fuzzer, and by the replay of its corpus. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    facts(bytes);
    topic(bytes);
    frontier(bytes);
  }
}
