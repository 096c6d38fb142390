package org.tidelog.mvds;

import java.util.List;
import org.tidelog.crypto.Digest;
import org.tidelog.mvds.wire.Message;

/**
 * A message for the application.
 *
 * @param missing parents that are not here; none where delivery is causal
 */
public record Delivery(Message message, List<Digest> missing) {}
