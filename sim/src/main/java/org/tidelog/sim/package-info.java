/**
 * The simulator: the machines that ship, driven for many devices in virtual time, with every byte
 * of every layer counted. It implements no protocol of its own.
 */
@NullMarked
package org.tidelog.sim;

import org.jspecify.annotations.NullMarked;
