package org.tidelog.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRange;

/**
 * What is known of one log.
 *
 * @param size entries by the newest verified head
 * @param published entries that are mirrored: for a log of another's, those its record names
 * @param asOf the time of the newest head
 * @param sources where it was last seen
 * @param head how fresh the newest head is
 * @param author display name, where the log's first entry could be read
 * @param continues the log that it goes on from
 * @param contested whether its author contradicts himself in it
 * @param forkPoint from which position on; empty where that is not known
 */
public record LogStatus(
    String topic,
    IpnsName name,
    boolean own,
    long size,
    long published,
    List<SeqRange> missing,
    Optional<Instant> asOf,
    List<String> sources,
    boolean closed,
    Optional<String> author,
    Optional<Continued> continues,
    boolean contested,
    OptionalLong forkPoint,
    HeadState head) {}
