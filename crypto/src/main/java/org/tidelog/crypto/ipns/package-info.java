/**
 * IPNS names and records: how a key names a place, and how what lies there is signed (specification
 * {@code ipns-record}).
 */
@NullMarked
package org.tidelog.crypto.ipns;

import org.jspecify.annotations.NullMarked;
