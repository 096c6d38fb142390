package org.tidelog.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;

/**
 * What publishing a log, or this device's index of a topic, came to. Bytes are those written,
 * without what a file system adds.
 */
public sealed interface PublishReport {
  String topic();

  Figures figures();

  /**
   * What was mirrored, and what that wrote.
   *
   * @param size entries mirrored
   * @param sequence of the record
   * @param root CID of the index, empty while everything fits the record
   * @param recordBytes 0 where the record was there already
   * @param layers where it went
   * @param problems where it did not go, and fork proofs that could not be put beside it
   */
  record Figures(
      long size,
      long sequence,
      Instant validUntil,
      Optional<Cid> root,
      long blocksWritten,
      long blockBytes,
      long recordBytes,
      long millis,
      List<String> layers,
      List<Problem> problems) {}

  /** A log of this device. */
  record Log(String topic, IpnsName name, Figures figures) implements PublishReport {}

  /**
   * The topic's index.
   *
   * @param index its name, to follow
   * @param logs how many logs it leads to
   */
  record Index(String topic, IpnsName index, int logs, Figures figures) implements PublishReport {}
}
