package org.tidelog.log.memory;

import org.tidelog.log.spi.NameSystem;
import org.tidelog.log.spi.NameSystemContract;

final class MemoryNameSystemTest extends NameSystemContract {
  @Override
  protected NameSystem create() {
    return new MemoryNameSystem();
  }
}
