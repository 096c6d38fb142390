package org.tidelog.node;

import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Genesis;
import org.tidelog.log.control.GenesisStatement;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.read.Entries;

/** Reads who writes a log, and checks that the device it names has signed that. */
final class GenesisCheck {
  private final Core core;
  private final IpnsName log;
  private Optional<Genesis> genesis = Optional.empty();
  private Optional<GenesisStatement> statement = Optional.empty();
  private Optional<Problem> problem = Optional.empty();

  GenesisCheck(Core core, IpnsName log) {
    this.core = core;
    this.log = log;
    Entries first = new Entries(log, core.store, 0, 1);
    if (first.hasNext()) read(first.next());
  }

  /** What entry 0 shows to everybody; empty where it is not here. */
  Optional<Genesis> genesis() {
    return genesis;
  }

  /** Who writes the log; empty where this device cannot read it. */
  Optional<GenesisStatement> statement() {
    return statement;
  }

  Optional<Problem> problem() {
    return problem;
  }

  private void read(Entry entry) {
    if (!entry.payload().isPresent()) return;
    try {
      Genesis read = Genesis.parse(entry.payload().get());
      genesis = Optional.of(read);
      Optional<Opened> opened = open(read);
      if (!opened.isPresent()) return;
      if (opened.get().statement.verify(log, opened.get().topicId, core.verifier)) {
        statement = Optional.of(opened.get().statement);
      } else {
        refuse("the device's signature does not verify");
      }
    } catch (MalformedException e) {
      refuse(e.getMessage());
    }
  }

  private void refuse(String what) {
    problem = Optional.of(new Problem(ErrorKind.BAD_GENESIS, what, log.text()));
  }

  private record Opened(Digest topicId, GenesisStatement statement) {}

  private Optional<Opened> open(Genesis read) throws MalformedException {
    if (read.open()) {
      return read.statementIn(read.topic()).map(s -> new Opened(read.topic(), s));
    }
    if (!core.mayUnlock()) return Optional.empty();
    Optional<Keyring.TopicKey> key = core.keyring.keyOf(log, read.topic());
    if (!key.isPresent()) return Optional.empty();
    Digest id = key.get().topicId();
    return read.statementIn(id, key.get().key(), log).map(s -> new Opened(id, s));
  }
}
