package org.tidelog.log;

/** The corpus of this module. */
final class FuzzCorpusTest extends FuzzCorpus {}
