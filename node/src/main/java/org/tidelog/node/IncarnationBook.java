package org.tidelog.node;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.control.Continuation;
import org.tidelog.replicator.values.Values;

/**
 * What is remembered of incarnations: this device's, in order, and what other logs claim to
 * continue. Owned by whoever holds the home's lock.
 *
 * <p>Keys: {@code device/incarnations}, {@code device/renewing}, {@code device/renewed}, {@code
 * device/recovered}, {@code claim/PURPOSE/LABEL}, {@code continues/NAME}, {@code recovery/NAME}.
 */
final class IncarnationBook {
  private static final String INCARNATIONS = "device/incarnations";
  private static final String RENEWING = "device/renewing";
  private static final String RENEWED = "device/renewed";
  private static final String RECOVERED = "device/recovered";
  private static final int INCARNATION_BYTES = 16;
  private static final int KEY_BYTES = 32;

  private final Book book;

  IncarnationBook(Book book) {
    this.book = book;
  }

  // This device's lives.

  private byte[] incarnations() {
    return book.get(INCARNATIONS).orElse(new byte[0]);
  }

  /** Whether the store has never been told which life it is of. */
  boolean isEmpty() {
    return incarnations().length == 0;
  }

  boolean isLatest(byte[] incarnation) {
    byte[] all = incarnations();
    return at(all, all.length - INCARNATION_BYTES, incarnation);
  }

  /** Whether another life has followed on it. */
  boolean isPast(byte[] incarnation) {
    byte[] all = incarnations();
    for (int i = 0; i < all.length - INCARNATION_BYTES; i += INCARNATION_BYTES) {
      if (at(all, i, incarnation)) return true;
    }
    return false;
  }

  private static boolean at(byte[] all, int from, byte[] incarnation) {
    if (from < 0) return false;
    return Arrays.equals(Arrays.copyOfRange(all, from, from + INCARNATION_BYTES), incarnation);
  }

  void add(byte[] incarnation) {
    if (isLatest(incarnation)) return;
    book.putValue(
        INCARNATIONS, new ByteWriter().bytes(incarnations()).bytes(incarnation).toByteArray());
  }

  void begin(RenewalReason reason) {
    book.putValue(RENEWING, reason.word().getBytes(StandardCharsets.UTF_8));
  }

  void end(Instant time) {
    Optional<byte[]> reason = book.get(RENEWING);
    if (!reason.isPresent()) return;
    book.putValue(
        RENEWED, new ByteWriter().varint(time.toEpochMilli()).bytes(reason.get()).toByteArray());
    book.removeValue(RENEWING);
  }

  Optional<Renewal> renewal() {
    return book.get(RENEWED).map(bytes -> Values.decode(RENEWED, bytes, IncarnationBook::renewal));
  }

  private static Renewal renewal(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    Instant time = Instant.ofEpochMilli(in.varint());
    String word = new String(in.bytes(in.remaining()), StandardCharsets.UTF_8);
    return new Renewal(time, RenewalReason.of(word));
  }

  /** This device began with the recovery key of another. */
  void putRecovered() {
    book.putValue(RECOVERED, new byte[0]);
  }

  boolean isRecovered() {
    return book.get(RECOVERED).isPresent();
  }

  // What this device's next log of a topic is to continue.

  Optional<Continuation.Claim> claim(String label, LogPurpose purpose) {
    String key = claimKey(label, purpose);
    return book.get(key).map(bytes -> Values.decode(key, bytes, IncarnationBook::claim));
  }

  private static Continuation.Claim claim(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    IpnsName log = IpnsName.parse(in.bytes(KEY_BYTES));
    return new Continuation.Claim(log, in.varint(), in.digest());
  }

  void putClaim(String label, LogPurpose purpose, Continuation.Claim claim) {
    book.putValue(
        claimKey(label, purpose),
        new ByteWriter()
            .bytes(claim.log().key())
            .varint(claim.size())
            .digest(claim.root())
            .toByteArray());
  }

  void removeClaim(String label, LogPurpose purpose) {
    book.removeValue(claimKey(label, purpose));
  }

  private static String claimKey(String label, LogPurpose purpose) {
    return "claim/" + purpose.code() + "/" + label;
  }

  // What logs claim, and by which key they may be continued.

  /** What a log claims with a signature that verifies. */
  Optional<Continuation> continuation(IpnsName log) {
    String key = "continues/" + log.text();
    return book.get(key).map(bytes -> Values.decode(key, bytes, Continuation::parse));
  }

  void putContinuation(IpnsName log, Continuation continuation) {
    book.putValue("continues/" + log.text(), continuation.encode());
  }

  /** The hash of the key by which a log's genesis lets it be continued. */
  Optional<Digest> recovery(IpnsName log) {
    String key = "recovery/" + log.text();
    return book.get(key).map(bytes -> Values.decode(key, bytes, Digest::parse));
  }

  void putRecovery(IpnsName log, Digest hash) {
    book.putValue("recovery/" + log.text(), hash.bytes());
  }
}
