package org.tidelog.log.spi;

import java.util.Optional;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRanges;

/**
 * What a store holds of one log.
 *
 * @param held positions whose entries are there (with or without payload)
 * @param head the head stored with the last slice; empty where no slice was
 * @param record the best IPNS record seen (for a log of one's own: the one last published), as
 *     received
 */
public record StoredLog(SeqRanges held, Optional<Head> head, Optional<byte[]> record) {}
