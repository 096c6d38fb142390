package org.tidelog.sim.network;

import java.util.Arrays;

/**
 * All bytes of a run: counted once when they leave, and once more when they arrive or are lost. So
 * what was sent and neither arrived nor was lost is under way, layer by layer, at every moment.
 */
public final class Ledger {
  private static final int LAYERS = Layer.values().length;

  private final long[] sentByDevices = new long[LAYERS];
  private final long[] sentByHelpers = new long[LAYERS];
  private final long[] receivedByDevices = new long[LAYERS];
  private final long[] receivedByHelpers = new long[LAYERS];
  private final long[] lost = new long[LAYERS];

  public void sent(Role by, Breakdown bytes) {
    bytes.addTo(by == Role.DEVICE ? sentByDevices : sentByHelpers);
  }

  public void received(Role by, Breakdown bytes) {
    bytes.addTo(by == Role.DEVICE ? receivedByDevices : receivedByHelpers);
  }

  public void lost(Breakdown bytes) {
    bytes.addTo(lost);
  }

  public long sent(Role by) {
    return Arrays.stream(by == Role.DEVICE ? sentByDevices : sentByHelpers).sum();
  }

  public long received(Role by) {
    return Arrays.stream(by == Role.DEVICE ? receivedByDevices : receivedByHelpers).sum();
  }

  public long lost() {
    return Arrays.stream(lost).sum();
  }

  /** By devices and helpers. */
  public long sent(Layer layer) {
    return sentByDevices[layer.index()] + sentByHelpers[layer.index()];
  }

  public long total() {
    return sent(Role.DEVICE) + sent(Role.HELPER);
  }

  /**
   * Checks that nothing vanished and nothing came from nowhere; to be called when nothing is under
   * way.
   *
   * @throws AssertionError naming the layer that does not add up
   */
  public void check() {
    for (Layer layer : Layer.values()) {
      int i = layer.index();
      long arrived = receivedByDevices[i] + receivedByHelpers[i];
      if (sent(layer) - lost[i] != arrived) {
        throw new AssertionError(
            "bytes of layer %s: sent %d, lost %d, received %d"
                .formatted(layer.word(), sent(layer), lost[i], arrived));
      }
    }
  }
}
