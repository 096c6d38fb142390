package org.tidelog.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubo's RPC as somebody uses it who has no logs: a text is a block, and a name leads to it. */
final class ByHand {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String BOUNDARY = "a-line-between-parts";

  private final String rpc;

  ByHand(String rpc) {
    this.rpc = rpc;
  }

  private byte[] call(String call) throws IOException, InterruptedException {
    return sent(request(call).POST(BodyPublishers.noBody()));
  }

  private byte[] call(String call, byte[] file) throws IOException, InterruptedException {
    byte[] head =
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] tail = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] body = new byte[head.length + file.length + tail.length];
    System.arraycopy(head, 0, body, 0, head.length);
    System.arraycopy(file, 0, body, head.length, file.length);
    System.arraycopy(tail, 0, body, head.length + file.length, tail.length);
    return sent(
        request(call)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpRequest.Builder request(String call) {
    return HttpRequest.newBuilder(URI.create(rpc + "/api/v0/" + call));
  }

  private static byte[] sent(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body();
  }

  private static String field(byte[] json, String name) throws IOException {
    String text = new String(json, StandardCharsets.UTF_8);
    Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(text);
    if (!field.find()) throw new IOException("no " + name + " in " + text);
    return field.group(1);
  }

  /** Stores a block and publishes it under the node's own name, which it gives. */
  String publish(byte[] text) throws IOException, InterruptedException {
    String cid = field(call("block/put", text), "Key");
    return field(
        call("name/publish?arg=/ipfs/" + cid + "&resolve=false&allow-offline=true&ttl=1s"), "Name");
  }

  byte[] fetch(String name) throws IOException, InterruptedException {
    String path = field(call("name/resolve?nocache=true&arg=" + name), "Path");
    return call("block/get?arg=" + path.substring("/ipfs/".length()));
  }

  String add(byte[] text) throws IOException, InterruptedException {
    return field(call("add?cid-version=1", text), "Hash");
  }

  byte[] cat(String cid) throws IOException, InterruptedException {
    return call("cat?arg=" + cid);
  }
}
