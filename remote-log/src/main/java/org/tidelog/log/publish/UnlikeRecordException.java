package org.tidelog.log.publish;

import org.tidelog.crypto.ipns.IpnsName;

/**
 * What a log's record names cannot be made from the entries here: payloads have gone since it was
 * signed, or its author draws pages otherwise.
 */
public final class UnlikeRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  UnlikeRecordException(IpnsName log) {
    super("log " + log.text() + ": its record names other blocks than those made of what is here");
  }
}
