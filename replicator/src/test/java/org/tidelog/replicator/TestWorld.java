package org.tidelog.replicator;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tidelog.log.sync.SyncRole;

/** Devices that reach each other at once while both are online. */
final class TestWorld {
  private final Map<PeerId, TestDevice> devices = new TreeMap<>();
  private final Set<PeerId> online = new TreeSet<>();
  private final Queue<Runnable> events = new ArrayDeque<>();
  long now = 1_700_000_000_000L;
  long bytes;

  TestDevice add(TestDevice device) {
    devices.put(device.id, device);
    for (TestDevice other : devices.values()) {
      if (other == device) continue;
      other.topic.addMember(device.id);
      device.topic.addMember(other.id);
    }
    return device;
  }

  void online(TestDevice device) {
    online.add(device.id);
    device.replicator.onOnline(Network.FREE, now);
    run();
  }

  void offline(TestDevice device) {
    online.remove(device.id);
    for (TestDevice other : devices.values()) {
      if (other.replicator.isConnected(device.id)) other.replicator.onDisconnected(device.id, now);
    }
    device.replicator.onOffline(now);
    run();
  }

  /** Carries everything out until all is quiet. */
  void run() {
    do {
      devices.values().forEach(this::carryOut);
      @Nullable Runnable event = events.poll();
      if (event != null) event.run();
    } while (!events.isEmpty() || carried(devices.values()));
  }

  private boolean carried(Collection<TestDevice> all) {
    boolean any = false;
    for (TestDevice device : all) any |= carryOut(device);
    return any;
  }

  private boolean carryOut(TestDevice device) {
    boolean any = false;
    for (ReplicatorEffect effect : device.replicator.drain()) {
      any = true;
      device.told.add(effect);
      if (effect instanceof ReplicatorEffect.Dial dial) dial(device, dial.peer());
      if (effect instanceof ReplicatorEffect.Send send) send(device, send);
      if (effect instanceof ReplicatorEffect.Stored stored) device.onStored(stored);
    }
    return any;
  }

  private void dial(TestDevice from, PeerId to) {
    if (!online.contains(from.id) || !online.contains(to)) {
      from.replicator.onDialFailed(to, now);
      return;
    }
    from.replicator.onConnected(to, SyncRole.INITIATOR, now);
    device(to).replicator.onConnected(from.id, SyncRole.RESPONDER, now);
  }

  private void send(TestDevice from, ReplicatorEffect.Send send) {
    bytes += send.bytes().length;
    events.add(
        () -> {
          if (online.contains(from.id) && online.contains(send.peer())) {
            device(send.peer()).replicator.onBytes(from.id, send.bytes(), now);
          }
          from.replicator.onSent(send.peer(), now);
        });
  }

  private TestDevice device(PeerId id) {
    @Nullable TestDevice device = devices.get(id);
    if (device == null) throw new AssertionError("device: " + id);
    return device;
  }
}
