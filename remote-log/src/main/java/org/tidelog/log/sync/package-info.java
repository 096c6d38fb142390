/**
 * Sync between two peers over any reliable ordered byte stream: {@link
 * org.tidelog.log.sync.SyncSession} is a machine that a driver gives bytes to and takes bytes from.
 * It compares what both hold of the topics that both know, and brings over what lacks; nothing is
 * stored that is not verified. Ports: {@link org.tidelog.log.sync.SyncTopics}, {@link
 * org.tidelog.log.sync.SyncNotes}. Specified in {@code sync.md}.
 */
@NullMarked
package org.tidelog.log.sync;

import org.jspecify.annotations.NullMarked;
