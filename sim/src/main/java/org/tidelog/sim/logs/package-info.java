/**
 * What ships: a replicator a device, which drives signed logs over live connections, the remote log
 * behind a service, or both. Nothing of a protocol is done here; actors carry out what the machines
 * of {@code replicator} and {@code remote-log} ask for.
 */
@NullMarked
package org.tidelog.sim.logs;

import org.jspecify.annotations.NullMarked;
