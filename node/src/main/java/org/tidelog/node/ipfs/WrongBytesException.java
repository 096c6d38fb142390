package org.tidelog.node.ipfs;

import java.io.IOException;
import org.tidelog.crypto.multiformats.Cid;

/** A place gave something else under a block's name. */
public final class WrongBytesException extends IOException {
  private static final long serialVersionUID = 1L;

  public WrongBytesException(Cid cid) {
    super("it gave other bytes for " + cid.text());
  }
}
