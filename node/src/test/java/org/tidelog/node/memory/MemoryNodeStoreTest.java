package org.tidelog.node.memory;

import org.tidelog.log.spi.LogStore;
import org.tidelog.node.spi.NodeStore;
import org.tidelog.node.spi.NodeStoreContract;

final class MemoryNodeStoreTest extends NodeStoreContract {
  @Override
  protected NodeStore create() {
    return new MemoryNodeStore();
  }

  @Override
  protected NodeStore reopen(LogStore before) {
    return (NodeStore) before;
  }
}
