/**
 * What an application embeds: one device, its topics and their logs.
 */
@NullMarked
package org.tidelog.node;

import org.jspecify.annotations.NullMarked;
