package org.tidelog.node;

import java.util.List;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.entry.SeqRange;

/**
 * What checking one log came to.
 *
 * @param entries checked: hash, link, place in the head's root
 * @param ok whether nothing was wrong; what is missing is not wrong
 */
public record VerifyReport(
    String topic,
    IpnsName name,
    long size,
    long entries,
    boolean ok,
    List<Problem> problems,
    List<SeqRange> missing) {}
