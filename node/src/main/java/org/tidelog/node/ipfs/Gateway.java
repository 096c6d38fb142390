package org.tidelog.node.ipfs;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.log.spi.NameSystem;

/**
 * A trustless gateway: single blocks, CAR files and records, for reading. Source: IPFS, Trustless
 * Gateway Specification. Safe for several threads.
 */
public final class Gateway implements ContentStore, NameSystem, Branches, Probe {
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  private final Place place;
  private final HttpClient http;
  private final Credentials credentials;

  public Gateway(Place place, HttpClient http, @Nullable String secret) {
    this.place = place;
    this.http = http;
    this.credentials = Credentials.of(secret);
  }

  @Override
  public String describe() {
    return place.text();
  }

  @Override
  public Optional<byte[]> get(Cid cid, int bytesMax) throws IOException {
    HttpUrl url = place.below("ipfs/" + cid.text()).addQueryParameter("format", "raw").build();
    HttpClient.Answer answer = http.send(request(url, "application/vnd.ipld.raw"), bytesMax);
    boolean late = !answer.isOk() && RpcError.of(answer).isOutOfTime();
    return late ? Optional.empty() : body(answer, "");
  }

  @Override
  public Optional<byte[]> get(IpnsName name) throws IOException {
    HttpUrl url =
        place.below("ipns/" + name.text()).addQueryParameter("format", "ipns-record").build();
    return body(http.send(request(url, IPNS_RECORD), RECORD_BYTES_MAX), IPNS_RECORD);
  }

  static final String IPNS_RECORD = "application/vnd.ipfs.ipns-record";

  @Override
  public Map<Cid, byte[]> branch(Cid root, long bytesMax) throws IOException {
    HttpUrl url =
        place
            .below("ipfs/" + root.text())
            .addQueryParameter("format", "car")
            .addQueryParameter("dag-scope", "all")
            .build();
    Request.Builder request =
        HttpClient.OnlyIfCached.tag(
            request(url, "application/vnd.ipld.car; version=1; order=dfs; dups=n"));
    return http.stream(request, in -> CarAnswer.read(in, root, bytesMax)).orElse(Map.of());
  }

  private Request.Builder request(HttpUrl url, String accept) {
    return credentials.sign(new Request.Builder().url(url).header("Accept", accept));
  }

  private static Optional<byte[]> body(HttpClient.Answer answer, String type) throws IOException {
    if (answer.isOk() && answer.type().startsWith(type)) return Optional.of(answer.body());
    switch (answer.status()) {
      case NOT_FOUND, GONE:
        return Optional.empty();
      default:
        RpcError error = RpcError.of(answer);
        if (error.isNotFound()) return Optional.empty();
        throw error.exception();
    }
  }

  /** By a block that every gateway has, since its CID says that it is empty. */
  @Override
  public Answer probe() throws IOException {
    HttpUrl url = place.below("ipfs/bafkqaaa").addQueryParameter("format", "raw").build();
    HttpClient.Answer answer =
        RefusedException.check(
            http.send(request(url, "application/vnd.ipld.raw"), RECORD_BYTES_MAX),
            credentials.areKnown());
    Optional<byte[]> block = body(answer, "");
    if (block.isPresent() && block.get().length == 0) {
      return new Answer("a gateway", Optional.empty());
    }
    throw new IOException("it does not answer as a trustless gateway does");
  }

  @Override
  public long put(Cid cid, byte[] block) throws IOException {
    throw readOnly();
  }

  @Override
  public void remove(Cid cid) throws IOException {
    throw readOnly();
  }

  @Override
  public void put(IpnsName name, byte[] record) throws IOException {
    throw readOnly();
  }

  private static IOException readOnly() {
    return new IOException("a gateway is for reading");
  }
}
