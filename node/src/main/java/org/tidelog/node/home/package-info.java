/**
 * The home of a device: one folder that only its owner can read and only one process has open.
 *
 * <ul>
 *   <li>{@code keys}: the key store
 *   <li>{@code config}: settings, as text
 *   <li>{@code log.db}: logs and what is remembered beside them
 *   <li>{@code blobs/}: blocks of large payloads
 *   <li>{@code mirror/}: where logs are published unless something else is said; made with the
 *       first publish
 *   <li>{@code incarnation}: random bytes that are never touched again; what the file system knows
 *       of this file tells the home from its copies
 *   <li>{@code sizes}: how long this device's logs were at the last publication or close; a store
 *       with less was rolled back
 *   <li>{@code lock}: locked as long as a process has the home open; its contents mean nothing
 * </ul>
 */
@NullMarked
package org.tidelog.node.home;

import org.jspecify.annotations.NullMarked;
