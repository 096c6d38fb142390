/**
 * Logs in one file: CAR version 1 as IPFS tools read it (<a
 * href="https://ipld.io/specs/transport/car/carv1/">specification</a>), and the block in it that
 * says which logs there are. Streams of blocks; files are the caller's.
 */
@NullMarked
package org.tidelog.log.car;

import org.jspecify.annotations.NullMarked;
