package org.tidelog.sim.network;

/**
 * TCP over IPv4 with timestamps (RFC 9293, RFC 7323), as Linux and Android speak it: what is around
 * bytes of a stream, and the packets that open, acknowledge and close it.
 */
public final class TcpHeaders {
  private static final int IP_BYTES = 20;
  private static final int TCP_BYTES = 32;

  /** With maximum segment size, window scale, permission for selective acknowledgement. */
  private static final int SYN_BYTES = 40;

  /** What fits into an Ethernet frame. */
  public static final int SEGMENT_BYTES_MAX = 1_448;

  /** A receiver acknowledges every second segment (RFC 5681). */
  private static final int SEGMENTS_PER_ACK = 2;

  /** One packet without data. */
  public static final Breakdown ACK =
      Breakdown.of(Layer.TRANSPORT, TCP_BYTES).plus(Layer.IP, IP_BYTES);

  public static final Breakdown SYN =
      Breakdown.of(Layer.TRANSPORT, SYN_BYTES).plus(Layer.IP, IP_BYTES);

  /** Opening, as the one who dials sends it: SYN and the acknowledgement. */
  public static final Breakdown OPEN_UP = SYN.plus(ACK);

  /** Opening, as the one who is dialled sends it: SYN with acknowledgement. */
  public static final Breakdown OPEN_DOWN = SYN;

  /** Closing, each side: FIN, and the acknowledgement of the other's. */
  public static final Breakdown CLOSE = ACK.plus(ACK);

  private TcpHeaders() {}

  public static int segments(int bytes) {
    return (bytes + SEGMENT_BYTES_MAX - 1) / SEGMENT_BYTES_MAX;
  }

  /** What the sender adds to {@code bytes} of stream data. */
  public static Breakdown around(int bytes) {
    int segments = segments(bytes);
    return Breakdown.of(Layer.TRANSPORT, segments * TCP_BYTES).plus(Layer.IP, segments * IP_BYTES);
  }

  /** What the receiver of {@code bytes} sends back for them. */
  public static Breakdown acknowledging(int bytes) {
    int acks = (segments(bytes) + SEGMENTS_PER_ACK - 1) / SEGMENTS_PER_ACK;
    return Breakdown.of(Layer.TRANSPORT, acks * TCP_BYTES).plus(Layer.IP, acks * IP_BYTES);
  }
}
