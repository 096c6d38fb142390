package org.tidelog.sim.network;

/**
 * What two libp2p peers say before the first byte of a protocol: Noise XX and yamux with early
 * muxer negotiation, and identify. Sums are measured (js-libp2p over loopback, bytes above TCP):
 * 308 up and 306 down, 2,131 both ways with identify; shares of Noise and multistream-select follow
 * from their specifications, the rest is the muxer's.
 */
public final class PeerHandshake {
  private static final int MULTISTREAM_BYTES = 28;
  private static final int NOISE_UP_BYTES = 220;
  private static final int NOISE_DOWN_BYTES = 218;
  private static final int YAMUX_BYTES = 60;
  private static final int IDENTIFY_UP_BYTES = 759;
  private static final int IDENTIFY_DOWN_BYTES = 758;

  /** By the one who dials, identify left out. */
  public static final Breakdown UP = secured(NOISE_UP_BYTES);

  /** By the one who is dialled, identify left out. */
  public static final Breakdown DOWN = secured(NOISE_DOWN_BYTES);

  public static final Breakdown IDENTIFY_UP = Breakdown.of(Layer.IDENTIFY, IDENTIFY_UP_BYTES);
  public static final Breakdown IDENTIFY_DOWN = Breakdown.of(Layer.IDENTIFY, IDENTIFY_DOWN_BYTES);

  /** Opening one stream on a connection, protocol negotiated: measured, 153 up and 123 down. */
  public static final Breakdown STREAM_UP =
      Breakdown.of(Layer.MULTISTREAM, 93).plus(Layer.YAMUX, 24).plus(Layer.NOISE, 36);

  public static final Breakdown STREAM_DOWN =
      Breakdown.of(Layer.MULTISTREAM, 63).plus(Layer.YAMUX, 24).plus(Layer.NOISE, 36);

  /** A yamux frame's header. */
  private static final int YAMUX_FRAME_BYTES = 12;

  /** A Noise message's length and authentication tag. */
  private static final int NOISE_FRAME_BYTES = 18;

  /** A Noise message holds this much beside its tag and the muxer's header. */
  private static final int CHUNK_BYTES_MAX = 65_535 - 16 - YAMUX_FRAME_BYTES;

  /** A receiver opens the window again when half of yamux's 256 KiB are read. */
  private static final int WINDOW_UPDATE_EVERY_BYTES = 128 * 1_024;

  /** One window update, as it is sent back. */
  public static final Breakdown WINDOW_UPDATE =
      Breakdown.of(Layer.YAMUX, YAMUX_FRAME_BYTES).plus(Layer.NOISE, NOISE_FRAME_BYTES);

  private PeerHandshake() {}

  /** What one write of {@code bytes} to a stream gets around it, below TCP's. */
  public static Breakdown around(int bytes) {
    int frames = Math.max(1, (bytes + CHUNK_BYTES_MAX - 1) / CHUNK_BYTES_MAX);
    return Breakdown.of(Layer.YAMUX, frames * YAMUX_FRAME_BYTES)
        .plus(Layer.NOISE, frames * NOISE_FRAME_BYTES);
  }

  /** How many window updates reading from {@code before} to {@code after} bytes makes. */
  public static int windowUpdates(long before, long after) {
    return (int) (after / WINDOW_UPDATE_EVERY_BYTES - before / WINDOW_UPDATE_EVERY_BYTES);
  }

  private static Breakdown secured(int noiseBytes) {
    return Breakdown.of(Layer.MULTISTREAM, MULTISTREAM_BYTES)
        .plus(Layer.NOISE, noiseBytes)
        .plus(Layer.YAMUX, YAMUX_BYTES);
  }
}
