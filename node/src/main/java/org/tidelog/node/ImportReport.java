package org.tidelog.node;

import org.tidelog.crypto.ipns.IpnsName;

/**
 * What an import came to.
 *
 * @param entries data entries appended; control entries may lie between them
 * @param firstSeq position of the first, -1 where there is none
 * @param lastSeq position of the last, -1 where there is none
 */
public record ImportReport(
    IpnsName name, long entries, long payloadBytes, long firstSeq, long lastSeq) {}
