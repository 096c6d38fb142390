package org.tidelog.log.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.ByteReader;
import org.tidelog.crypto.multiformats.ByteWriter;

/**
 * What one side holds of a topic.
 *
 * @param topic its number in the session
 * @param now the fingerprint of all that the sender holds
 * @param base the state since which the items changed, where the form is {@link Form#SINCE}
 * @param seen the reader's state of which the sender knows all, where its own is another
 * @param incomplete whether entries below some of the sender's heads are not held there
 * @param continues whether another frame brings more items of this state
 */
record State(
    int topic,
    Form form,
    Fingerprint now,
    Optional<Fingerprint> base,
    Optional<Seen> seen,
    boolean incomplete,
    boolean continues,
    List<Item> items) {
  static final int ITEMS_MAX = 1_024;

  private static final int CONTINUES = 0x10;
  private static final int SEEN = 0x20;
  private static final int INCOMPLETE = 0x40;
  private static final int FLAGS = CONTINUES | SEEN | INCOMPLETE;
  private static final int FORM_MASK = 0x0f;

  /**
   * That two sets differ though nobody lacks anything.
   *
   * @param state the reader's
   * @param sum of the writer's items
   */
  record Seen(Fingerprint state, Digest sum) {}

  /** What the items are. */
  enum Form {
    /** None: what the sender holds is for a sketch to tell, should the fingerprints differ. */
    NONE(0),
    /** What changed since a state that the reader once had. */
    SINCE(1),
    /** All that the sender holds. */
    WHOLE(2),
    /** All in which the sender differs from what it was told. */
    ANSWER(3),
    /** What changed since the sender last told. */
    MORE(4),
    /** None: a sketch of the sender's set is behind. */
    SKETCHED(5);

    private final int code;

    Form(int code) {
      this.code = code;
    }
  }

  private static final Form[] FORMS = Form.values();

  void write(ByteWriter out, LogNumbers numbers) {
    int flags = (continues ? CONTINUES : 0) | (incomplete ? INCOMPLETE : 0);
    out.varint(topic).u8(form.code | flags | (seen.isPresent() ? SEEN : 0));
    now.write(out);
    base.ifPresent(state -> state.write(out));
    if (seen.isPresent()) {
      seen.get().state.write(out);
      out.digest(seen.get().sum);
    }
    for (Item item : items) {
      numbers.write(out, item.log());
      out.varint(item.size());
      Wire.long64(out, item.check());
    }
  }

  static State read(ByteReader in, LogNumbers numbers, int topics) throws MalformedException {
    int topic = Wire.topic(in, topics);
    int flags = in.u8();
    int form = flags & FORM_MASK;
    if (form >= FORMS.length || (flags & ~(FORM_MASK | FLAGS)) != 0) {
      throw new MalformedException("state of form " + flags);
    }
    Fingerprint now = Fingerprint.read(in);
    Optional<Fingerprint> base =
        FORMS[form] == Form.SINCE ? Optional.of(Fingerprint.read(in)) : Optional.empty();
    Optional<Seen> seen =
        (flags & SEEN) != 0
            ? Optional.of(new Seen(Fingerprint.read(in), in.digest()))
            : Optional.empty();
    List<Item> items = new ArrayList<>();
    while (in.remaining() > 0) {
      if (items.size() == ITEMS_MAX) throw new MalformedException("state of too many items");
      items.add(item(in, numbers));
    }
    boolean incomplete = (flags & INCOMPLETE) != 0;
    boolean continues = (flags & CONTINUES) != 0;
    return new State(topic, FORMS[form], now, base, seen, incomplete, continues, items);
  }

  private static Item item(ByteReader in, LogNumbers numbers) throws MalformedException {
    IpnsName log = numbers.read(in);
    return new Item(log, Wire.position(in), Wire.long64(in));
  }
}
