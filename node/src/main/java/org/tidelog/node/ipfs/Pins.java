package org.tidelog.node.ipfs;

import java.io.IOException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;

/** A place that keeps everything below a root when it is asked to. */
public interface Pins {
  /** What people call this place. */
  String describe();

  /** Keeps everything below a root. Asked again, it changes nothing. */
  void pin(Cid root, IpnsName log) throws IOException;

  /** No longer keeps a root. No error where it does not. */
  void unpin(Cid root, IpnsName log) throws IOException;
}
