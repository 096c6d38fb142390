package org.tidelog.mvds.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;

/** Payloads of every shape. */
public final class SamplePayloads {
  private SamplePayloads() {}

  public static Digest digest(int number) {
    return Sha256.hash(new byte[] {(byte) number, (byte) (number >> 8)});
  }

  public static Payload of(Message... messages) {
    return new Payload(List.of(), List.of(), List.of(), List.of(messages));
  }

  static Payload random(Random random) {
    List<Message> messages = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) messages.add(message(random));
    return new Payload(ids(random, 4), ids(random, 4), ids(random, 4), messages);
  }

  private static Message message(Random random) {
    byte[] body = new byte[random.nextInt(3) * random.nextInt(9_000)];
    random.nextBytes(body);
    long timestamp = random.nextLong() >> random.nextInt(64);
    return Message.of(
        digest(random.nextInt(9)),
        random.nextInt(4) == 0 ? 0 : timestamp,
        body,
        new Metadata(ids(random, 5), random.nextBoolean()));
  }

  private static List<Digest> ids(Random random, int most) {
    List<Digest> ids = new ArrayList<>();
    for (int i = random.nextInt(most); i > 0; i--) ids.add(digest(random.nextInt(999)));
    return ids;
  }
}
