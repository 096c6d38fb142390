package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.log.TestLogs;
import org.tidelog.log.entry.Head;
import org.tidelog.log.memory.MemorySyncNotes;
import org.tidelog.log.vectors.JsonText;

/**
 * The test vectors of sync: every frame of two sessions, frames to be refused, and what sets make.
 */
public final class SyncVectors {
  private SyncVectors() {}

  /**
   * A session with a sketch and pushes, one with wants, and one with a fork; then what is refused.
   */
  public static String frames() {
    JsonText json = new JsonText();
    TestDevice one = new TestDevice(1);
    TestDevice other = new TestDevice(2);
    session(json, "first", one, other);
    for (int log = 1; log <= 17; log++) {
      one.append(log, new Random(log), 2, 40);
    }
    session(json, "seventeen logs", one, other);
    other.append(3, new Random(1), 1, 40);
    one.notes = new MemorySyncNotes();
    session(json, "a sketch", one, other);
    one.append(3, new Random(2), 1, 40);
    one.append(3, new Random(2), 1, 40);
    other.append(3, new Random(3), 1, 40);
    session(json, "a fork", one, other);
    refused(json);
    return json.toString();
  }

  private static void session(JsonText json, String name, TestDevice one, TestDevice other) {
    TestLink link = new TestLink(one, other).run();
    if (!link.closed().isEmpty()) throw new AssertionError(link.closed());
    int at = 0;
    for (byte[] frame : link.frames()) {
      String from = link.talk.get(at++);
      json.open()
          .put("session", name)
          .put("from", from.startsWith(">") ? "initiator" : "responder")
          .put("kind", from.split(" ")[1])
          .put("bytes", Hex.encode(frame))
          .close();
    }
  }

  private static void refused(JsonText json) {
    String log = "01".repeat(32);
    String nonce = "00".repeat(16);
    refused(json, "RS-6", "hello", "versions out of order", "0201" + nonce + "00" + "00" + "00");
    refused(json, "RS-6", "hello", "unknown flags", "0101" + nonce + "00" + "02" + "00");
    refused(json, "RS-6", "hello", "4097 proofs", "0101" + nonce + "00" + "00" + "8120");
    refused(json, "E4", "hello", "a proof cut short", "0101" + nonce + "00" + "00" + "01" + "0000");
    refused(json, "E1", "hello", "a byte behind the end", "0101" + nonce + "00000000");
    refused(json, "RS-13", "state", "form 6", "0006" + nonce);
    refused(json, "RS-13", "state", "unknown flag", "0082" + nonce);
    refused(json, "RS-9", "state", "topic 1 of 1", "0102" + nonce);
    refused(
        json, "RS-4", "state", "log number 1 before any", "0002" + nonce + "0105" + "00".repeat(8));
    refused(json, "E4", "state", "an item cut short", "0002" + nonce + "00" + log + "05" + "00");
    refused(json, "E4", "state", "since without a base", "0001" + "00".repeat(15));
    refused(
        json,
        "RL-1",
        "state",
        "log of 2^40 entries",
        "0002" + nonce + "00" + log + "808080808020" + "00".repeat(8));
    refused(json, "RS-22", "want", "fills nothing", "010000" + log + "02" + "05" + "00");
    refused(json, "RS-22", "want", "a base below 0", "010000" + log + "00" + "05" + "06");
    refused(json, "RS-22", "want", "unknown flags", "010000" + log + "04" + "05" + "05");
    refused(
        json,
        "RL-1",
        "range",
        "past the last position",
        "01" + "ffffffffff1f" + "808080808020" + "00");
    refused(json, "RS-25", "slice", "unknown flags", "20" + "05" + "0101000000");
    refused(json, "RL-1", "slice", "over 524288 bytes", "00" + "818020");
    refused(json, "RL-20", "slice", "a slice of no entries", "00" + "02" + "0100");
    refused(
        json,
        "E4",
        "slice",
        "signature cut short",
        "02" + "05" + "0101000000" + "00" + "00".repeat(63));
    refused(
        json,
        "RS-25",
        "slice",
        "introduced by entry 1",
        "10" + "05" + "0101000000" + "05" + "0101000000");
  }

  private static void refused(JsonText json, String breaks, String kind, String name, String body) {
    try {
      read(kind, new ByteReader(bytes(body)));
    } catch (MalformedException e) {
      byte[] bytes = bytes(body);
      ByteWriter frame = new ByteWriter().varint(bytes.length + 1L);
      FrameKind known = FrameKind.valueOf(kind.toUpperCase(Locale.ROOT));
      frame.u8(known.code()).bytes(bytes);
      json.open().put("name", name).put("kind", kind);
      json.put("bytes", Hex.encode(frame.toByteArray())).put("refused", "yes");
      json.put("breaks", breaks).close();
      return;
    }
    throw new AssertionError("not refused: " + name);
  }

  private static byte[] bytes(String hex) {
    try {
      return Hex.decode(hex);
    } catch (MalformedException e) {
      throw new AssertionError(hex, e);
    }
  }

  /** Reads a body of one of these kinds, where one topic is proved and no log named. */
  private static void read(String kind, ByteReader in) throws MalformedException {
    switch (kind) {
      case "hello" -> Hello.read(in);
      case "state" -> State.read(in, new LogNumbers(), 1);
      case "want" -> Want.read(in, new LogNumbers(), 1);
      case "range" -> Offer.read(in);
      case "slice" -> SliceFrame.read(in);
      default -> throw new IllegalArgumentException(kind);
    }
  }

  /** Find keys, proofs, items, fingerprints, symbols. */
  public static String sets() {
    JsonText json = new JsonText();
    byte[] secret = Sha256.hash(new byte[] {1}).bytes();
    FindKey key = FindKey.of(secret);
    json.open()
        .put("what", "find key")
        .put("secret", Hex.encode(secret))
        .put("key", Hex.encode(key.bytes()))
        .put("blind", Hex.encode(key.blind().bytes()))
        .close();
    byte[] nonce = new byte[16];
    byte[] other = new byte[16];
    Arrays.fill(nonce, (byte) 0x11);
    Arrays.fill(other, (byte) 0x22);
    SyncConfig config =
        new SyncConfig(
            SyncRole.INITIATOR, new byte[] {1, 7}, new byte[] {2}, nonce, SyncLimits.DEFAULT);
    TopicProofs proofs = new TopicProofs(config, other);
    json.open()
        .put("what", "proof")
        .put("key", Hex.encode(key.bytes()))
        .put("initiator", "0107")
        .put("responder", "02")
        .put("initiator-nonce", Hex.encode(nonce))
        .put("responder-nonce", Hex.encode(other))
        .put("initiator-proof", Hex.encode(proofs.proof(key, SyncRole.INITIATOR)))
        .put("responder-proof", Hex.encode(proofs.proof(key, SyncRole.RESPONDER)))
        .close();
    for (int count : new int[] {0, 1, 2, 20}) {
      set(json, count, proofs.nonces());
    }
    return json.toString();
  }

  private static void set(JsonText json, int count, byte[] nonces) {
    LogSet logs = new LogSet();
    List<String> heads = new ArrayList<>();
    List<String> items = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Digest id = Sha256.hash(new byte[] {(byte) i});
      Head.Statement statement = new Head.Statement(TestLogs.name(i), i, id, id, 0);
      Head head = Head.claimed(statement, new byte[Head.SIGNATURE_BYTES]);
      logs.appended(head, 0);
      if (i == 2) logs.contest(TestLogs.name(2));
      LogSet.Held held = logs.held(TestLogs.name(i)).orElseThrow();
      heads.add(Hex.encode(TestLogs.name(i).key()) + "/" + (held.contested() ? 0 : i));
      items.add(held.digest().hex());
    }
    CodedSymbols symbols = new Sketch(logs, nonces).symbols(0, 8);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < symbols.count(); i++) {
      text.append(String.format("%016x%08x ", symbols.sum(i), symbols.check(i)));
    }
    json.open()
        .put("what", "set")
        .put("logs", String.join(" ", heads))
        .put("items", String.join(" ", items))
        .put("fingerprint", logs.fingerprint().toString())
        .put("nonces", Hex.encode(nonces))
        .put("symbols", text.toString().trim())
        .close();
  }
}
