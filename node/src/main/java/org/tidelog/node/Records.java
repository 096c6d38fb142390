package org.tidelog.node;

import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.StoreException;

/** Reads records that were verified before they were stored. */
final class Records {
  private Records() {}

  static IpnsRecord parse(byte[] stored) {
    try {
      return IpnsRecord.parse(stored);
    } catch (MalformedException e) {
      throw damaged(e);
    }
  }

  static long sequence(byte[] stored) {
    return parse(stored).content().sequence();
  }

  static RemoteHead head(IpnsName log, byte[] stored) {
    return head(log, parse(stored));
  }

  static RemoteHead head(IpnsName log, IpnsRecord stored) {
    try {
      return RemoteHead.parse(log, stored);
    } catch (MalformedException e) {
      throw damaged(e);
    }
  }

  /** Whether two records say the same but for payloads that one of them has lost. */
  static boolean leadToTheSame(IpnsName log, byte[] found, byte[] stored) {
    try {
      return RemoteHead.parse(log, IpnsRecord.parse(found)).leadsAs(head(log, stored));
    } catch (MalformedException e) {
      return false;
    }
  }

  private static StoreException damaged(MalformedException e) {
    return new StoreException(
        StoreException.Cause.DAMAGED, "a stored record: " + e.getMessage(), e);
  }
}
