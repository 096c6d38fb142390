package org.tidelog.log.memory;

import org.tidelog.log.spi.LogStore;
import org.tidelog.log.spi.LogStoreContract;

final class MemoryLogStoreTest extends LogStoreContract {
  @Override
  protected LogStore create() {
    return new MemoryLogStore();
  }

  @Override
  protected LogStore reopen(LogStore before) {
    return before;
  }
}
