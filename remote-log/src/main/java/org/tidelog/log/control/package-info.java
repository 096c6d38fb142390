/**
 * What control entries carry: who writes a log and where it belongs, which numbers stand for which
 * logs, which payloads are to go. Codecs and values; sealing is applied by whoever has the keys.
 */
@NullMarked
package org.tidelog.log.control;

import org.jspecify.annotations.NullMarked;
