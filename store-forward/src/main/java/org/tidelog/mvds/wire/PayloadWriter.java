package org.tidelog.mvds.wire;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.List;
import org.tidelog.crypto.Digest;

/**
 * Writes payloads under one numbering, and says how long they are without writing them. Fields come
 * in the order of their numbers, so that equal payloads are equal bytes. Without state.
 */
public final class PayloadWriter {
  static final int ACKS = 0;
  static final int OFFERS = 1;
  static final int REQUESTS = 2;
  static final int MESSAGES = 3;

  static final int GROUP_ID = 0;
  static final int TIMESTAMP = 1;
  static final int BODY = 2;
  static final int METADATA = 3;

  static final int PARENTS = 1;
  static final int EPHEMERAL = 2;

  static final int LENGTH_DELIMITED = 2;

  private static final int ID_LENGTH_BYTES = 1;
  private static final int EPHEMERAL_BYTES = 2;
  private static final int PARENT_BYTES = 1 + ID_LENGTH_BYTES + Digest.LENGTH;

  private final Numbering numbering;

  public PayloadWriter(Numbering numbering) {
    this.numbering = numbering;
  }

  public byte[] encode(Payload payload) {
    byte[] bytes = new byte[size(payload)];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      write(payload, out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new AssertionError("an array of the right size", e);
    }
    return bytes;
  }

  /** Bytes of the encoding. */
  public int size(Payload payload) {
    int ids = payload.acks().size() + payload.offers().size() + payload.requests().size();
    int size = ids * idBytes();
    for (Message message : payload.messages()) {
      size += messageBytes(message);
    }
    return size;
  }

  /** What an ack, offer or request takes in a payload: 36 bytes, or 34 in the Go numbering. */
  public int idBytes() {
    return tagBytes(numbering.payloadField(ACKS)) + ID_LENGTH_BYTES + Digest.LENGTH;
  }

  /** What a message takes in a payload. */
  public int messageBytes(Message message) {
    int length = length(message);
    return tagBytes(numbering.payloadField(MESSAGES)) + varintBytes(length) + length;
  }

  private int length(Message message) {
    int tag = tagBytes(numbering.messageField(GROUP_ID));
    int length = tag + ID_LENGTH_BYTES + Digest.LENGTH;
    if (message.timestamp() != 0) {
      length += tag + CodedOutputStream.computeInt64SizeNoTag(message.timestamp());
    }
    int body = message.bodyBytes();
    if (body > 0) length += tag + varintBytes(body) + body;
    if (hasMetadata(message)) {
      int metadata = length(message.metadata());
      length += tag + varintBytes(metadata) + metadata;
    }
    return length;
  }

  private static int length(Metadata metadata) {
    return PARENT_BYTES * metadata.parents().size() + (metadata.ephemeral() ? EPHEMERAL_BYTES : 0);
  }

  // Interactive Go nodes look into the metadata without asking whether there are any.
  private boolean hasMetadata(Message message) {
    return numbering == Numbering.HEAD || !message.metadata().equals(Metadata.NONE);
  }

  private void write(Payload payload, CodedOutputStream out) throws IOException {
    writeIds(ACKS, payload.acks(), out);
    writeIds(OFFERS, payload.offers(), out);
    writeIds(REQUESTS, payload.requests(), out);
    for (Message message : payload.messages()) {
      beginNested(numbering.payloadField(MESSAGES), length(message), out);
      write(message, out);
    }
  }

  private void writeIds(int position, List<Digest> ids, CodedOutputStream out) throws IOException {
    for (Digest id : ids) {
      out.writeByteArray(numbering.payloadField(position), id.bytes());
    }
  }

  private void write(Message message, CodedOutputStream out) throws IOException {
    out.writeByteArray(numbering.messageField(GROUP_ID), message.group().bytes());
    if (message.timestamp() != 0) {
      out.writeInt64(numbering.messageField(TIMESTAMP), message.timestamp());
    }
    if (message.bodyBytes() > 0) {
      out.writeByteArray(numbering.messageField(BODY), message.bodyShared());
    }
    if (!hasMetadata(message)) return;
    beginNested(numbering.messageField(METADATA), length(message.metadata()), out);
    for (Digest parent : message.metadata().parents()) {
      out.writeByteArray(PARENTS, parent.bytes());
    }
    if (message.metadata().ephemeral()) out.writeBool(EPHEMERAL, true);
  }

  private static void beginNested(int field, int length, CodedOutputStream out) throws IOException {
    out.writeTag(field, LENGTH_DELIMITED);
    out.writeUInt32NoTag(length);
  }

  private static int tagBytes(int field) {
    return CodedOutputStream.computeTagSize(field);
  }

  private static int varintBytes(int value) {
    return CodedOutputStream.computeUInt32SizeNoTag(value);
  }
}
