package org.tidelog.mvds.spi;

import org.tidelog.crypto.Digest;

/**
 * A record that is sent until it has been answered.
 *
 * @param number of two records that are in the store at once, the later one has the larger number
 * @param peer the driver's number for the peer
 * @param message id of the message that it is about
 * @param sendCount how often it has been sent
 * @param sendEpoch when it may be sent next
 */
public record StoredRecord(
    long number, RecordType type, int peer, Digest message, int sendCount, long sendEpoch) {}
