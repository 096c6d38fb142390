package org.tidelog.sim.logs;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tidelog.sim.world.Device;
import org.tidelog.sim.world.Parcel;
import org.tidelog.sim.world.Service;

/** The calls of one device that are under way, each with what is to be done with its answer. */
final class Calls {
  private final Device device;
  private final Service service;
  private final Map<Long, Consumer<Optional<byte[]>>> open = new HashMap<>();
  private long nextTag;

  Calls(Device device, Service service) {
    this.device = device;
    this.service = service;
  }

  /**
   * @param then gets the answer; empty where none came
   */
  void call(Parcel request, Consumer<Optional<byte[]>> then) {
    long tag = nextTag++;
    open.put(tag, then);
    device.call(service, request, tag);
  }

  void onAnswer(long tag, Optional<byte[]> answer) {
    @Nullable Consumer<Optional<byte[]>> then = open.remove(tag);
    if (then != null) then.accept(answer);
  }

  /** What was under way will not be answered. */
  void onOffline() {
    Map<Long, Consumer<Optional<byte[]>>> lost = new HashMap<>(open);
    open.clear();
    lost.values().forEach(then -> then.accept(Optional.empty()));
  }

  boolean isIdle() {
    return open.isEmpty();
  }
}
