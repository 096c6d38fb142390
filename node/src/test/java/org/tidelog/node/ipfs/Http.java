package org.tidelog.node.ipfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests made by hand, by another client than the one under test. */
final class Http {
  static final String RECORD_TYPE = "application/vnd.ipfs.ipns-record";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);
  private static final String BOUNDARY = "a-line-between-parts";

  private Http() {}

  static HttpResponse<byte[]> get(URI base, String pathAndQuery, String... headers)
      throws Exception {
    return send(request(base, pathAndQuery, headers).GET());
  }

  static HttpResponse<byte[]> put(URI base, String path, String type, byte[] body)
      throws Exception {
    return send(request(base, path, "Content-Type", type).PUT(BodyPublishers.ofByteArray(body)));
  }

  /** A call of the RPC without a file, such as {@code version}. */
  static HttpResponse<byte[]> rpc(URI base, String call) throws Exception {
    return send(request(base, "/api/v0/" + call).POST(BodyPublishers.noBody()));
  }

  /** A call of the RPC with a file. */
  static HttpResponse<byte[]> rpc(URI base, String call, byte[] file) throws Exception {
    String type = "multipart/form-data; boundary=" + BOUNDARY;
    return send(
        request(base, "/api/v0/" + call, "Content-Type", type)
            .POST(BodyPublishers.ofByteArray(multipart(file))));
  }

  private static HttpRequest.Builder request(URI base, String pathAndQuery, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(pathAndQuery)).timeout(WAIT_MAX);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static byte[] multipart(byte[] file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(
        ascii(
            "--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n"));
    out.write(file);
    out.write(ascii("\r\n--" + BOUNDARY + "--\r\n"));
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
