/**
 * The key store: a device's secrets as the bytes of one file, under a passphrase if wanted. Files
 * and their permissions are not its business.
 *
 * <p>Format, numbers big-endian: magic {@code TDLK}, version 2 (1 is read and becomes 2 when it is
 * written again), protection (0 none, 1 Argon2id); with Argon2id memory in KiB (4 bytes), passes
 * (1), lanes (1) and salt (16); the data key, 32 bytes in clear, or sealed in 48 under the key that
 * Argon2id (version 1.3) makes of the passphrase, with a zero nonce and all before it as associated
 * data; a generation counter (8); the secrets, sealed under the data key with that counter and four
 * zero bytes as nonce and all before the counter as associated data; SHA-256 of all before it,
 * which tells damage from a wrong passphrase. Sealing is AES-256-GCM-SIV.
 *
 * <p>The secrets: device seed (32), network seed (32), recovery seed (32), incarnation (16), the
 * home's mark ({@link org.tidelog.crypto.keystore.HomeMark}; not in version 1), the number of
 * topics as a varint, then topic id (32) and secret (32) of each, ids ascending.
 */
@NullMarked
package org.tidelog.crypto.keystore;

import org.jspecify.annotations.NullMarked;
