package org.tidelog.sim.network;

/**
 * UDP over IPv4 (RFC 768, RFC 791): what is around a datagram, fragmented where it does not fit.
 */
public final class UdpHeaders {
  /** The largest UDP payload; more is sent as several datagrams. */
  static final int DATAGRAM_BYTES_MAX = 65_507;

  private static final int UDP_BYTES = 8;
  private static final int IP_BYTES = 20;

  /** What fits into an Ethernet frame beside the IP header. */
  private static final int FRAGMENT_BYTES_MAX = 1_480;

  private UdpHeaders() {}

  /** How many IP packets {@code bytes} travel in: each may be lost. */
  public static int packets(int bytes) {
    int full = bytes / DATAGRAM_BYTES_MAX;
    int rest = bytes % DATAGRAM_BYTES_MAX;
    int packets = full * fragments(DATAGRAM_BYTES_MAX);
    return rest > 0 || full == 0 ? packets + fragments(rest) : packets;
  }

  public static Breakdown around(int bytes) {
    int datagrams = Math.max(1, (bytes + DATAGRAM_BYTES_MAX - 1) / DATAGRAM_BYTES_MAX);
    return Breakdown.of(Layer.TRANSPORT, datagrams * UDP_BYTES)
        .plus(Layer.IP, packets(bytes) * IP_BYTES);
  }

  private static int fragments(int datagramBytes) {
    return (datagramBytes + UDP_BYTES + FRAGMENT_BYTES_MAX - 1) / FRAGMENT_BYTES_MAX;
  }
}
