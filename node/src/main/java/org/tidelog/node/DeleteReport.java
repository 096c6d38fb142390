package org.tidelog.node;

import org.tidelog.crypto.ipns.IpnsName;

/**
 * What a deletion came to.
 *
 * @param entries payloads dropped
 * @param bytes of those, as stored
 * @param guessable how many were not appended as deletable: who knows the entry can test guesses of
 *     what it said
 */
public record DeleteReport(String topic, IpnsName name, long entries, long bytes, long guessable) {}
