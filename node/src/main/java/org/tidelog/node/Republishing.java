package org.tidelog.node;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.spi.StoredLog;

/**
 * Puts records that are known here into the mirror once more: what a network was told it forgets,
 * after two days as a rule. Signs nothing. Runs with the home's lock held.
 */
final class Republishing {
  private final Core core;
  private final Targets targets;
  private final Progress progress;

  Republishing(Core core, Progress progress) {
    this.core = core;
    this.targets = core.layers.targets().enduring();
    this.progress = progress;
  }

  /** The logs and indexes of some topics, or one of them. */
  List<RepublishReport> run(List<String> labels, Optional<IpnsName> only) {
    Map<IpnsName, String> names = new LinkedHashMap<>();
    for (String label : labels) {
      known(label).forEach(name -> names.putIfAbsent(name, label));
    }
    List<RepublishReport> reports = new ArrayList<>();
    names.forEach(
        (name, label) -> {
          if (!only.orElse(name).equals(name)) return;
          // It leads to pages that are nowhere yet: they go out with it, when it is published.
          if (new LastRecords(core).isUnsent(name)) return;
          Optional<byte[]> record = core.store.log(name).flatMap(StoredLog::record);
          record.ifPresent(bytes -> reports.add(put(label, name, Records.parse(bytes))));
          progress.at("republishing", reports.size(), names.size());
        });
    only.ifPresent(name -> refuseUnknown(name, reports));
    core.keepLedger();
    core.book.commit();
    return reports;
  }

  private List<IpnsName> known(String label) {
    List<IpnsName> names = new ArrayList<>(core.book.members(label).keySet());
    core.topic(label).index().ifPresent(names::add);
    return names;
  }

  private void refuseUnknown(IpnsName name, List<RepublishReport> reports) {
    if (!reports.isEmpty()) return;
    throw new TidelogException(
        ErrorKind.NOT_FOUND,
        "cannot republish " + name.text() + ": no record of it is here",
        core.isOwn(name) ? "tidelog publish" : "tidelog fetch " + name.text());
  }

  private RepublishReport put(String label, IpnsName name, IpnsRecord record) {
    long began = System.nanoTime();
    List<String> layers = new ArrayList<>();
    List<String> better = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    if (record.expired(Instant.ofEpochMilli(core.clock().latestMillis()))) {
      problems.add(expired(name, record));
    } else {
      problems.addAll(bad(name));
      targets
          .putAgain(name, record.bytes(), there -> isBetter(name, there, record))
          .forEach((layer, did) -> (did == Targets.Again.BETTER ? better : layers).add(layer));
      problems.addAll(targets.problems());
    }
    return new RepublishReport(
        label,
        name,
        core.isOwn(name),
        record.content().sequence(),
        record.content().validity(),
        layers,
        better,
        (System.nanoTime() - began) / 1_000_000,
        problems);
  }

  private static Problem expired(IpnsName name, IpnsRecord record) {
    return new Problem(
        ErrorKind.INCOMPLETE,
        "its record was valid until "
            + record.content().validity()
            + ", and only its author can sign another",
        name.text());
  }

  private List<Problem> bad(IpnsName name) {
    List<Problem> bad = new ArrayList<>();
    List<Optional<byte[]>> records = targets.records(name);
    List<Layer> layers = targets.named();
    for (int i = 0; i < records.size(); i++) {
      Optional<byte[]> record = records.get(i);
      if (!record.isPresent() || verified(name, record.get()).isPresent()) continue;
      bad.add(
          new Problem(
              ErrorKind.BAD_RECORD,
              "a record was there that does not verify; a good one replaces it",
              name.text() + " in " + layers.get(i).name()));
    }
    return bad;
  }

  private boolean isBetter(IpnsName name, byte[] there, IpnsRecord ours) {
    return verified(name, there).filter(found -> IpnsRecord.compare(found, ours) > 0).isPresent();
  }

  private Optional<IpnsRecord> verified(IpnsName name, byte[] there) {
    try {
      IpnsRecord record = IpnsRecord.parse(there);
      return record.verify(name, core.verifier) ? Optional.of(record) : Optional.empty();
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }
}
