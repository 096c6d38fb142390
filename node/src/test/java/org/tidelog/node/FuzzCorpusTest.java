package org.tidelog.node;

import org.tidelog.log.FuzzCorpus;

/** The corpus of this module. */
final class FuzzCorpusTest extends FuzzCorpus {}
