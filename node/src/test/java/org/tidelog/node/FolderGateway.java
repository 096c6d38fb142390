package org.tidelog.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.node.folder.FolderStore;

/** A trustless gateway, without CAR files, to whatever is in a folder of a mirror. */
final class FolderGateway implements AutoCloseable {
  private static final int NOT_FOUND = 404;
  private static final int NOT_CACHED = 412;
  private static final int BLOCK_BYTES_MAX = 2 << 20;

  private final HttpServer server;
  private final FolderStore folder;
  private final AtomicInteger blocks = new AtomicInteger();

  FolderGateway(Path folder) throws IOException {
    this.folder = new FolderStore(folder);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/ipfs/", this::block);
    server.createContext("/ipns/", this::record);
    server.start();
  }

  /** As a word of {@code --mirror}. */
  String layer() {
    return "gateway:http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many blocks it was asked for since it was asked this last. */
  int blocks() {
    return blocks.getAndSet(0);
  }

  private void block(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getQuery().contains("format=car")) {
      answer(exchange, Optional.empty(), NOT_CACHED, "text/plain");
      return;
    }
    blocks.incrementAndGet();
    try {
      Cid cid = Cid.parse(last(exchange));
      answer(exchange, folder.get(cid, BLOCK_BYTES_MAX), NOT_FOUND, "application/vnd.ipld.raw");
    } catch (MalformedException e) {
      throw new IOException(e);
    }
  }

  private void record(HttpExchange exchange) throws IOException {
    try {
      Optional<byte[]> record = folder.get(IpnsName.parse(last(exchange)));
      answer(exchange, record, NOT_FOUND, "application/vnd.ipfs.ipns-record");
    } catch (MalformedException e) {
      throw new IOException(e);
    }
  }

  private static String last(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static void answer(
      HttpExchange exchange, Optional<byte[]> body, int otherwise, String type) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    byte[] bytes = body.orElse(new byte[0]);
    exchange.sendResponseHeaders(
        body.isPresent() ? 200 : otherwise, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
