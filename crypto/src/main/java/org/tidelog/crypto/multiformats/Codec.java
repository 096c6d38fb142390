package org.tidelog.crypto.multiformats;

/** What a block is, as the code in its CID says; numbers of the multicodec table. */
public enum Codec {
  RAW(0x55),
  DAG_CBOR(0x71),
  LIBP2P_KEY(0x72);

  private final long code;

  Codec(long code) {
    this.code = code;
  }

  public long code() {
    return code;
  }
}
