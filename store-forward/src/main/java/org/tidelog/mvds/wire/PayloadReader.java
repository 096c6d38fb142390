package org.tidelog.mvds.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;

/**
 * Reads one payload, under either numbering. Fields may come in any order and unknown ones are
 * skipped, as protobuf has it; a known field must have its wire type, and one that is not repeated
 * may come once, because readers disagree on which of two counts.
 */
public final class PayloadReader {
  private static final int NO_FIELD = 0;

  private final CodedInputStream in;
  private int records;

  private PayloadReader(byte[] bytes) {
    in = CodedInputStream.newInstance(bytes);
  }

  public static Payload decode(byte[] bytes) throws MalformedException {
    if (bytes.length > WireLimits.PAYLOAD_BYTES_MAX) {
      throw new MalformedException("payload of " + bytes.length + " bytes");
    }
    try {
      return new PayloadReader(bytes).payload();
    } catch (IOException e) {
      throw new MalformedException("payload: " + e.getMessage(), e);
    }
  }

  private Payload payload() throws IOException, MalformedException {
    Payload.Builder payload = new Payload.Builder();
    for (int tag = in.readTag(); tag != NO_FIELD; tag = in.readTag()) {
      switch (Numbering.payloadPosition(WireFormat.getTagFieldNumber(tag))) {
        case PayloadWriter.ACKS -> payload.ack(record(tag));
        case PayloadWriter.OFFERS -> payload.offer(record(tag));
        case PayloadWriter.REQUESTS -> payload.request(record(tag));
        case PayloadWriter.MESSAGES -> {
          count();
          payload.message(message(tag));
        }
        default -> skip(tag);
      }
    }
    return payload.build();
  }

  private Digest record(int tag) throws IOException, MalformedException {
    count();
    return id(tag);
  }

  private void count() throws MalformedException {
    if (++records > WireLimits.RECORDS_MAX) {
      throw new MalformedException("payload of over " + WireLimits.RECORDS_MAX + " records");
    }
  }

  private Message message(int tag) throws IOException, MalformedException {
    int outer = beginNested(tag);
    @Nullable Digest group = null;
    @Nullable Long timestamp = null;
    byte @Nullable [] body = null;
    @Nullable Metadata metadata = null;
    for (int field = in.readTag(); field != NO_FIELD; field = in.readTag()) {
      switch (Numbering.messagePosition(WireFormat.getTagFieldNumber(field))) {
        case PayloadWriter.GROUP_ID -> group = once(group, id(field));
        case PayloadWriter.TIMESTAMP -> timestamp = once(timestamp, number(field));
        case PayloadWriter.BODY -> body = once(body, body(field));
        case PayloadWriter.METADATA -> metadata = once(metadata, metadata(field));
        default -> skip(field);
      }
    }
    in.popLimit(outer);
    if (group == null) throw new MalformedException("message without a group");
    return Message.owning(
        group,
        timestamp == null ? 0 : timestamp,
        body == null ? new byte[0] : body,
        metadata == null ? Metadata.NONE : metadata);
  }

  private Metadata metadata(int tag) throws IOException, MalformedException {
    int outer = beginNested(tag);
    List<Digest> parents = new ArrayList<>(0);
    @Nullable Boolean ephemeral = null;
    for (int field = in.readTag(); field != NO_FIELD; field = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(field)) {
        case PayloadWriter.PARENTS -> {
          if (parents.size() == WireLimits.PARENTS_MAX) {
            throw new MalformedException("message of over " + WireLimits.PARENTS_MAX + " parents");
          }
          parents.add(id(field));
        }
        case PayloadWriter.EPHEMERAL -> ephemeral = once(ephemeral, number(field) != 0);
        default -> skip(field);
      }
    }
    in.popLimit(outer);
    return new Metadata(parents, ephemeral != null && ephemeral);
  }

  private static <T> T once(@Nullable T before, T now) throws MalformedException {
    if (before != null) throw new MalformedException("a field twice that is not repeated");
    return now;
  }

  private int beginNested(int tag) throws IOException, MalformedException {
    expect(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return in.pushLimit(in.readRawVarint32());
  }

  private Digest id(int tag) throws IOException, MalformedException {
    expect(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return Digest.parse(in.readByteArray());
  }

  private byte[] body(int tag) throws IOException, MalformedException {
    expect(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    byte[] body = in.readByteArray();
    if (body.length > WireLimits.BODY_BYTES_MAX) {
      throw new MalformedException("message body of " + body.length + " bytes");
    }
    return body;
  }

  private long number(int tag) throws IOException, MalformedException {
    expect(tag, WireFormat.WIRETYPE_VARINT);
    return in.readInt64();
  }

  private static void expect(int tag, int wireType) throws MalformedException {
    if (WireFormat.getTagWireType(tag) != wireType) {
      throw new MalformedException(
          "field "
              + WireFormat.getTagFieldNumber(tag)
              + " of wire type "
              + WireFormat.getTagWireType(tag));
    }
  }

  private void skip(int tag) throws IOException, MalformedException {
    if (!in.skipField(tag)) throw new MalformedException("a group ends that has not begun");
  }
}
