package org.tidelog.mvds.wire;

import java.util.ArrayList;
import java.util.List;
import org.tidelog.crypto.Digest;

/**
 * All records that one node has for another in one epoch. Immutable.
 *
 * @param acks messages that the sender holds
 * @param offers messages that the sender would give
 * @param requests messages that the sender would have
 */
public record Payload(
    List<Digest> acks, List<Digest> offers, List<Digest> requests, List<Message> messages) {

  public Payload {
    acks = List.copyOf(acks);
    offers = List.copyOf(offers);
    requests = List.copyOf(requests);
    messages = List.copyOf(messages);
  }

  public int records() {
    return acks.size() + offers.size() + requests.size() + messages.size();
  }

  /** Collects records one by one. Owned by one thread, and of no use after {@link #build}. */
  public static final class Builder {
    private final List<Digest> acks = new ArrayList<>(0);
    private final List<Digest> offers = new ArrayList<>(0);
    private final List<Digest> requests = new ArrayList<>(0);
    private final List<Message> messages = new ArrayList<>(0);

    public void ack(Digest id) {
      acks.add(id);
    }

    public void offer(Digest id) {
      offers.add(id);
    }

    public void request(Digest id) {
      requests.add(id);
    }

    public void message(Message message) {
      messages.add(message);
    }

    public int records() {
      return acks.size() + offers.size() + requests.size() + messages.size();
    }

    public Payload build() {
      return new Payload(acks, offers, requests, messages);
    }
  }
}
