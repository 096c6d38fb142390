package org.tidelog.mvds.wire;

import static org.tidelog.mvds.wire.SamplePayloads.digest;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.Varint;

/** The cases of {@code mvds.json}: payloads under both numberings, and bytes that are none. */
final class MvdsVectors {
  private static final Digest GROUP = digest(1);
  private static final byte[] BODY = {104, 101, 108, 108, 111};

  private final StringBuilder out = new StringBuilder("[");

  private MvdsVectors() {}

  static String file() {
    MvdsVectors vectors = new MvdsVectors();
    vectors.messages();
    vectors.payloads();
    vectors.refused();
    return vectors.out + "\n]\n";
  }

  private void messages() {
    message("a root", Message.of(GROUP, 1_700_000_000, BODY, Metadata.NONE));
    Metadata child = Metadata.of(List.of(digest(2), digest(3)));
    message("with two parents", Message.of(GROUP, 1_700_000_001, BODY, child));
    message("ephemeral", Message.of(GROUP, 1_700_000_002, BODY, Metadata.EPHEMERAL));
    message("of nothing", Message.of(GROUP, 0, new byte[0], Metadata.NONE));
    message("before 1970", Message.of(GROUP, -1, new byte[] {0}, Metadata.NONE));
    message("at the end of time", Message.of(GROUP, Long.MAX_VALUE, BODY, Metadata.NONE));
    message("of 200 bytes", Message.of(GROUP, 255, new byte[200], Metadata.NONE));
    message("with one parent twice", Message.of(GROUP, 5, BODY, twice()));
  }

  private static Metadata twice() {
    return new Metadata(List.of(digest(9), digest(9)), true);
  }

  private void message(String name, Message message) {
    payload("message " + name, SamplePayloads.of(message));
  }

  private void payloads() {
    List<Digest> two = List.of(digest(4), digest(5));
    payload("nothing", new Payload(List.of(), List.of(), List.of(), List.of()));
    payload("acks", new Payload(two, List.of(), List.of(), List.of()));
    payload("offers", new Payload(List.of(), two, List.of(), List.of()));
    payload("requests", new Payload(List.of(), List.of(), two, List.of()));
    Message message = Message.of(GROUP, 1_700_000_003, BODY, Metadata.of(two));
    payload(
        "all of it",
        new Payload(List.of(digest(6)), List.of(digest(7)), List.of(digest(8)), List.of(message)));
  }

  private void payload(String name, Payload payload) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("acks", hex(payload.acks()));
    fields.put("offers", hex(payload.offers()));
    fields.put("requests", hex(payload.requests()));
    for (Message message : payload.messages()) {
      fields.put("group", message.group().hex());
      fields.put("timestamp", Long.toString(message.timestamp()));
      fields.put("body", Hex.encode(message.body()));
      fields.put("parents", hex(message.metadata().parents()));
      fields.put("ephemeral", Boolean.toString(message.metadata().ephemeral()));
      fields.put("id", message.id().hex());
    }
    fields.put("spec", Hex.encode(new PayloadWriter(Numbering.SPEC).encode(payload)));
    fields.put("head", Hex.encode(new PayloadWriter(Numbering.HEAD).encode(payload)));
    object(fields);
  }

  private static String hex(List<Digest> digests) {
    return digests.stream().map(Digest::hex).collect(Collectors.joining(" "));
  }

  private void refused() {
    String id = digest(4).hex();
    String group = "0a20" + GROUP.hex();
    refused("an id of 31 bytes", "MV-2", "0a1f" + id.substring(2));
    refused("an id of 33 bytes", "MV-2", "1221" + id + "00");
    refused("an empty id", "MV-2", "cab80200");
    refused("a message without a group", "MV-2", "22021002");
    refused("a message that is empty", "MV-2", "e2b80200");
    refused("a group id of no bytes", "MV-2", "22020a00");
    refused("a parent of one byte", "MV-2", nested("22", group + nested("22", "0a0107")));
    refused("an ack that is a number", "MV-3", "0805");
    refused("a message that is a number", "MV-3", "2005");
    refused("a timestamp that is bytes", "MV-3", nested("22", group + "120101"));
    refused("a body that is a number", "MV-3", nested("22", group + "1801"));
    refused("ephemeral as bytes", "MV-3", nested("22", group + nested("22", "120101")));
    refused("two groups", "MV-3", nested("22", group + group));
    refused("two timestamps", "MV-3", nested("22", group + "10011001"));
    refused("two bodies", "MV-3", nested("22", group + "1a01071a0107"));
    refused("two metadata", "MV-3", nested("22", group + "22001a01072200"));
    refused("ephemeral twice", "MV-3", nested("22", group + nested("22", "10011001")));
    refused(
        "two groups in two numberings",
        "MV-3",
        nested("22", group + "8af702" + group.substring(2)));
    refused("an id cut short", "MV-4", "0a20" + id.substring(2));
    refused("a tag and nothing behind it", "MV-4", "0a20" + id + "0a");
    refused("a message longer than the payload", "MV-4", "2223" + group);
    refused(
        "metadata longer than the message",
        "MV-4",
        nested("22", group + "22021001").replace("22021001", "22031001"));
    refused("field 0", "MV-4", "0200");
    refused("a group that ends only", "MV-4", "2c");
    refused("a group that does not end", "MV-4", "2b");
    refused("257 parents", "MV-6", nested("22", group + nested("22", repeat("0a20" + id, 257))));
  }

  private static String repeat(String text, int count) {
    return String.join("", Collections.nCopies(count, text));
  }

  /** A field of a message, in hex. */
  private static String nested(String tag, String content) {
    byte[] length = new byte[9];
    int end = Varint.write(content.length() / 2, length, 0);
    return tag + Hex.encode(Arrays.copyOf(length, end)) + content;
  }

  private void refused(String name, String requirement, String bytes) {
    try {
      PayloadReader.decode(Hex.decode(bytes));
      throw new AssertionError(name + ": is read");
    } catch (MalformedException e) {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("name", name);
      fields.put("refused", "yes");
      fields.put("breaks", requirement);
      fields.put("bytes", bytes);
      object(fields);
    }
  }

  private void object(Map<String, String> fields) {
    out.append(out.length() == 1 ? "\n  {" : ",\n  {");
    String separator = "\n    \"";
    for (Map.Entry<String, String> field : fields.entrySet()) {
      out.append(separator).append(field.getKey()).append("\": \"");
      out.append(field.getValue()).append('"');
      separator = ",\n    \"";
    }
    out.append("\n  }");
  }
}
