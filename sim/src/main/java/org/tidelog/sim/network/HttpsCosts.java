package org.tidelog.sim.network;

/**
 * What a request over HTTPS costs beside its body: TLS 1.3 with a server's certificate (measured
 * with OpenSSL: 1,547 both ways, resumed 849) and HTTP/2 headers, which are estimated.
 */
public final class HttpsCosts {
  public static final Breakdown FIRST_UP = Breakdown.of(Layer.TLS, 517 + 64);
  public static final Breakdown FIRST_DOWN = Breakdown.of(Layer.TLS, 1_547 - 517 - 64);
  public static final Breakdown RESUMED_UP = Breakdown.of(Layer.TLS, 500);
  public static final Breakdown RESUMED_DOWN = Breakdown.of(Layer.TLS, 349);

  private static final int TLS_RECORD_BYTES = 22;
  private static final int TLS_RECORD_HOLDS = 16_384;
  private static final int HTTP_REQUEST_BYTES = 100;
  private static final int HTTP_ANSWER_BYTES = 60;

  private HttpsCosts() {}

  public static Breakdown aroundRequest(int bytes) {
    return around(bytes + HTTP_REQUEST_BYTES).plus(Layer.HTTP, HTTP_REQUEST_BYTES);
  }

  public static Breakdown aroundAnswer(int bytes) {
    return around(bytes + HTTP_ANSWER_BYTES).plus(Layer.HTTP, HTTP_ANSWER_BYTES);
  }

  private static Breakdown around(int bytes) {
    int records = (bytes + TLS_RECORD_HOLDS - 1) / TLS_RECORD_HOLDS;
    return Breakdown.of(Layer.TLS, records * TLS_RECORD_BYTES);
  }
}
