package org.tidelog.mvds.wire;

/**
 * The two numberings of the fields that are in use. They have no number in common, so a reader
 * takes both and only a writer has to choose.
 */
public enum Numbering {
  /** 2/MVDS and 4/MVDS-META as written: from 5001 and 6001. */
  SPEC(5001, 6001),

  /** The Go implementation: from 1. */
  HEAD(1, 1);

  private static final int FIELDS = 4;

  private final int payloadFirst;
  private final int messageFirst;

  Numbering(int payloadFirst, int messageFirst) {
    this.payloadFirst = payloadFirst;
    this.messageFirst = messageFirst;
  }

  int payloadField(int position) {
    return payloadFirst + position;
  }

  int messageField(int position) {
    return messageFirst + position;
  }

  /** The position, from 0, of a payload's field in whichever numbering; negative if none has it. */
  static int payloadPosition(int number) {
    return position(number, SPEC.payloadFirst);
  }

  /** As {@link #payloadPosition}, of a message's field. */
  static int messagePosition(int number) {
    return position(number, SPEC.messageFirst);
  }

  private static int position(int number, int specFirst) {
    int position = number >= specFirst ? number - specFirst : number - HEAD.payloadFirst;
    return position < FIELDS ? position : -1;
  }
}
