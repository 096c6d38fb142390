package org.tidelog.crypto.cbor;

import org.tidelog.crypto.MalformedException;

/** How a value of the wrong type is refused. */
final class Other {
  private Other() {}

  static MalformedException than(String expected, Cbor found) {
    return new MalformedException(found.type() + " where " + expected + " belongs");
  }
}
