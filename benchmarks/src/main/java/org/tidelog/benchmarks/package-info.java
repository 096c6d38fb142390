/** JMH and whole-program measurements. Nothing depends on this module and it is never published. */
@NullMarked
package org.tidelog.benchmarks;

import org.jspecify.annotations.NullMarked;
