package org.tidelog.node.ipfs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;

/**
 * A third party that keeps a root when asked to. One pin for each log, under its name, is replaced
 * as the log grows. Source: IPFS Pinning Service API 1.0.0. Safe for several threads.
 */
public final class PinningService implements Pins, Probe {
  private static final JsonFactory JSON = new JsonFactory();
  private static final MediaType TYPE = MediaType.get("application/json");
  private static final int ANSWER_BYTES_MAX = 256 * 1024;
  private static final int ACCEPTED = 202;
  private static final Set<String> TAKEN = Set.of("queued", "pinning", "pinned");

  private final Place place;
  private final HttpClient http;
  private final Credentials credentials;

  public PinningService(Place place, HttpClient http, @Nullable String secret) {
    this.place = place;
    this.http = http;
    this.credentials = Credentials.of(secret);
  }

  @Override
  public String describe() {
    return place.text();
  }

  /** Asks for the root in place of the one before, unless it is kept or on the way already. */
  @Override
  public void pin(Cid root, IpnsName log) throws IOException {
    if (request("cid", root.text(), "queued,pinning,pinned").isPresent()) return;
    String name = name(log);
    Optional<String> before = request("name", name, "queued,pinning,pinned,failed");
    HttpUrl url = place.below(before.map(request -> "pins/" + request).orElse("pins")).build();
    HttpClient.Answer answer =
        send(request(url).post(RequestBody.create(json(root, name), TYPE)), ANSWER_BYTES_MAX);
    String status = answer.field("/status").orElse("");
    if (status.equals("failed")) throw new IOException("it failed to keep " + root.text());
    if (!TAKEN.contains(status)) throw new IOException("it does not say that it keeps the root");
  }

  @Override
  public void unpin(Cid root, IpnsName log) throws IOException {
    Optional<String> request = request("cid", root.text(), "queued,pinning,pinned,failed");
    if (!request.isPresent()) return;
    send(request(place.below("pins/" + request.get()).build()).delete(), ANSWER_BYTES_MAX);
  }

  @Override
  public Answer probe() throws IOException {
    HttpUrl url = place.below("pins").addQueryParameter("limit", "1").build();
    HttpClient.Answer answer =
        RefusedException.check(http.send(request(url), ANSWER_BYTES_MAX), credentials.areKnown());
    if (!answer.isOk()) throw RpcError.of(answer).exception();
    String count =
        answer
            .field("/count")
            .orElseThrow(() -> new IOException("it does not answer as a pinning service does"));
    return new Answer("a pinning service, pins: " + count, Optional.empty());
  }

  private static String name(IpnsName log) {
    return "tidelog " + log.text();
  }

  /** The id of a request that fits. */
  private Optional<String> request(String key, String value, String status) throws IOException {
    HttpUrl url =
        place
            .below("pins")
            .addQueryParameter(key, value)
            .addQueryParameter("status", status)
            .addQueryParameter("limit", "1")
            .build();
    return send(request(url), ANSWER_BYTES_MAX).field("/results/0/requestid");
  }

  private Request.Builder request(HttpUrl url) {
    return credentials.sign(new Request.Builder().url(url));
  }

  private HttpClient.Answer send(Request.Builder request, int bytesMax) throws IOException {
    HttpClient.Answer answer = http.send(request, bytesMax);
    if (answer.isOk() || answer.status() == ACCEPTED) return answer;
    String why = answer.field("/error/reason").orElse("");
    throw new IOException("it failed (HTTP " + answer.status() + "): " + why);
  }

  private static byte[] json(Cid root, String name) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("cid", root.text());
      json.writeStringField("name", name);
      json.writeEndObject();
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
