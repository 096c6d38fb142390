package org.tidelog.log.sync;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.spi.LogStore;

/**
 * One connection's worth of sync with one peer. It is told of bytes and changes and says what to
 * send: {@link #drain} after each call, until it gives nothing. It needs no end: nothing is sent
 * when there is nothing to say. Owned by one thread, the one that owns store and topics.
 */
public final class SyncSession {
  /** A drain gives about so much; there is more when it is called again. */
  private static final int DRAIN_BYTES = 256 * 1024;

  private static final int REASON_BYTES_MAX = 256;

  private final SyncConfig config;
  private final SyncTopics topics;
  private final Outbox out = new Outbox();
  private final LogNumbers numbers = new LogNumbers();
  private final FrameBuffer buffer = new FrameBuffer();
  private final SliceSender sender;
  private final SliceIntake intake;
  private final ForkTalk forks;
  private final SyncNotes notes;
  private final List<TopicTalk> talks = new ArrayList<>();

  /** Talks of which something changed since the last drain. */
  private final Set<TopicTalk> busy = new LinkedHashSet<>();

  private List<TopicProofs.Known> known = List.of();
  private @Nullable TopicProofs proofs;
  private boolean greeted;
  private boolean proved;
  private boolean closed;

  public SyncSession(
      SyncConfig config, SyncTopics topics, LogStore store, SyncNotes notes, Verifier verifier) {
    this.config = config;
    this.topics = topics;
    this.sender = new SliceSender(store, numbers, out);
    this.forks = new ForkTalk(store, verifier, numbers, out);
    SliceKeeper keeper = new SliceKeeper(store, verifier, forks, out);
    this.intake = new SliceIntake(store, keeper, config.limits(), numbers, out);
    this.notes = notes;
  }

  /** The connection is up. */
  public void start(long nowMillis) {
    if (config.role() == SyncRole.INITIATOR) hello(List.of());
  }

  private void hello(List<byte[]> own) {
    ByteWriter body = new ByteWriter();
    Hello.of(config, intake.window(), own).write(body);
    out.send(FrameKind.HELLO, body);
  }

  /** Bytes came, cut anywhere. */
  public void onBytes(byte[] bytes, long nowMillis) {
    if (closed) return;
    buffer.put(bytes);
    try {
      Optional<FrameBuffer.Frame> frame = buffer.next();
      while (frame.isPresent() && !closed) {
        onFrame(frame.get());
        frame = buffer.next();
      }
    } catch (MalformedException e) {
      refuse(e.getMessage());
    }
  }

  /** A log was changed, and its {@link LogSet} told, by somebody else than this session. */
  public void onChanged(IpnsName log, long nowMillis) {
    for (TopicTalk talk : talks) {
      if (talk.logs().held(log).isPresent()) busy.add(talk);
    }
  }

  /** The connection is gone. */
  public void onEnd(long nowMillis) {
    closed = true;
    buffer.clear();
  }

  /** Whether nothing more will be said by either side until something changes. */
  public boolean isSettled() {
    return closed || (proved && busy.isEmpty() && out.isEmpty() && sender.isIdle());
  }

  /** What is to be done now, in order; empty once there is nothing left. */
  public List<SyncEffect> drain() {
    if (!closed) {
      intake.pump();
      busy.forEach(TopicTalk::tell);
      while (out.bytes() < DRAIN_BYTES && sender.step()) {
        // Each step sends a slice.
      }
      busy.removeIf(TopicTalk::settle);
    }
    return out.take();
  }

  private void refuse(String reason) {
    ByteWriter body = new ByteWriter().varint(Hello.VERSION).varint(Hello.VERSION);
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    body.bytes(text, 0, Math.min(text.length, REASON_BYTES_MAX));
    out.send(FrameKind.REFUSE, body);
    close(reason);
  }

  private void close(String reason) {
    closed = true;
    buffer.clear();
    out.add(new SyncEffect.Close(reason));
  }

  private void onFrame(FrameBuffer.Frame frame) throws MalformedException {
    Optional<FrameKind> kind = FrameKind.of(frame.kind());
    if (!kind.isPresent()) {
      if (frame.kind() >= FrameKind.EXTENSIONS && greeted) return;
      throw new MalformedException("frame of kind " + frame.kind());
    }
    ByteReader in = frame.body();
    switch (kind.get()) {
      case HELLO -> onHello(Hello.read(in));
      case PROVE -> onProve(in);
      case REFUSE -> onRefuse(in);
      default -> onTalk(kind.get(), in);
    }
  }

  private void onHello(Hello hello) throws MalformedException {
    if (greeted) throw new MalformedException("second hello");
    if (!hello.speaks(Hello.VERSION)) {
      throw new MalformedException(
          "versions " + hello.versionMin() + " to " + hello.versionMax() + " are not spoken here");
    }
    greeted = true;
    buffer.admitLarge();
    sender.begin(hello);
    TopicProofs session = new TopicProofs(config, hello.nonce());
    proofs = session;
    known = TopicProofs.all(topics);
    if (config.role() == SyncRole.RESPONDER) {
      if (!hello.proofs().isEmpty()) throw new MalformedException("proofs before the nonce");
      List<byte[]> own = new ArrayList<>();
      known.forEach(topic -> own.add(session.proof(topic.key(), SyncRole.RESPONDER)));
      hello(own);
    } else {
      prove(session, hello.proofs());
    }
  }

  private void prove(TopicProofs session, List<byte[]> theirs) {
    Map<Integer, TopicProofs.Known> both = session.recognised(known, theirs, SyncRole.RESPONDER);
    ByteWriter body = new ByteWriter();
    both.forEach(
        (place, topic) -> body.varint(place).bytes(session.proof(topic.key(), SyncRole.INITIATOR)));
    out.send(FrameKind.PROVE, body);
    both.values().forEach(topic -> talk(topic.topic(), session));
    proved = true;
    talks.forEach(TopicTalk::open);
  }

  private void onProve(ByteReader in) throws MalformedException {
    TopicProofs session = proofs;
    if (session == null || proved || config.role() == SyncRole.INITIATOR) {
      throw new MalformedException("proofs out of turn");
    }
    while (in.remaining() > 0) {
      long place = in.varint();
      byte[] proof = in.bytes(TopicProofs.LENGTH);
      if (place >= known.size()) throw new MalformedException("proof of topic " + place);
      TopicProofs.Known topic = known.get((int) place);
      boolean twice = talks.stream().anyMatch(talk -> talk.topic() == topic.topic());
      boolean right = MessageDigest.isEqual(proof, session.proof(topic.key(), SyncRole.INITIATOR));
      if (twice || !right) throw new MalformedException("proof that does not hold");
      talk(topic.topic(), session);
    }
    proved = true;
  }

  private void talk(SyncTopic topic, TopicProofs session) {
    TopicTalk.Parts parts =
        new TopicTalk.Parts(config, notes, numbers, out, sender, intake, forks, session.nonces());
    TopicTalk talk = new TopicTalk(talks.size(), topic, parts);
    talks.add(talk);
    busy.add(talk);
  }

  private void onRefuse(ByteReader in) throws MalformedException {
    in.varint();
    in.varint();
    byte[] text = in.bytes(Math.min(in.remaining(), REASON_BYTES_MAX));
    close("the peer refuses: " + new String(text, StandardCharsets.UTF_8));
  }

  private void onTalk(FrameKind kind, ByteReader in) throws MalformedException {
    if (!proved) throw new MalformedException(kind.word() + " before the proofs");
    switch (kind) {
      case STATE -> {
        State state = State.read(in, numbers, talks.size());
        at(state.topic()).onState(state);
      }
      case SKETCH -> at(Wire.topic(in, talks.size())).onSketch(in);
      case MORE -> at(Wire.topic(in, talks.size())).onMore(in);
      case REVEAL -> at(Wire.topic(in, talks.size())).onReveal(in);
      case WANT -> {
        Want want = Want.read(in, numbers, talks.size());
        TopicTalk talk = at(want.topic());
        talk.onWant(want);
        sender.want(talk, want);
      }
      case RANGE -> intake.onOffer(Offer.read(in));
      case SLICE -> onSlice(in);
      case GRANT -> sender.grant(in.varint());
      case STOP -> onStop(in);
      case FORK -> forks.onFork(at(Wire.topic(in, talks.size())), in);
      case HEAD -> forks.onHead(at(Wire.topic(in, talks.size())), in);
      case PROBE -> forks.onProbe(at(Wire.topic(in, talks.size())), in);
      case IDS -> forks.onIds(at(Wire.topic(in, talks.size())), in);
      case BRANCH -> forks.onBranch(at(Wire.topic(in, talks.size())), in);
      case HELLO, PROVE, REFUSE -> throw new AssertionError(kind);
    }
  }

  /** Who asked takes it back, or who was asked cannot go on. */
  private void onStop(ByteReader in) throws MalformedException {
    boolean asked = Wire.flags(in, 1) != 0;
    long request = in.varint();
    if (asked) {
      intake.onStop(request);
    } else {
      sender.stop(request);
    }
  }

  private void onSlice(ByteReader in) throws MalformedException {
    long request = in.varint();
    if (request > 0) {
      intake.onSlice(request, SliceFrame.read(in));
      return;
    }
    TopicTalk talk = at(Wire.topic(in, talks.size()));
    IpnsName log = numbers.read(in);
    intake.onPush(talk, log, SliceFrame.read(in));
  }

  private TopicTalk at(int number) {
    TopicTalk talk = talks.get(number);
    busy.add(talk);
    return talk;
  }
}
