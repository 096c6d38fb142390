package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
 * What is said of one topic in one session: which states were told and heard, and what either side
 * lacks. Asks and sends nothing itself but states.
 */
final class TopicTalk {
  /** A set of fewer logs is told as it is: a sketch would be no smaller. */
  static final int LISTED_MAX = 16;

  private final int number;
  private final SyncTopic topic;
  private final Parts parts;
  private final Agreement agreement;
  private final SketchTalk sketches;

  /** How much of each log the peer has, as far as it was told in this session. */
  private final Map<IpnsName, Long> peerSizes = new HashMap<>();

  /** Logs of which the peer has less than we do and that it has to hear of. */
  private final Set<IpnsName> behind = new LinkedHashSet<>();

  private @Nullable Fingerprint peerNow;

  /** The peer lacks entries below heads that it has. */
  private boolean peerIncomplete;

  private boolean sent;
  private boolean complete;
  private boolean acknowledges;
  private boolean awaits;
  private boolean settled;
  private long told;

  /** What the talks of a session have in common. */
  record Parts(
      SyncConfig config,
      SyncNotes notes,
      LogNumbers numbers,
      Outbox out,
      SliceSender sender,
      SliceIntake intake,
      ForkTalk forks,
      byte[] sketchKey) {}

  TopicTalk(int number, SyncTopic topic, Parts parts) {
    this.number = number;
    this.topic = topic;
    this.parts = parts;
    this.agreement = new Agreement(parts.notes(), parts.config().remote(), topic);
    this.sketches = new SketchTalk(number, topic.logs(), parts.sketchKey(), parts.out());
  }

  int number() {
    return number;
  }

  SyncTopic topic() {
    return topic;
  }

  LogSet logs() {
    return topic.logs();
  }

  /** How much of a log the peer said it has; 0 where it said nothing. */
  long peerSize(IpnsName log) {
    return peerSizes.getOrDefault(log, 0L);
  }

  /** The peer has this much of a log at least. */
  void peerHas(IpnsName log, long size) {
    peerSizes.merge(log, size, Math::max);
  }

  /** The initiator's first word. */
  void open() {
    sent = true;
    Optional<Fingerprint> base = agreement.base();
    if (base.isPresent()) {
      tellSince(base.get());
    } else if (logs().size() <= LISTED_MAX) {
      tellWhole();
    } else {
      told = logs().counter();
      send(State.Form.NONE, Optional.empty(), List.of());
    }
  }

  private void tellSince(Fingerprint base) {
    long at = logs().counterAt(base).orElseThrow(AssertionError::new);
    List<Item> items = lacking(logs().since(at).orElseThrow(AssertionError::new));
    told = logs().counter();
    send(State.Form.SINCE, Optional.of(base), items);
  }

  private void tellWhole() {
    List<Item> items = new ArrayList<>();
    logs().all().forEach(held -> items.add(Item.of(held)));
    told = logs().counter();
    send(State.Form.WHOLE, Optional.empty(), items);
  }

  /** Everything, for a peer that lost track of us: in a sketch, unless a list is as short. */
  private void tellAll() {
    if (logs().size() <= LISTED_MAX) {
      tellWhole();
      return;
    }
    told = logs().counter();
    send(State.Form.SKETCHED, Optional.empty(), List.of());
    sketches.tell();
  }

  void onSketch(ByteReader in) throws MalformedException {
    settled = false;
    switch (sketches.onSketch(in)) {
      case DECODED -> {
        agreement.compare();
        answer(sketches.difference());
      }
      case GIVEN_UP -> tellWhole();
      case MORE_NEEDED -> {}
    }
  }

  /** The sets are compared: what the peer has of older heads of ours needs no asking. */
  private void answer(Sketch.Difference difference) {
    Map<Long, LogSet.Held> older = sketches.recognised();
    older.values().forEach(held -> peerHas(held.log(), held.size()));
    Map<IpnsName, Long> ours = new LinkedHashMap<>();
    difference.ours().forEach(log -> ours.put(log, -1L));
    send(State.Form.ANSWER, Optional.empty(), lacking(ours));
    List<Long> unknown = new ArrayList<>(difference.theirs());
    unknown.removeAll(older.keySet());
    if (unknown.isEmpty()) {
      completed();
    } else {
      sketches.reveal(unknown);
    }
  }

  void onMore(ByteReader in) throws MalformedException {
    sketches.onMore(in);
  }

  /** The peer has decoded our sketch, and told what it has other: of the rest it has nothing. */
  void onReveal(ByteReader in) throws MalformedException {
    settled = false;
    Map<IpnsName, Long> revealed = new LinkedHashMap<>();
    for (IpnsName log : sketches.onReveal(in)) {
      revealed.put(log, peerSize(log));
      behind.remove(log);
    }
    send(State.Form.ANSWER, Optional.empty(), lacking(revealed));
  }

  /** All in which we are ahead of what the peer told of everything that it has. */
  private void answer() {
    Map<IpnsName, Long> all = new LinkedHashMap<>();
    for (LogSet.Held held : logs().all()) {
      IpnsName log = held.log();
      all.put(log, peerSize(log));
    }
    List<Item> items = lacking(all);
    told = logs().counter();
    behind.clear();
    send(State.Form.ANSWER, Optional.empty(), items);
  }

  void onState(State state) throws MalformedException {
    settled = false;
    awaits = false;
    peerNow = state.now();
    peerIncomplete = state.incomplete();
    state.seen().ifPresent(agreement::onSeen);
    state.items().forEach(this::onItem);
    if (peerSizes.size() > LogNumbers.NUMBERED_MAX) throw new MalformedException("too many logs");
    if (state.continues()) return;
    boolean first = !sent;
    sent = true;
    switch (state.form()) {
      case NONE -> onNone(first, state.now());
      case SINCE -> onSince(first, state);
      case WHOLE -> {
        agreement.compare();
        completed();
        answer();
      }
      case ANSWER -> {
        agreement.compared();
        completed();
      }
      case MORE, SKETCHED -> {}
    }
  }

  /** What either lacks of the other's heads is known: what is left of older transfers goes on. */
  private void completed() {
    complete = true;
    logs().incomplete().forEach(log -> parts.intake().lacks(this, log));
  }

  private void onNone(boolean first, Fingerprint theirs) throws MalformedException {
    if (!first) {
      completed(); // It found our state to be its own.
    } else if (theirs.equals(logs().fingerprint())) {
      same();
    } else {
      agreement.compare();
      tellAll();
    }
  }

  private void onSince(boolean first, State state) throws MalformedException {
    boolean known = state.base().filter(agreement::knows).isPresent();
    if (!known && !state.now().equals(logs().fingerprint())) {
      agreement.compare();
      tellAll();
      return;
    }
    completed();
    if (!first) return;
    Optional<Fingerprint> base = agreement.base();
    if (state.now().equals(logs().fingerprint())) {
      same();
    } else if (base.isPresent()) {
      tellSince(base.get());
    } else {
      agreement.compare();
      tellAll();
    }
  }

  private void same() {
    completed();
    told = logs().counter();
    send(State.Form.NONE, Optional.empty(), List.of());
  }

  private void onItem(Item item) {
    IpnsName log = item.log();
    Optional<LogSet.Held> held = logs().held(log);
    long size = held.isPresent() ? held.get().size() : 0;
    if (held.isPresent() && (item.isContested() || held.get().contested())) {
      if (item.isContested() != held.get().contested()) parts.forks().dispute(this, log);
      return;
    }
    if (item.isContested()) return;
    peerHas(log, item.size());
    if (size < item.size()) {
      parts.intake().lacks(this, log);
    } else if (size > item.size()) {
      behind.add(log);
    } else if (item.check() != Item.of(held.get()).check()) {
      parts.forks().dispute(this, log);
    }
  }

  /** The peer asks for entries of a log, and so says what it has. */
  void onWant(Want want) {
    settled = false;
    if (want.fills() || !logs().held(want.log()).isPresent()) return;
    peerHas(want.log(), want.base());
    if (!want.whole() || want.low() > want.base()) agreement.partial();
  }

  /** Slices went to the peer: it will say that they came. */
  void onSent() {
    settled = false;
    awaits = true;
  }

  /** Whether both hold the same, as far as was said. */
  boolean isInStep() {
    Fingerprint theirs = peerNow;
    return theirs != null && theirs.equals(logs().fingerprint());
  }

  /** What changed here since is what the peer pushed: it holds that too. */
  void keepsStep() {
    peerNow = logs().fingerprint();
  }

  /** A slice came, whatever became of it. */
  void onReceived() {
    settled = false;
    acknowledges = true;
  }

  /** Sends what is new here, as entries where they fit and the peer can use them, else as items. */
  void tell() {
    if (!sent) return;
    Map<IpnsName, Long> news = new LinkedHashMap<>();
    if (logs().counter() > told) {
      settled = false;
      Optional<Map<IpnsName, Long>> changed =
          isInStep() ? Optional.of(Map.of()) : logs().since(told);
      if (!changed.isPresent()) {
        complete = false;
        tellAll();
        return;
      }
      changed.get().forEach((log, before) -> news.put(log, complete ? before : -1L));
    }
    behind.forEach(log -> news.put(log, peerSize(log)));
    behind.clear();
    List<Item> items = lacking(news);
    told = logs().counter();
    boolean quiet = isQuiet();
    if (!items.isEmpty() || (quiet && acknowledges)) {
      acknowledges = acknowledges && !quiet;
      send(State.Form.MORE, Optional.empty(), items);
    }
  }

  private boolean isQuiet() {
    return parts.intake().isIdle(this) && parts.sender().isIdle(this) && parts.forks().isIdle(this);
  }

  /**
   * Pushes what can be pushed of these logs.
   *
   * @param sizes what the peer is taken to have of each; negative where that is not known
   * @return the items of the others
   */
  private List<Item> lacking(Map<IpnsName, Long> sizes) {
    List<Item> items = new ArrayList<>();
    sizes.forEach(
        (log, before) -> {
          LogSet.Held held = logs().held(log).orElseThrow(AssertionError::new);
          long has = Math.max(before, peerSizes.getOrDefault(log, -1L));
          boolean contested = held.contested();
          if (!contested && has >= held.size()) return;
          if (contested || has < 0 || !push(held, has)) items.add(Item.of(held));
        });
    return items;
  }

  private boolean push(LogSet.Held held, long base) {
    IpnsName log = held.log();
    if (!parts.sender().push(this, held, base, !agreement.isPartial())) return false;
    peerHas(log, held.size());
    return true;
  }

  /** Whether nothing is to be said or expected; what was agreed is noted. */
  boolean settle() {
    Fingerprint theirs = peerNow;
    boolean done =
        complete && theirs != null && !acknowledges && !awaits && behind.isEmpty() && isQuiet();
    if (!done || theirs == null || logs().counter() > told) return false;
    if (settled) return true;
    Fingerprint now = logs().mark();
    boolean equal = now.equals(theirs);
    if (equal) {
      agreement.agree(now);
    } else if (!isUntaken() && agreement.differ(theirs)) {
      send(State.Form.MORE, Optional.empty(), List.of());
    }
    if (!equal && agreement.isDoubtful() && parts.config().role() == SyncRole.INITIATOR) {
      agreement.compared();
      complete = false;
      tellAll();
      return false;
    }
    agreement.keep();
    settled = true;
    parts.out().add(new SyncEffect.Settled(topic.id(), equal && !peerIncomplete));
    return true;
  }

  /**
   * Whether something that the peer offered is not here: not wanted now, not admitted, beyond the
   * budget. Its state is not called known then, so that it will offer that again.
   */
  private boolean isUntaken() {
    if (parts.forks().isOverloaded()) return true;
    for (Map.Entry<IpnsName, Long> offered : peerSizes.entrySet()) {
      Optional<LogSet.Held> held = logs().held(offered.getKey());
      boolean contested = held.isPresent() && held.get().contested();
      long size = held.isPresent() ? held.get().size() : 0;
      if (!contested && size < offered.getValue()) return true;
    }
    return false;
  }

  private void send(State.Form form, Optional<Fingerprint> base, List<Item> items) {
    Fingerprint now = logs().mark();
    boolean says = form == State.Form.MORE && items.isEmpty();
    Optional<State.Seen> seen = says ? agreement.seen(now) : Optional.empty();
    int from = 0;
    do {
      int to = Math.min(items.size(), from + State.ITEMS_MAX);
      State page =
          new State(
              number,
              form,
              now,
              base,
              seen,
              !logs().incomplete().isEmpty(),
              to < items.size(),
              items.subList(from, to));
      ByteWriter body = new ByteWriter();
      page.write(body, parts.numbers());
      parts.out().send(FrameKind.STATE, body);
      from = to;
    } while (from < items.size());
  }
}
