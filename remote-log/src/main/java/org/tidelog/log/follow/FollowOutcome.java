package org.tidelog.log.follow;

import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRanges;

/**
 * What one round of following came to.
 *
 * @param head the newest verified head known now; empty where there is none
 * @param added positions whose entries are new here
 * @param missing positions below the head's size that are not here
 * @param stoppedAtBudget whether more could have been had
 * @param bytesRead blocks and records, as they came
 * @param recordBytes records among those
 * @param rivals records that contradict what is here, of which nothing was kept
 */
public record FollowOutcome(
    IpnsName name,
    Optional<Head> head,
    SeqRanges added,
    SeqRanges missing,
    boolean stoppedAtBudget,
    long bytesRead,
    long blocksRead,
    long recordBytes,
    List<Finding> findings,
    List<Rival> rivals) {
  public FollowOutcome {
    findings = List.copyOf(findings);
    rivals = List.copyOf(rivals);
  }

  /** Whether a block that the record leads to could not be found. */
  public boolean lacksBlocks() {
    return findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.MISSING_BLOCK);
  }

  /** This outcome of a second round, with what the first one brought and read. */
  public FollowOutcome after(FollowOutcome first) {
    return new FollowOutcome(
        name,
        head,
        added.with(first.added),
        missing,
        stoppedAtBudget,
        bytesRead + first.bytesRead,
        blocksRead + first.blocksRead,
        recordBytes + first.recordBytes,
        findings,
        rivals);
  }
}
