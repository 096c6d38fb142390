package org.tidelog.node;

import java.util.ArrayList;
import java.util.List;

/**
 * Publishes the logs of several topics, and their indexes. Where the mirror shows that this home is
 * behind, the device begins anew and all of it is done again with the new logs. Runs with the
 * home's lock held.
 */
final class Mirroring {
  private final Core core;
  private final LinkedBlocks linked;
  private final Publishing publishing;
  private final PublishOptions options;
  private final Progress progress;

  Mirroring(
      Core core,
      LinkedBlocks linked,
      Publishing publishing,
      PublishOptions options,
      Progress progress) {
    this.core = core;
    this.linked = linked;
    this.publishing = publishing;
    this.options = options;
    this.progress = progress;
  }

  List<PublishReport> run(List<String> labels) {
    List<PublishReport> reports = new ArrayList<>();
    boolean again = false;
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      try {
        publish(label, reports);
      } catch (TidelogException e) {
        if (again) throw e; // New logs cannot be behind.
        publishing.beginAnew(label, e);
        again = true;
        reports.clear();
        i = -1;
      }
    }
    core.incarnations.keepSizes();
    return reports;
  }

  private void publish(String label, List<PublishReport> reports) {
    boolean check = options.check();
    core.forks.askOwn(label, core.layers);
    OwnLog log = core.ownLog(label);
    new LastRecords(core).publish(label, linked, progress);
    PublishReport.Figures figures = publishing.publish(label, log, check, progress);
    reports.add(new PublishReport.Log(label, log.name(), figures));
    boolean index = options.index() || (check && core.topic(label).index().isPresent());
    if (index) reports.add(new Indexing(core, publishing).publish(label, check, progress));
  }
}
