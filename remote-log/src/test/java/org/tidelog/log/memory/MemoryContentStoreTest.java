package org.tidelog.log.memory;

import org.tidelog.log.spi.ContentStore;
import org.tidelog.log.spi.ContentStoreContract;

final class MemoryContentStoreTest extends ContentStoreContract {
  @Override
  protected ContentStore create() {
    return new MemoryContentStore();
  }
}
