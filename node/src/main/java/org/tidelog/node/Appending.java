package org.tidelog.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.spi.LogChange;
import org.tidelog.replicator.conversation.Composer;
import org.tidelog.replicator.conversation.Pending;

/**
 * Group commit: one of the callers who append at the same time commits for all of them, in one
 * transaction and with one signature a log. Any thread.
 */
final class Appending {
  /**
   * Entries of one commit; more wait for the next. Bounds the memory of a group and the wait of who
   * is in it.
   */
  private static final int GROUP_ENTRIES_MAX = 16 * Limits.SLICE_ENTRIES_MAX;

  private final Core core;
  private final Publishing publishing;
  private final CommitGroups<Request> groups =
      new CommitGroups<>(request -> request.payloads.size(), GROUP_ENTRIES_MAX, this::commitLocked);

  Appending(Core core, Publishing publishing) {
    this.core = core;
    this.publishing = publishing;
  }

  /** What one caller appends, and how it went. */
  private static final class Request {
    final String label;
    final List<Pending> payloads;
    final Map<String, Optional<byte[]>> values;
    @Nullable List<Receipt> receipts;
    @Nullable RuntimeException failure;

    Request(String label, List<Pending> payloads, Map<String, Optional<byte[]>> values) {
      this.label = label;
      this.payloads = payloads;
      this.values = values;
    }
  }

  /** Appends payloads of one topic, durably when it returns. */
  List<Receipt> append(String label, List<Pending> payloads) {
    return append(label, payloads, Map.of());
  }

  /**
   * As {@link #append(String, List)}, with {@link AppValues} that change in the same transaction.
   */
  List<Receipt> append(String label, List<Pending> payloads, Map<String, Optional<byte[]>> values) {
    if (payloads.isEmpty()) return List.of();
    Request request = new Request(label, payloads, values);
    if (core.isLockedByCaller()) {
      // From within another call, as from a progress report: whoever leads waits for this thread.
      commit(List.of(request));
    } else {
      groups.join(request);
    }
    if (request.failure != null) throw request.failure;
    if (request.receipts == null) throw new AssertionError("request is done");
    return request.receipts;
  }

  private void commitLocked(List<Request> requests) {
    core.locked(() -> commit(requests));
  }

  private void commit(List<Request> requests) {
    Map<String, List<Request>> byTopic = new LinkedHashMap<>();
    for (Request request : requests) {
      byTopic.computeIfAbsent(request.label, label -> new ArrayList<>()).add(request);
    }
    try {
      // A log that is new is begun, which commits what the book has gathered so far: nothing yet.
      byTopic.keySet().forEach(core::ownLog);
    } catch (RuntimeException e) {
      core.book.discard();
      fail(requests, e);
      return;
    }
    List<Prepared> prepared = new ArrayList<>();
    for (Map.Entry<String, List<Request>> topic : byTopic.entrySet()) {
      try {
        prepared.add(prepare(topic.getKey(), topic.getValue()));
      } catch (RuntimeException e) {
        // What the book has gathered cannot be told apart, so the group fails whole.
        core.book.discard();
        fail(requests, e);
        return;
      }
    }
    try {
      List<LogChange> changes = new ArrayList<>();
      prepared.forEach(p -> changes.add(p.group.change()));
      core.book.commit(changes);
    } catch (RuntimeException e) {
      prepared.forEach(p -> fail(p.requests, e));
      return;
    }
    prepared.forEach(this::settle);
  }

  /** Each caller is told by its own exception. */
  private void fail(List<Request> requests, RuntimeException e) {
    RuntimeException failure = core.failure(e);
    requests.forEach(request -> request.failure = failure);
  }

  /** One topic's part of a group, signed. */
  private record Prepared(
      OwnLog log, LocalLog.Group group, List<Integer> offsets, List<Request> requests) {}

  private Prepared prepare(String label, List<Request> requests) {
    OwnLog log = core.ownLog(label);
    List<Pending> payloads = new ArrayList<>();
    for (Request request : requests) {
      payloads.addAll(request.payloads);
      AppValues.stage(core.book, request.values);
    }
    Composer.Batch batch = log.batch(payloads);
    LocalLog.Group group = log.log().prepare(batch.entries(), core.headMillis(log.log()));
    SeqRange came = new SeqRange(group.first(), group.first() + batch.entries().size());
    new ArrivalJournal(core.book, label).note(log.name(), came);
    return new Prepared(log, group, batch.offsets(), requests);
  }

  private void settle(Prepared prepared) {
    LocalLog.Group group = prepared.group;
    prepared.log.log().committed(group);
    List<Digest> ids = group.ids();
    int next = 0;
    for (Request request : prepared.requests) {
      List<Receipt> receipts = new ArrayList<>(request.payloads.size());
      for (int i = 0; i < request.payloads.size(); i++) {
        int offset = prepared.offsets.get(next++);
        receipts.add(
            publishing.receipt(
                request.label, prepared.log, group.first() + offset, ids.get(offset)));
      }
      request.receipts = receipts;
    }
    publishing.onAppended(prepared.log);
  }
}
