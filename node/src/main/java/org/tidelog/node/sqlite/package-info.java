/**
 * The store of a home on desktops and servers: one SQLite file, in write-ahead mode, synced at
 * every commit and locked by the one process that has it open.
 *
 * <p>Tables of schema version 2:
 *
 * <ul>
 *   <li>{@code logs(number, name, record)}: a small number for each log, and the best IPNS record
 *       seen of it.
 *   <li>{@code slices(id, count, previous, last, roots, head, body)}: {@code id} is {@code number
 *       << 40 | first}, so that appending is one insert into one tree. {@code previous} is null at
 *       position 0, {@code roots} where the one entry's id is the root; {@code head} is time, root
 *       and signature (104 bytes), since size, last id and log are known. The body comes last: what
 *       is asked for most is read without it.
 *   <li>{@code published(log, level, ordinal, first, "end", weight, bytes, cid, previous, roots)}:
 *       the blocks of the published tree.
 *   <li>{@code "values"(key, value, sum)}: what the node remembers beside its logs, each with the
 *       CRC-32 of key and value; version 1 had no sums.
 * </ul>
 *
 * The version is SQLite's {@code user_version}. Files of older versions are migrated when they are
 * opened, those of newer ones are refused.
 */
@NullMarked
package org.tidelog.node.sqlite;

import org.jspecify.annotations.NullMarked;
