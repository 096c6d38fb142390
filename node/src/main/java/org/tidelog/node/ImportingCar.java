package org.tidelog.node;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.car.CarContents;
import org.tidelog.log.entry.Head;
import org.tidelog.log.follow.Finding;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.NameSystem;
import org.tidelog.log.spi.StoredLog;
import org.tidelog.node.car.CarFile;
import org.tidelog.node.folder.IoReason;

/**
 * Takes logs in from a CAR file, which is read as a mirror is. The whole file, and each log's
 * record, is checked before anything is taken; after that everything is as with a fetch. Runs with
 * the home's lock held.
 */
final class ImportingCar {
  private final Core core;
  private final LinkedBlocks linked;
  private final Path path;
  private final Progress progress;

  ImportingCar(Core core, LinkedBlocks linked, Path path, Progress progress) {
    this.core = core;
    this.linked = linked;
    this.path = path;
    this.progress = progress;
  }

  /**
   * Reads the file in.
   *
   * @param label where logs go that this home does not know yet; null: where the others of the file
   *     are, else a label made of the first one's name
   */
  List<FetchReport> run(@Nullable String label) {
    if (label != null) Labels.check(label);
    try (CarFile car = CarFile.open(path, at -> progress.at("checking the file", at, -1))) {
      if (car.index().isPresent()) return takeIndex(car, car.index().get(), label);
      for (CarContents.Log log : car.logs()) {
        check(car, log);
      }
      renewIfBehind(car);
      return take(car, label);
    } catch (MalformedException e) {
      throw refused(e.getMessage());
    } catch (NoSuchFileException e) {
      throw new TidelogException(
          ErrorKind.NOT_FOUND, "cannot read " + path + ": there is no such file");
    } catch (IOException e) {
      throw new TidelogException(
          ErrorKind.IO, "cannot read " + path + ": " + IoReason.of(e), null, e);
    }
  }

  private TidelogException refused(String why) {
    return new TidelogException(
        ErrorKind.BAD_CAR,
        "cannot import " + path + ": " + why,
        "have it written and copied again; nothing of it was taken");
  }

  private void check(CarFile car, CarContents.Log log) throws IOException, MalformedException {
    IpnsName name = log.name();
    if (!Ed25519.validPublicKey(name.key())) {
      throw refused("no log can have the name " + name.text());
    }
    Optional<byte[]> record = car.get(log.record(), NameSystem.RECORD_BYTES_MAX);
    if (!record.isPresent()) throw refused("the record of " + name.text() + " is not in it");
    Follower.Sourced sourced = new Follower.Sourced(car.describe(), record.get());
    Optional<Finding> finding = Follower.problem(name, sourced, core.verifier);
    if (finding.isPresent()) {
      Problem problem = FollowDriver.problem(finding.get());
      throw new TidelogException(
          problem.kind(),
          "cannot import " + path + ": the record of " + name.text() + ": " + problem.what(),
          "have it written and copied again; nothing of it was taken");
    }
    RemoteHead remote = RemoteHead.parse(name, IpnsRecord.parse(record.get()));
    if (!remote.index().equals(log.index())) {
      throw refused("the record of " + name.text() + " names another index than its contents do");
    }
  }

  /** What {@code ipfs dag export} writes of an index: all that is paged. */
  private List<FetchReport> takeIndex(CarFile car, CarFile.Index index, @Nullable String wanted) {
    IpnsName name = index.log();
    if (!Ed25519.validPublicKey(name.key())) {
      throw refused("no log can have the name " + name.text());
    }
    Optional<String> problem = Follower.indexProblem(name, index.block(), core.verifier);
    if (problem.isPresent()) throw refused("its index: " + problem.get());
    if (core.isOwn(name)) {
      if (!new OwnHeads(core).isUnknown(name, index.head())) {
        throw refused("it is a log of this device, which has it already");
      }
      core.incarnations.renew(RenewalReason.BEHIND);
    }
    String label = wanted != null ? wanted : known(name).orElse(name.shortText());
    follow(label, name);
    Layers layers = Layers.of(car, car);
    return new Fetching(core, layers, linked, FetchOptions.defaults(), progress)
        .fetchAt(label, name, index);
  }

  private List<FetchReport> take(CarFile car, @Nullable String wanted) {
    Layers layers = Layers.of(car, car);
    Fetching fetching = new Fetching(core, layers, linked, FetchOptions.defaults(), progress);
    String label = wanted != null ? wanted : label(car.logs());
    List<FetchReport> reports = new ArrayList<>();
    for (CarContents.Log log : car.logs()) {
      IpnsName name = log.name();
      if (core.isOwn(name)) {
        reports.add(own(name, label, layers));
        continue;
      }
      String under = wanted != null ? wanted : known(name).orElse(label);
      follow(under, name);
      reports.addAll(fetching.fetch(under, Optional.of(name)));
    }
    return reports;
  }

  /** Where the first log of the file that is known here is read, else a label of its own. */
  private String label(List<CarContents.Log> logs) {
    for (CarContents.Log log : logs) {
      Optional<String> known = known(log.name());
      if (known.isPresent()) return known.get();
    }
    return logs.get(0).name().shortText();
  }

  private Optional<String> known(IpnsName name) {
    return core.book.topics().keySet().stream()
        .filter(label -> core.book.members(label).containsKey(name))
        .findFirst();
  }

  private void follow(String label, IpnsName name) {
    if (!core.book.topic(label).isPresent()) {
      core.book.putTopic(
          label, new TopicRecord(Optional.empty(), true, Optional.empty(), Optional.empty()));
    }
    Map<IpnsName, Membership> members = core.book.members(label);
    if (!members.containsKey(name)) core.book.putMember(label, name, Membership.FOLLOWED);
    core.book.commit();
  }

  /** Only appending extends a log of one's own; what is taken is a proof that others do, too. */
  private FetchReport own(IpnsName name, String label, Layers layers) {
    core.forks.ask(name, layers, Optional.empty()); // One that does not hold is nobody's news here.
    core.book.commit();
    List<Problem> fork = core.forks.problem(name).map(List::of).orElse(List.of());
    long size = core.store.log(name).flatMap(StoredLog::head).map(Head::size).orElse(0L);
    String under = known(name).orElse(label);
    return new FetchReport(under, name, size, 0, 0, 0, 0, 0, List.of(), true, 0, fork);
  }

  /** More of a log of one's own than there is here was written by a copy of this device. */
  private void renewIfBehind(CarFile car) throws IOException {
    OwnHeads heads = new OwnHeads(core);
    for (CarContents.Log log : car.logs()) {
      if (!core.isOwn(log.name())) continue;
      Optional<byte[]> record = car.get(log.name());
      boolean ahead =
          record.isPresent()
              && heads.isAhead(log.name(), new Follower.Sourced(car.describe(), record.get()));
      if (ahead) {
        core.incarnations.renew(RenewalReason.BEHIND);
        return;
      }
    }
  }
}
