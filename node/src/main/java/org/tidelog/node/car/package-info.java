/** A CAR file as content store and name system, so that what is in it is read like a mirror. */
@NullMarked
package org.tidelog.node.car;

import org.jspecify.annotations.NullMarked;
