package org.tidelog.log.read;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Aliases;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.ParentRef;

/**
 * The numbers that a log's alias entries have bound so far. Alias entries must be taken in order:
 * one that is missing, sealed or wrong leaves the numbers after it unknown, for no number is ever
 * guessed.
 */
public final class AliasTable {
  private final IpnsName log;
  private final List<IpnsName> names = new ArrayList<>();
  private final Set<IpnsName> bound = new LinkedHashSet<>();
  private boolean broken;

  public AliasTable(IpnsName log) {
    this.log = log;
  }

  /** A table that goes on behind numbers bound before. */
  public static AliasTable of(IpnsName log, List<IpnsName> names) {
    AliasTable table = new AliasTable(log);
    table.names.addAll(names);
    table.bound.addAll(names);
    return table;
  }

  /**
   * Takes an alias entry's payload, unsealed.
   *
   * @return what is wrong with it: then it binds nothing
   */
  public Optional<String> bind(byte[] payload) {
    if (broken) return Optional.empty();
    try {
      List<IpnsName> next = Aliases.parse(payload);
      Set<IpnsName> fresh = new LinkedHashSet<>(next);
      if (fresh.size() != next.size()
          || fresh.contains(log)
          || fresh.stream().anyMatch(bound::contains)) {
        return broken("it names a log twice, or its own");
      }
      if (names.size() + next.size() > Aliases.NUMBERS_MAX)
        return broken("it binds too many numbers");
      names.addAll(next);
      bound.addAll(next);
      return Optional.empty();
    } catch (MalformedException e) {
      return broken(e.getMessage());
    }
  }

  private Optional<String> broken(String why) {
    broken = true;
    return Optional.of(why);
  }

  /** The numbers bound so far, from 0. */
  public List<IpnsName> names() {
    return List.copyOf(names);
  }

  /** The parents of an entry that can be named. */
  public List<LogEntry.Parent> resolve(Entry entry) {
    List<LogEntry.Parent> parents = new ArrayList<>();
    for (ParentRef ref : entry.header().parents()) {
      if (ref.alias() < names.size()) {
        parents.add(new LogEntry.Parent(names.get(ref.alias()), ref.seq()));
      }
    }
    return parents;
  }
}
