/**
 * What MVDS nodes send each other: payloads, messages and their metadata, in protobuf under either
 * numbering of the fields. The format is in {@code spec/mvds.md}.
 */
@NullMarked
package org.tidelog.mvds.wire;

import org.jspecify.annotations.NullMarked;
