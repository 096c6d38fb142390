/**
 * Who writes what, when, to whom: one message after the other, people who chat, or a chat that took
 * place.
 */
@NullMarked
package org.tidelog.sim.workload;

import org.jspecify.annotations.NullMarked;
