package org.tidelog.log.follow;

import java.util.Optional;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.page.RemoteHead;

/**
 * A record that verifies and contradicts what is here: the log is forked.
 *
 * @param record as it came
 * @param what shows it, in words
 * @param proof empty where it is not there yet: {@link org.tidelog.log.fork.ForkSearch} finds it
 */
public record Rival(RemoteHead remote, byte[] record, String what, Optional<ForkProof> proof) {}
