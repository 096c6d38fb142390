package org.tidelog.sim.logs;

import org.tidelog.log.page.PageLimits;
import org.tidelog.replicator.Policy;

/**
 * How logs are replicated.
 *
 * @param dialling whom a device dials
 * @param peersMax connections that a device looks for
 * @param coalesceMillis how long an entry may wait for others before it is published
 * @param peersFirstMillis how long after coming online peers are given before remote logs are read
 * @param limits of the pages of the remote log
 * @param isSealed whether payloads are encrypted, as in a private topic
 * @param signsForReal whether signatures are made and checked; else a stand-in of the same size
 *     takes their place, which is all the same to every byte that is counted
 */
public record LogOptions(
    Policy.Dialling dialling,
    int peersMax,
    long coalesceMillis,
    long peersFirstMillis,
    PageLimits limits,
    boolean isSealed,
    boolean signsForReal) {}
