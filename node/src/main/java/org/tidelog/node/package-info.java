/**
 * What an application embeds: {@link org.tidelog.node.Tidelog} and the values it takes and gives.
 * The command line is written against this package and nothing else.
 */
@NullMarked
package org.tidelog.node;

import org.jspecify.annotations.NullMarked;
