/**
 * Sealing of payloads, before they are hashed, so that every helper stays blind and still verifies.
 * AES-256-GCM-SIV throughout: a position that is sealed twice, as by a cloned device, shows
 * equality and nothing more.
 */
@NullMarked
package org.tidelog.crypto.seal;

import org.jspecify.annotations.NullMarked;
