/** Scenarios: YAML files, read strictly, with values that can be set or swept from outside. */
@NullMarked
package org.tidelog.sim.scenario;

import org.jspecify.annotations.NullMarked;
