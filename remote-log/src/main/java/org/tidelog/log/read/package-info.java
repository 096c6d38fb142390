/**
 * Reading what is stored: one log's entries in order, and the entries of many logs merged so that
 * none comes before one that its author had seen.
 */
@NullMarked
package org.tidelog.log.read;

import org.jspecify.annotations.NullMarked;
