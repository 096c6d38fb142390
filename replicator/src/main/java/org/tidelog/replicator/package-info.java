/**
 * One device's machine: what it knows of its topics' logs and of who has them, and what is to be
 * replicated, by which path and when. Nothing in here does anything: drivers carry out what {@link
 * org.tidelog.replicator.Replicator} asks for.
 */
@NullMarked
package org.tidelog.replicator;

import org.jspecify.annotations.NullMarked;
