package org.tidelog.node.backup;

import org.tidelog.crypto.MalformedException;

/** What an item is, as the byte before its length says. */
enum ItemType {
  DEVICE(1),
  TOPIC(2),
  MEMBER(3),
  CURSOR(4),
  LOG(5),
  SLICE(6),
  BLOCK(7),
  PROOF(8),
  UNSENT(9);

  /** A slice of the greatest length and what stands before it come to less. */
  static final int BYTES_MAX = 576 * 1024;

  private final int code;

  ItemType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ItemType of(int code) throws MalformedException {
    for (ItemType type : values()) {
      if (type.code == code) return type;
    }
    throw new MalformedException("an item of type " + code);
  }
}
