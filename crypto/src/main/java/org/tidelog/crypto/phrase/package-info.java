/**
 * The recovery seed as 24 words that a person can write down: BIP-39 with its English list, in the
 * file {@code bip39-english.txt}. The list is data of the standard, taken unchanged from its
 * reference implementation (MIT licence, beside it), and SHA-256 {@code
 * 2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda}.
 */
@NullMarked
package org.tidelog.crypto.phrase;

import org.jspecify.annotations.NullMarked;
