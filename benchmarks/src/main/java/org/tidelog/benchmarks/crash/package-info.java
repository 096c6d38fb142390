/**
 * Kills processes, cuts power, fills disks and flips bits, and checks that nothing acknowledged is
 * lost, that no two heads contradict each other, and that the next start repairs or says what to
 * do. A child process does what is to be interrupted and says on standard output what it was told
 * is durable; its parent kills it, opens what is left and compares.
 */
@NullMarked
package org.tidelog.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
