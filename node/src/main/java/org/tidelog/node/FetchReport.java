package org.tidelog.node;

import java.util.List;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRange;

/**
 * What fetching one log came to.
 *
 * @param size entries in the log, by its newest verified head; 0 where none is known
 * @param entries new ones
 * @param payloadBytes of those, as stored
 * @param bytesRead blocks and records, as they came
 * @param missing positions that are not here
 * @param complete whether nothing is missing
 */
public record FetchReport(
    String topic,
    IpnsName name,
    long size,
    long entries,
    long payloadBytes,
    long bytesRead,
    long blocksRead,
    long recordBytes,
    List<SeqRange> missing,
    boolean complete,
    long millis,
    List<Problem> problems) {}
