package org.tidelog.sim.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Which messages were written, and who has them by now. */
public final class Deliveries {
  private final List<Pending> messages = new ArrayList<>();
  private final Latencies latencies = new Latencies();
  private long expected;
  private long delivered;
  private long payloadBytes;
  private long repeated;
  private long lastMillis;

  /** A message, and who of its topic has it, by place in the topic. */
  private record Pending(Message message, BitSet have) {}

  void expect(Message message) {
    messages.add(new Pending(message, new BitSet()));
    expected += message.topic().members().size() - 1;
  }

  /** True if the device did not have it yet. */
  boolean deliver(int number, int device, byte[] payload, long nowMillis) {
    if (number < 0 || number >= messages.size()) {
      throw new AssertionError("message " + number + " was never written");
    }
    Pending pending = messages.get(number);
    Message message = pending.message();
    int place = message.topic().place(device);
    if (place < 0 || device == message.sender()) {
      throw new AssertionError("message " + number + " is not for device " + device);
    }
    if (pending.have().get(place)) {
      repeated++;
      return false;
    }
    if (!Arrays.equals(payload, message.payload())) {
      throw new AssertionError("message " + number + " came to device " + device + " changed");
    }
    pending.have().set(place);
    delivered++;
    payloadBytes += payload.length;
    lastMillis = nowMillis;
    latencies.add(nowMillis - message.createdMillis());
    return true;
  }

  public int messages() {
    return messages.size();
  }

  /** One a message and recipient. */
  public long expected() {
    return expected;
  }

  public long delivered() {
    return delivered;
  }

  public long payloadBytes() {
    return payloadBytes;
  }

  /** How often an application was given what it had. */
  public long repeated() {
    return repeated;
  }

  /** When the last message reached somebody new. */
  public long lastMillis() {
    return lastMillis;
  }

  public Latencies latencies() {
    return latencies;
  }
}
