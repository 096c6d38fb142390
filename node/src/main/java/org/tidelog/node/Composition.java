package org.tidelog.node;

/**
 * What the logs of a topic are made of, in bytes as encoded. Everything a mirror holds beside it is
 * links between blocks.
 *
 * @param entries data entries
 * @param payloads what their authors wrote
 * @param entryOverhead encoding, sealing and salts of data entries
 * @param genesis first entries of logs
 * @param aliases entries that bind numbers to log names
 * @param controls other control entries
 * @param heads signatures, roots and times of heads
 */
public record Composition(
    int logs,
    long entries,
    long payloads,
    long entryOverhead,
    long genesis,
    long aliases,
    long controls,
    long heads) {}
