/**
 * DAG-CBOR, strictly: a value has one encoding, and every other is refused. What IPFS tools
 * understand of the blocks and records this project writes, they understand through it.
 */
@NullMarked
package org.tidelog.crypto.cbor;

import org.jspecify.annotations.NullMarked;
