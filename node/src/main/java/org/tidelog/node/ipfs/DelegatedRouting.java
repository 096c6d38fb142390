package org.tidelog.node.ipfs;

import java.io.IOException;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.spi.NameSystem;

/**
 * Names at a delegated routing endpoint. Source: IPFS, Delegated Routing V1 HTTP API. Safe for
 * several threads.
 */
public final class DelegatedRouting implements NameSystem, Probe {
  private static final MediaType TYPE = MediaType.get(Gateway.IPNS_RECORD);
  private static final int NOT_FOUND = 404;

  /** Nobody's: its secret key is in RFC 8032, 7.1, test 1. */
  private static final String NAME =
      "k51qzi5uqu5dljtg5upm7x7ugan9lql3ewyknv4r4mhhkwzn8n7cnbd1unfwgq";

  private final Place place;
  private final HttpClient http;
  private final Credentials credentials;

  public DelegatedRouting(Place place, HttpClient http, @Nullable String secret) {
    this.place = place;
    this.http = http;
    this.credentials = Credentials.of(secret);
  }

  @Override
  public String describe() {
    return place.text();
  }

  /** An endpoint without a record answers 404, or 200 with text, by its age. */
  @Override
  public Optional<byte[]> get(IpnsName name) throws IOException {
    HttpClient.Answer answer =
        http.send(request(name).header("Accept", Gateway.IPNS_RECORD), RECORD_BYTES_MAX);
    if (answer.isOk() && answer.type().startsWith(Gateway.IPNS_RECORD)) {
      return Optional.of(answer.body());
    }
    RpcError error = RpcError.of(answer);
    boolean none = answer.isOk() || answer.status() == NOT_FOUND || error.isNotFound();
    if (none && !error.isOutOfTime()) return Optional.empty();
    throw error.exception();
  }

  /** By a name that has no record, as a rule. */
  @Override
  public Answer probe() throws IOException {
    HttpUrl url = place.below("routing/v1/ipns/" + NAME).build();
    Request.Builder request = request(url).header("Accept", Gateway.IPNS_RECORD);
    HttpClient.Answer answer =
        RefusedException.check(http.send(request, RECORD_BYTES_MAX), credentials.areKnown());
    if (answer.isOk() || answer.status() == NOT_FOUND || RpcError.of(answer).isNotFound()) {
      return new Answer("delegated routing", Optional.empty());
    }
    throw RpcError.of(answer).exception();
  }

  /** Stores a record and reads it back: Kubo answers 200 to one that is older than what it has. */
  @Override
  public void put(IpnsName name, byte[] record) throws IOException {
    HttpClient.Answer answer =
        http.send(
            TimeLimits.markRecordPut(request(name).put(RequestBody.create(record, TYPE))),
            RECORD_BYTES_MAX);
    if (!answer.isOk()) throw RpcError.of(answer).exception();
    ReadBack.check(get(name), record);
  }

  private Request.Builder request(IpnsName name) {
    return request(place.below("routing/v1/ipns/" + name.text()).build());
  }

  private Request.Builder request(HttpUrl url) {
    return credentials.sign(new Request.Builder().url(url));
  }
}
