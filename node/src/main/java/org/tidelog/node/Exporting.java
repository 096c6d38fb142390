package org.tidelog.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.car.CarContents;
import org.tidelog.log.car.CarHeader;
import org.tidelog.log.car.CarWriter;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Limits;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.fork.ForkProof;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.page.PageLimits;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.publish.LogCopy;
import org.tidelog.log.publish.UnlikeRecordException;
import org.tidelog.log.spi.SliceOutline;
import org.tidelog.log.spi.StoredLog;

/**
 * Writes logs into a CAR file: what a mirror would hold of them, made of what is here. A log of
 * this device is signed as it is now; another's goes as its author published it last, or not at
 * all. Runs with the home's lock held.
 */
final class Exporting {
  private static final Cid UNKNOWN = Cid.sha256(Codec.RAW, new byte[0]);

  private final Core core;
  private final LinkedBlocks linked;
  private final Publishing publishing;
  private final Progress progress;
  private final List<Problem> problems = new ArrayList<>();

  Exporting(Core core, LinkedBlocks linked, Publishing publishing, Progress progress) {
    this.core = core;
    this.linked = linked;
    this.publishing = publishing;
    this.progress = progress;
  }

  /** A log and the blocks it will have. */
  private record Planned(IpnsName name, LogCopy copy, Optional<ForkProof> proof) {}

  /** One log of a topic, or all that people write in it. */
  ExportReport run(String label, Optional<IpnsName> only, Path file) {
    List<IpnsName> names = new ArrayList<>();
    settleOwn(only.isPresent() ? List.of(only.get()) : Reading.conversation(core, label));
    if (only.isPresent()) {
      names.add(only.get());
    } else {
      names.addAll(Reading.conversation(core, label));
    }
    Collections.sort(names);
    List<Planned> planned = plan(label, names);
    try (NewFile out = NewFile.at(file)) {
      long bytes = write(label, planned, out);
      List<IpnsName> written = new ArrayList<>();
      planned.forEach(log -> written.add(log.name));
      core.incarnations.keepSizes();
      long entries = planned.stream().mapToLong(log -> log.copy.size()).sum();
      return new ExportReport(label, file, written, entries, bytes, problems);
    } catch (IOException e) {
      throw new AssertionError("a new file tells its failures itself", e);
    }
  }

  /**
   * Before anything is signed: makes sure that this device may, and begins anew where it may not.
   */
  private void settleOwn(List<IpnsName> names) {
    if (names.stream().noneMatch(core::isOwn)) return;
    core.incarnations.ready();
    OwnHeads heads = new OwnHeads(core);
    for (Map.Entry<String, TopicRecord> topic : core.book.topics().entrySet()) {
      Optional<IpnsName> own = topic.getValue().own();
      if (!own.isPresent() || !names.contains(own.get())) continue;
      if (!heads.isAheadInMirror(own.get())) continue;
      String what = "a mirror has more of " + own.get().text() + " than this home";
      publishing.beginAnew(topic.getKey(), new TidelogException(ErrorKind.OWN_HEAD_AHEAD, what));
      return;
    }
  }

  private List<Planned> plan(String label, List<IpnsName> names) {
    if (names.size() > CarContents.LOGS_MAX) {
      throw new TidelogException(
          ErrorKind.USAGE,
          "cannot export " + label + ": over " + CarContents.LOGS_MAX + " logs",
          "export them one by one, by name");
    }
    List<Planned> planned = new ArrayList<>();
    for (IpnsName name : names) {
      try {
        planned.add(new Planned(name, copy(name), core.forks.proof(name)));
      } catch (TidelogException e) {
        // Of several logs, those that can be had are written, and the others told.
        if (names.size() == 1 || e.kind() != ErrorKind.INCOMPLETE) throw e;
        problems.add(new Problem(e.kind(), String.valueOf(e.getMessage()), label));
      }
    }
    if (planned.isEmpty()) {
      throw new TidelogException(
          ErrorKind.INCOMPLETE,
          "cannot export " + label + ": none of its logs is here as a whole",
          "tidelog fetch " + label);
    }
    return planned;
  }

  private LogCopy copy(IpnsName name) {
    for (Map.Entry<String, TopicRecord> topic : core.book.topics().entrySet()) {
      if (topic.getValue().own().equals(Optional.of(name))) return own(topic.getKey());
    }
    return another(name);
  }

  private LogCopy own(String label) {
    OwnLog log = core.ownLog(label);
    publishing.dropExpired(log);
    return LogCopy.signed(
        log.log(), log.signer(), core.store, PageLimits.DEFAULT, core.headMillis(log.log()));
  }

  private LogCopy another(IpnsName name) {
    Optional<StoredLog> stored = core.store.log(name);
    Optional<byte[]> record = stored.flatMap(StoredLog::record);
    if (!record.isPresent()) throw incomplete(name, "nothing of it was fetched yet");
    RemoteHead remote = Records.head(name, record.get());
    SeqRanges held = stored.get().held();
    if (!held.missingBelow(remote.head().size()).isEmpty()) {
      throw incomplete(name, "not all of its entries are here");
    }
    try {
      return LogCopy.recorded(
          Records.parse(record.get()),
          remote,
          pagedHeads(name, remote),
          core.store,
          PageLimits.DEFAULT);
    } catch (UnlikeRecordException e) {
      throw unlike(name);
    }
  }

  /** The author's signature under the index is in the index, which is read again for it. */
  private List<Head> pagedHeads(IpnsName name, RemoteHead remote) {
    List<Head> heads = new ArrayList<>();
    if (!remote.index().isPresent()) return heads;
    core.book.pagedHead(name).ifPresent(heads::add);
    for (SliceOutline outline : core.store.outlines(name, remote.paged() - 1, remote.paged())) {
      outline.head().ifPresent(heads::add);
    }
    heads.removeIf(head -> head.size() != remote.paged());
    Cid index = remote.index().get();
    Optional<byte[]> block = core.layers.block(index, Limits.PAGE_BYTES_MAX).bytes();
    if (block.isPresent()) {
      try {
        heads.add(IndexRoot.parse(block.get()).head());
      } catch (MalformedException e) {
        throw unlike(name);
      }
    }
    if (heads.isEmpty()) {
      throw incomplete(name, "its index " + index.text() + " is in no mirror");
    }
    return heads;
  }

  private static TidelogException incomplete(IpnsName name, String why) {
    return new TidelogException(
        ErrorKind.INCOMPLETE,
        "cannot export " + name.text() + ": " + why,
        "tidelog fetch " + name.text());
  }

  private static TidelogException unlike(IpnsName name) {
    return new TidelogException(
        ErrorKind.INCOMPLETE,
        "cannot export "
            + name.text()
            + ": payloads have gone since its author published it, or the author's pages are"
            + " others",
        "tidelog fetch " + name.text() + ", once its author has published again");
  }

  private long write(String label, List<Planned> planned, NewFile file) throws IOException {
    CarWriter car = new CarWriter(file.out(), new CarHeader(unknownRoots(planned)));
    List<CarContents.Log> logs = new ArrayList<>();
    for (Planned log : planned) {
      logs.add(write(label, log, car));
    }
    CarContents contents = new CarContents(logs);
    byte[] block = contents.encode();
    Cid cid = Cid.sha256(Codec.DAG_CBOR, block);
    car.put(cid, block);
    file.overwriteBeginning(new CarHeader(contents.roots(cid)).encode());
    return file.finish();
  }

  /** As many as there will be, and as long. */
  private static List<Cid> unknownRoots(List<Planned> planned) {
    List<Cid> roots = new ArrayList<>();
    for (Planned log : planned) {
      roots.add(UNKNOWN);
      if (log.copy.paged() > 0) roots.add(UNKNOWN);
      if (log.proof.isPresent()) roots.add(UNKNOWN);
    }
    roots.add(UNKNOWN);
    return roots;
  }

  private CarContents.Log write(String label, Planned log, CarWriter car) throws IOException {
    Optional<Cid> index = Optional.empty();
    try {
      while (true) {
        Optional<LogCopy.Block> block = log.copy.next();
        if (!block.isPresent()) break;
        car.put(block.get().cid(), block.get().bytes());
        if (log.copy.paged() > 0) index = Optional.of(block.get().cid()); // The last is the root.
        progress.at("exporting " + log.name.shortText(), car.written(), -1);
      }
    } catch (UnlikeRecordException e) {
      throw unlike(log.name);
    }
    Cid record = raw(log.copy.record().bytes(), car);
    Optional<Cid> proof = Optional.empty();
    if (log.proof.isPresent()) proof = Optional.of(raw(log.proof.get().encode(), car));
    return new CarContents.Log(log.name, record, index, large(label, log.name, car), proof);
  }

  private static Cid raw(byte[] block, CarWriter car) throws IOException {
    Cid cid = Cid.sha256(Codec.RAW, block);
    car.put(cid, block);
    return cid;
  }

  private Optional<Cid> large(String label, IpnsName name, CarWriter car) throws IOException {
    List<Cid> roots = new ArrayList<>();
    for (long seq : core.book.linked(name)) {
      Optional<Cid> root = linked.copy(label, name, seq, car::put);
      if (root.isPresent()) {
        roots.add(root.get());
      } else if (linked.content(label, name, seq).isPresent()) {
        problems.add(
            new Problem(
                ErrorKind.INCOMPLETE,
                "not all blocks of its large payload are here",
                name.text() + " " + seq));
      }
      progress.at("exporting " + name.shortText(), car.written(), -1);
    }
    if (roots.isEmpty()) return Optional.empty();
    byte[] block = CarContents.encodeLarge(roots);
    Cid cid = Cid.sha256(Codec.DAG_CBOR, block);
    car.put(cid, block);
    return Optional.of(cid);
  }
}
