/**
 * Entries, heads and slices: what a log is made of and how it is hashed and encoded. The rules are
 * in the specification module ({@code log.md}); the vectors there hold for these classes.
 */
@NullMarked
package org.tidelog.log.entry;

import org.jspecify.annotations.NullMarked;
