/**
 * The demonstration: a real chat replayed between devices that share nothing but a folder, a reader
 * who was away, and damage that is refused and healed. It uses the facade as an application would,
 * and ends with what it all cost.
 */
@NullMarked
package org.tidelog.node.cli.demo;

import org.jspecify.annotations.NullMarked;
