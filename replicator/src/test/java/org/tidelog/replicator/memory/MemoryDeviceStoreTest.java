package org.tidelog.replicator.memory;

import org.tidelog.log.spi.LogStore;
import org.tidelog.replicator.spi.DeviceStore;
import org.tidelog.replicator.spi.DeviceStoreContract;

final class MemoryDeviceStoreTest extends DeviceStoreContract {
  @Override
  protected DeviceStore create() {
    return new MemoryDeviceStore();
  }

  @Override
  protected DeviceStore reopen(LogStore before) {
    return (DeviceStore) before;
  }
}
