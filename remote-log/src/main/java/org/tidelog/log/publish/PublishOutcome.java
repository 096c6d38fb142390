package org.tidelog.log.publish;

import java.time.Instant;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;

/**
 * What one publication came to.
 *
 * @param size entries mirrored, which is also the record's sequence
 * @param index the index root, empty while everything fits the record
 * @param blocksWritten blocks that were not there before
 * @param blockBytes bytes of those
 * @param recordBytes bytes of the record, 0 where it was there already
 */
public record PublishOutcome(
    IpnsName name,
    long size,
    Instant validUntil,
    Optional<Cid> index,
    long blocksWritten,
    long blockBytes,
    long recordBytes) {}
