package org.tidelog.mvds.memory;

import org.tidelog.mvds.spi.MvdsStore;
import org.tidelog.mvds.spi.MvdsStoreContract;

final class MemoryMvdsStoreTest extends MvdsStoreContract {
  @Override
  protected MvdsStore create() {
    return new MemoryMvdsStore();
  }
}
