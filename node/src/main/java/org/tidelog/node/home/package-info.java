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
 *   <li>{@code lock}: locked as long as a process has the home open; its contents mean nothing
 * </ul>
 */
@NullMarked
package org.tidelog.node.home;

import org.jspecify.annotations.NullMarked;
