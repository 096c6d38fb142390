package org.tidelog.log.sync;

import java.util.List;

/** The topics that may be talked of with one peer. */
public interface SyncTopics {
  /** In any order; the same while a session lasts. */
  List<SyncTopic> topics();
}
