package org.tidelog.node.ipfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.car.CarHeader;
import org.tidelog.log.car.CarWriter;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.log.spi.NameSystem;

/**
 * A Kubo node, by its RPC. Blocks come from wherever the node finds them, records are signed here
 * and only handed over; the node's own keys are not used. Source of endpoints and answers: Kubo
 * 0.42.0. Safe for several threads.
 */
public final class Kubo implements ContentStore, NameSystem, Pins, Branches, Probe {
  private static final MediaType OCTETS = MediaType.get("application/octet-stream");
  private static final int ANSWER_BYTES_MAX = 256 * 1024;

  /** Ten thousand peers. */
  private static final int PEERS_BYTES_MAX = 4 * 1024 * 1024;

  /** How long the node may ask others for a record: one that nobody has is looked for longest. */
  private static final int NAME_SECONDS_MAX = 20;

  /** So that a request line stays short enough for every server. */
  private static final int REMOVED_AT_ONCE = 64;

  private final Place place;
  private final HttpClient http;
  private final Credentials credentials;
  private final long seekMillis;

  /**
   * @param secret as {@code bearer:TOKEN} or {@code basic:USER:PASSWORD}; null: none
   * @param seekMax how long the node may look for a block that it does not have
   */
  public Kubo(Place place, HttpClient http, @Nullable String secret, Duration seekMax) {
    this.place = place;
    this.http = http;
    this.credentials = Credentials.of(secret);
    this.seekMillis = seekMax.toMillis();
  }

  @Override
  public String describe() {
    return place.text();
  }

  @Override
  public Optional<byte[]> get(Cid cid, int bytesMax) throws IOException {
    HttpUrl.Builder url =
        command("block/get")
            .addQueryParameter("arg", cid.text())
            .addQueryParameter("timeout", seekMillis + "ms");
    HttpClient.Answer answer = post(url, RequestBody.EMPTY, bytesMax);
    if (answer.isOk()) return Optional.of(answer.body());
    if (answer.failure().isPresent()) throw failed(answer);
    RpcError error = RpcError.of(answer);
    if (error.isNotFound() || error.isOutOfTime()) return Optional.empty();
    throw error.exception();
  }

  @Override
  public long put(Cid cid, byte[] block) throws IOException {
    if (has(cid)) return 0;
    HttpUrl.Builder url =
        command("block/put")
            .addQueryParameter("cid-codec", codec(cid))
            .addQueryParameter("mhtype", "sha2-256")
            .addQueryParameter("allow-big-block", "true");
    HttpClient.Answer answer = checked(post(url, file(block), ANSWER_BYTES_MAX));
    String key = answer.field("/Key").orElse("");
    if (!key.equals(cid.text())) throw new IOException("it took the block for " + key);
    return block.length;
  }

  private boolean has(Cid cid) throws IOException {
    HttpUrl.Builder url =
        command("block/stat")
            .addQueryParameter("arg", cid.text())
            .addQueryParameter("offline", "true");
    return post(url, RequestBody.EMPTY, ANSWER_BYTES_MAX).isOk();
  }

  private static String codec(Cid cid) {
    return cid.isCodec(Codec.DAG_CBOR) ? "dag-cbor" : "raw";
  }

  /** In one request, as a CAR file. */
  @Override
  public Map<Cid, Long> putAll(Map<Cid, byte[]> blocks) throws IOException {
    if (blocks.isEmpty()) return Map.of();
    ByteArrayOutputStream car = new ByteArrayOutputStream();
    Map<Cid, Long> written = new LinkedHashMap<>();
    CarWriter writer =
        new CarWriter(car, new CarHeader(List.of(blocks.keySet().iterator().next())));
    for (Map.Entry<Cid, byte[]> block : blocks.entrySet()) {
      writer.put(block.getKey(), block.getValue());
      written.put(block.getKey(), (long) block.getValue().length);
    }
    HttpUrl.Builder url =
        command("dag/import")
            .addQueryParameter("pin-roots", "false")
            .addQueryParameter("stats", "true")
            .addQueryParameter("allow-big-block", "true");
    HttpClient.Answer answer = checked(post(url, file(car.toByteArray()), ANSWER_BYTES_MAX));
    String count = answer.field("/Stats/BlockCount").orElse("0");
    if (!count.equals(String.valueOf(blocks.size()))) {
      throw new IOException("it took " + count + " of " + blocks.size() + " blocks");
    }
    return written;
  }

  @Override
  public void remove(Cid cid) throws IOException {
    Set<Cid> left = removeAll(List.of(cid));
    if (!left.isEmpty()) throw new IOException("it keeps the block " + cid.text());
  }

  /**
   * Drops blocks at once, since garbage is collected some day; those that are pinned once more,
   * when all roots among them are pinned no longer.
   */
  @Override
  public Set<Cid> removeAll(Collection<Cid> cids) throws IOException {
    Map<Cid, String> kept = drop(new ArrayList<>(cids));
    for (Map.Entry<Cid, String> pinned : kept.entrySet()) {
      // What is below a root is free when the root is.
      if (!pinned.getValue().contains("pinned via")) unpin(pinned.getKey());
    }
    return kept.isEmpty() ? Set.of() : drop(new ArrayList<>(kept.keySet())).keySet();
  }

  /** Those that stay, and why. */
  private Map<Cid, String> drop(List<Cid> cids) throws IOException {
    Map<Cid, String> kept = new LinkedHashMap<>();
    for (int from = 0; from < cids.size(); from += REMOVED_AT_ONCE) {
      List<Cid> some = cids.subList(from, Math.min(cids.size(), from + REMOVED_AT_ONCE));
      HttpUrl.Builder url = command("block/rm").addQueryParameter("force", "true");
      some.forEach(cid -> url.addQueryParameter("arg", cid.text()));
      HttpClient.Answer answer = checked(post(url, RequestBody.EMPTY, ANSWER_BYTES_MAX));
      for (Map<String, String> line : RpcJson.objects(answer.body())) {
        String why = line.getOrDefault("/Error", "");
        if (why.isEmpty()) continue;
        String hash = line.getOrDefault("/Hash", "");
        if (hash.isEmpty())
          throw RpcError.of(answer, answer.credentials().removedFrom(why)).exception();
        some.stream().filter(cid -> cid.text().equals(hash)).forEach(cid -> kept.put(cid, why));
      }
    }
    return kept;
  }

  private void unpin(Cid cid) throws IOException {
    HttpClient.Answer answer =
        post(
            command("pin/rm").addQueryParameter("arg", cid.text()),
            RequestBody.EMPTY,
            ANSWER_BYTES_MAX);
    if (answer.isOk()) return;
    RpcError error = RpcError.of(answer);
    if (!error.isNotPinned()) throw error.exception();
  }

  @Override
  public void pin(Cid root, IpnsName log) throws IOException {
    HttpUrl.Builder url =
        command("pin/add")
            .addQueryParameter("arg", root.text())
            .addQueryParameter("name", "tidelog " + log.text())
            .addQueryParameter("timeout", seekMillis + "ms");
    checked(post(url, RequestBody.EMPTY, ANSWER_BYTES_MAX));
  }

  @Override
  public void unpin(Cid root, IpnsName log) throws IOException {
    unpin(root);
  }

  @Override
  public Optional<byte[]> get(IpnsName name) throws IOException {
    HttpUrl.Builder url =
        command("name/get")
            .addQueryParameter("arg", name.text())
            .addQueryParameter("timeout", NAME_SECONDS_MAX + "s");
    HttpClient.Answer answer = post(url, RequestBody.EMPTY, RECORD_BYTES_MAX);
    if (answer.isOk()) return Optional.of(answer.body());
    if (answer.failure().isPresent()) throw failed(answer);
    RpcError error = RpcError.of(answer);
    if (error.isNotFound()) return Optional.empty();
    throw error.exception();
  }

  /** Stores a record and reads it back, since a node may say that it took what it did not. */
  @Override
  public void put(IpnsName name, byte[] record) throws IOException {
    HttpClient.Answer answer = http.send(putting(name, record, false), ANSWER_BYTES_MAX);
    // A head that is signed anew is of the same size, and Kubo refuses its record. An older one
    // is never forced upon it.
    if (!answer.isOk() && isAsOld(get(name), record)) {
      answer = http.send(putting(name, record, true), ANSWER_BYTES_MAX);
    }
    checked(answer);
    ReadBack.check(get(name), record);
  }

  private Request.Builder putting(IpnsName name, byte[] record, boolean force) {
    HttpUrl.Builder url =
        command("name/put")
            .addQueryParameter("arg", name.text())
            .addQueryParameter("allow-offline", "true");
    if (force) url.addQueryParameter("force", "true");
    return TimeLimits.markRecordPut(request(url, file(record)));
  }

  private static boolean isAsOld(Optional<byte[]> there, byte[] record) {
    try {
      return there.isPresent() && sequence(there.get()) == sequence(record);
    } catch (MalformedException e) {
      return false;
    }
  }

  private static long sequence(byte[] record) throws MalformedException {
    return IpnsRecord.parse(record).content().sequence();
  }

  @Override
  public Map<Cid, byte[]> branch(Cid root, long bytesMax) throws IOException {
    HttpUrl.Builder url =
        command("dag/export")
            .addQueryParameter("arg", root.text())
            .addQueryParameter("progress", "false")
            .addQueryParameter("offline", "true");
    return http.stream(request(url, RequestBody.EMPTY), in -> CarAnswer.read(in, root, bytesMax))
        .orElse(Map.of());
  }

  @Override
  public Answer probe() throws IOException {
    HttpClient.Answer version = asked("version");
    String number =
        checked(version)
            .field("/Version")
            .orElseThrow(() -> new IOException("it does not answer as Kubo does"));
    HttpClient.Answer peers = asked("swarm/peers");
    long count = 0;
    if (peers.isOk()) {
      for (Map<String, String> object : RpcJson.objects(peers.body())) {
        count += object.keySet().stream().filter(key -> key.endsWith("/Peer")).count();
      }
    }
    String what = "Kubo " + number + ", peers: " + count;
    if (count > 0) return new Answer(what, Optional.empty());
    return new Answer(
        what, Optional.of("others find what it has only when it is connected to a network"));
  }

  private HttpClient.Answer asked(String path) throws IOException {
    HttpClient.Answer answer = post(command(path), RequestBody.EMPTY, PEERS_BYTES_MAX);
    return RefusedException.check(answer, credentials.areKnown());
  }

  private HttpUrl.Builder command(String path) {
    return place.below("api/v0/" + path);
  }

  private HttpClient.Answer post(HttpUrl.Builder url, RequestBody body, int bytesMax)
      throws IOException {
    return http.send(request(url, body), bytesMax);
  }

  private Request.Builder request(HttpUrl.Builder url, RequestBody body) {
    return credentials.sign(new Request.Builder().url(url.build()).post(body));
  }

  private static RequestBody file(byte[] bytes) {
    return new MultipartBody.Builder()
        .setType(MultipartBody.FORM)
        .addFormDataPart("file", "", RequestBody.create(bytes, OCTETS))
        .build();
  }

  private static HttpClient.Answer checked(HttpClient.Answer answer) throws IOException {
    if (answer.isOk()) return answer;
    if (answer.failure().isPresent()) throw failed(answer);
    throw RpcError.of(answer).exception();
  }

  private static IOException failed(HttpClient.Answer answer) {
    return new IOException("it failed in the middle: " + answer.failure().orElse(""));
  }
}
