package org.tidelog.log.vectors;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.cbor.Cbor;
import org.tidelog.crypto.cbor.DagCbor;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.TestHome;
import org.tidelog.log.TestLogs;
import org.tidelog.log.car.CarContents;
import org.tidelog.log.car.CarHeader;
import org.tidelog.log.car.CarReader;
import org.tidelog.log.car.CarWriter;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.fork.TestForks;
import org.tidelog.log.page.PageLimits;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.publish.LogCopy;
import org.tidelog.log.publish.UnlikeRecordException;

/** Files of logs, and files that are none. */
final class CarVectors {
  private CarVectors() {}

  /** What goes into a file. */
  private static final class Draft {
    final Map<Cid, byte[]> blocks = new LinkedHashMap<>();
    final List<CarContents.Log> logs = new ArrayList<>();
    List<Cid> roots = List.of();

    Draft(int... seeds) {
      for (int seed : seeds) {
        add(seed);
      }
      logs.sort((a, b) -> a.name().compareTo(b.name()));
      close(new CarContents(logs).encode());
    }

    private void add(int seed) {
      TestHome home = new TestHome(seed);
      home.appendAny(new Random(seed), seed == 1 ? 5 : 80, 60, TestLogs.NOW);
      LogCopy copy =
          LogCopy.signed(home.log, home.signer, home.store, PageLimits.DEFAULT, TestLogs.NOW);
      Optional<Cid> index = Optional.empty();
      try {
        for (var block = copy.next(); block.isPresent(); block = copy.next()) {
          blocks.put(block.get().cid(), block.get().bytes());
          index = Optional.of(block.get().cid());
        }
      } catch (UnlikeRecordException e) {
        throw new AssertionError(e);
      }
      Cid record = put(Codec.RAW, copy.record().bytes());
      logs.add(new CarContents.Log(home.name(), record, index, Optional.empty(), Optional.empty()));
    }

    final Cid put(Codec codec, byte[] block) {
      Cid cid = Cid.sha256(codec, block);
      blocks.put(cid, block);
      return cid;
    }

    /** Says that the first log is contested. */
    final Draft withProof(Codec codec) {
      Cid proof = put(codec, TestForks.heads(7, 7).encode());
      CarContents.Log log = logs.get(0);
      logs.set(
          0,
          new CarContents.Log(
              log.name(), log.record(), log.index(), log.large(), Optional.of(proof)));
      return close(new CarContents(logs).encode());
    }

    /** Writes the contents and leads to it. */
    final Draft close(byte[] contents) {
      if (!roots.isEmpty()) blocks.remove(roots.get(roots.size() - 1));
      Cid cid = put(Codec.DAG_CBOR, contents);
      roots = new CarContents(logs).roots(cid);
      return this;
    }

    byte[] bytes() {
      try {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter car = new CarWriter(out, new CarHeader(roots));
        for (Map.Entry<Cid, byte[]> block : blocks.entrySet()) {
          car.put(block.getKey(), block.getValue());
        }
        return out.toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static String text() {
    JsonText json = new JsonText();
    file(json, "nothing paged", new Draft(1).bytes());
    file(json, "pages", new Draft(2).bytes());
    file(json, "two logs", new Draft(1, 2).bytes());
    file(json, "a contested log", new Draft(1).withProof(Codec.RAW).bytes());
    Draft only = new Draft(2);
    only.roots = only.roots.subList(only.roots.size() - 1, only.roots.size());
    file(json, "no root but the contents", only.bytes());
    byte[] good = new Draft(1).bytes();
    refused(json, "RL-76", "cut short", Arrays.copyOf(good, good.length - 1));
    refused(json, "RL-76", "a zero behind the end", Arrays.copyOf(good, good.length + 1));
    refused(json, "RL-76", "version 2", version2(good));
    Draft codec = new Draft(1);
    codec.put(Codec.LIBP2P_KEY, new byte[] {1});
    refused(json, "RL-76", "a block of another codec", codec.bytes());
    Draft identity = new Draft(1);
    identity.blocks.put(Cid.identity(Codec.RAW, new byte[] {1}), new byte[] {1});
    refused(json, "RL-76", "a block that is its own name", identity.bytes());
    byte[] flipped = good.clone();
    flipped[flipped.length - 1] ^= 1;
    refused(json, "RL-77", "a block with other bytes", flipped);
    Draft absent = new Draft(1);
    absent.roots = new ArrayList<>(absent.roots);
    absent.roots.add(0, Cid.sha256(Codec.RAW, new byte[] {2}));
    refused(json, "RL-78", "a root that is not there", absent.bytes());
    refuseContents(json);
    refuseProofs(json);
    refuseRecords(json);
    return json.toString();
  }

  private static void refuseContents(JsonText json) {
    Draft none = new Draft(1);
    refused(json, "RL-79", "no contents", none.close(DagCbor.encode(new Cbor.Bool(true))).bytes());
    Draft order = new Draft(1, 2);
    List<CarContents.Log> reversed = new ArrayList<>(order.logs);
    Collections.reverse(reversed);
    byte[] unordered = new CarContents(reversed).encode();
    refused(json, "RL-79", "logs not in order", order.close(unordered).bytes());
    byte[] version = new Draft(1).blocks.get(new Draft(1).roots.get(1)).clone();
    int at = Hex.encode(version).indexOf(Hex.encode("tidelog".getBytes()) + "01") / 2 + 7;
    version[at] = 2;
    refused(json, "RL-79", "another version", new Draft(1).close(version).bytes());
  }

  private static void refuseProofs(JsonText json) {
    byte[] codec = new Draft(1).withProof(Codec.DAG_CBOR).bytes();
    refused(json, "RL-79", "a fork proof of another codec", codec);
  }

  private static void refuseRecords(JsonText json) {
    Draft missing = new Draft(1);
    Cid record = missing.logs.get(0).record();
    missing.blocks.remove(record);
    missing.roots = missing.roots.subList(1, 2);
    refused(json, "RL-80", "no record", missing.bytes());
    Draft swapped = new Draft(1);
    CarContents.Log other = new Draft(3).logs.get(0);
    CarContents.Log log = swapped.logs.set(0, with(other, record, Optional.empty()));
    refused(
        json,
        "RL-80",
        "a record of another name",
        swapped.close(new CarContents(swapped.logs).encode()).bytes());
    Draft index = new Draft(1);
    index.logs.set(0, with(log, record, Optional.of(record)));
    refused(
        json,
        "RL-80",
        "an index that the record does not name",
        index.close(new CarContents(index.logs).encode()).bytes());
  }

  private static CarContents.Log with(CarContents.Log log, Cid record, Optional<Cid> index) {
    return new CarContents.Log(log.name(), record, index, Optional.empty(), Optional.empty());
  }

  private static byte[] version2(byte[] good) {
    byte[] changed = good.clone();
    int end = new CarHeader(new Draft(1).roots).encode().length;
    changed[end - 1] = 2; // The last byte of the header.
    return changed;
  }

  private static void file(JsonText json, String name, byte[] bytes) {
    try {
      List<String> names = new ArrayList<>();
      read(bytes).logs().forEach(log -> names.add(log.name().text()));
      json.open().put("name", name).put("logs", String.join(" ", names));
      json.put("file", Hex.encode(bytes)).close();
    } catch (MalformedException e) {
      throw new AssertionError(name, e);
    }
  }

  private static void refused(JsonText json, String breaks, String name, byte[] bytes) {
    try {
      read(bytes);
    } catch (MalformedException e) {
      json.open().put("name", name).put("file", Hex.encode(bytes));
      json.put("refused", "yes").put("breaks", breaks).close();
      return;
    }
    throw new AssertionError("not refused: " + name);
  }

  /** All that is checked before anything is taken. */
  private static CarContents read(byte[] file) throws MalformedException {
    try {
      CarReader reader = new CarReader(new ByteArrayInputStream(file));
      Map<Cid, byte[]> blocks = new HashMap<>();
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        blocks.put(next.get().cid(), next.get().block());
      }
      CarContents contents =
          CarContents.in(reader.header(), cid -> Optional.ofNullable(blocks.get(cid)));
      for (CarContents.Log log : contents.logs()) {
        byte[] record = blocks.get(log.record());
        if (record == null) throw new MalformedException("no record");
        Follower.Sourced sourced = new Follower.Sourced("file", record);
        if (Follower.problem(log.name(), sourced, TestLogs.VERIFIER).isPresent()) {
          throw new MalformedException("bad record");
        }
        RemoteHead remote = RemoteHead.parse(log.name(), IpnsRecord.parse(record));
        if (!remote.index().equals(log.index())) throw new MalformedException("other index");
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
