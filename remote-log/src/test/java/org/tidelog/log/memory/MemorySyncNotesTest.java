package org.tidelog.log.memory;

import org.tidelog.log.sync.SyncNotes;
import org.tidelog.log.sync.SyncNotesContract;

final class MemorySyncNotesTest extends SyncNotesContract {
  @Override
  protected SyncNotes create() {
    return new MemorySyncNotes();
  }
}
