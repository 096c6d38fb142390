package org.tidelog.mvds.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.spi.Membership;
import org.tidelog.mvds.spi.MvdsStore;
import org.tidelog.mvds.spi.StoreChange;
import org.tidelog.mvds.spi.StoredRecord;
import org.tidelog.mvds.spi.Undelivered;
import org.tidelog.mvds.wire.Message;

/** Keeps everything as long as it lives. Not thread-safe. */
public final class MemoryMvdsStore implements MvdsStore {
  private final Map<Seat, Membership> memberships = new LinkedHashMap<>();
  private final Map<Long, StoredRecord> records = new HashMap<>();
  private final Map<Digest, Undelivered> undelivered = new LinkedHashMap<>();
  private final Map<Digest, Message> messages = new HashMap<>();
  private final Map<Digest, Set<Digest>> childless = new HashMap<>();
  private final Set<Digest> parents = new HashSet<>();

  private record Seat(Digest group, int peer) {
    static Seat of(Membership membership) {
      return new Seat(membership.group(), membership.peer());
    }
  }

  @Override
  public List<Membership> memberships() {
    return List.copyOf(memberships.values());
  }

  @Override
  public List<StoredRecord> records() {
    return List.copyOf(records.values());
  }

  @Override
  public List<Undelivered> undelivered() {
    return List.copyOf(undelivered.values());
  }

  @Override
  public Optional<Message> message(Digest id) {
    return Optional.ofNullable(messages.get(id));
  }

  @Override
  public boolean holds(Digest id) {
    return messages.containsKey(id);
  }

  @Override
  public List<Digest> childless(Digest group) {
    return new ArrayList<>(childless.getOrDefault(group, Set.of()));
  }

  @Override
  public void apply(StoreChange change) {
    change.left().forEach(membership -> memberships.remove(Seat.of(membership)));
    change.joined().forEach(membership -> memberships.put(Seat.of(membership), membership));
    change.held().forEach(this::hold);
    change.undelivered().forEach(waiting -> undelivered.put(waiting.message(), waiting));
    change.delivered().forEach(undelivered::remove);
    change.records().forEach(record -> records.put(record.number(), record));
    change.removed().forEach(records::remove);
  }

  private void hold(Message message) {
    messages.put(message.id(), message);
    if (message.metadata().ephemeral()) return;
    Set<Digest> leaves = childless.computeIfAbsent(message.group(), group -> new LinkedHashSet<>());
    for (Digest parent : message.metadata().parents()) {
      parents.add(parent);
      leaves.remove(parent);
    }
    if (!parents.contains(message.id())) leaves.add(message.id());
  }
}
