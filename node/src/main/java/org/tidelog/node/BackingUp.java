package org.tidelog.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.keystore.Argon2Cost;
import org.tidelog.crypto.keystore.BackupHeader;
import org.tidelog.crypto.keystore.Protection;
import org.tidelog.log.control.Continuation;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.node.backup.BackupWriter;
import org.tidelog.node.backup.Role;
import org.tidelog.node.backup.TooManyException;
import org.tidelog.node.backup.TopicItem;
import org.tidelog.node.folder.DurableFiles;
import org.tidelog.node.folder.NoSpaceException;

/**
 * Writes what a home holds, but for its keys, to one sealed file. Runs with the home's lock held,
 * so the file is of one moment; memory does not grow with the entries.
 */
final class BackingUp {
  private static final String PURPOSE = "make a backup";

  private final Core core;
  private final BackupOptions options;
  private final Progress progress;
  private final List<Problem> problems = new ArrayList<>();

  BackingUp(Core core, BackupOptions options, Progress progress) {
    this.core = core;
    this.options = options;
    this.progress = progress;
  }

  BackupReport run(Path file) {
    refuseIfTaken(file);
    BackupHeader.Created header = header();
    long[] entries = {0};
    try {
      DurableFiles.writePrivate(
          file,
          out -> {
            BackupWriter writer = new BackupWriter(out, header);
            write(writer);
            writer.finish();
            entries[0] = writer.entries();
            refuseIfTaken(file);
          });
      return new BackupReport(file, entries[0], Files.size(file), problems);
    } catch (NoSpaceException e) {
      throw new TidelogException(
          ErrorKind.NO_SPACE,
          "cannot write " + file + ": no space left",
          "free some space, or name a file in another place",
          e);
    } catch (IOException e) {
      if (e.getCause() instanceof TooManyException tooMany) throw tooMany(file, tooMany);
      throw new TidelogException(
          ErrorKind.IO, "cannot write " + file + ": " + e.getMessage(), null, e);
    } finally {
      Arrays.fill(header.key(), (byte) 0);
    }
  }

  private static TidelogException tooMany(Path file, TooManyException e) {
    return new TidelogException(
        ErrorKind.IO,
        "cannot write " + file + ": " + e.getMessage(),
        "export topics to files of their own: tidelog export TOPIC FILE.car",
        e);
  }

  private void refuseIfTaken(Path file) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return;
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new TidelogException(
          ErrorKind.EXISTS, "cannot write " + file + ": something else is in its place");
    }
    if (options.replace()) return;
    throw new TidelogException(
        ErrorKind.EXISTS, "cannot write " + file + ": it exists already", "--force replaces it");
  }

  private BackupHeader.Created header() {
    char[] words = passphrase();
    try {
      Argon2Cost cost =
          options.cost().orElseGet(() -> Argon2Cost.within(Runtime.getRuntime().maxMemory()));
      return BackupHeader.create(new Protection.Passphrase(words, cost), core.entropy);
    } finally {
      Arrays.fill(words, '\0');
    }
  }

  private char[] passphrase() {
    if (options.passphrase().isPresent()) return options.passphrase().get().ask(PURPOSE);
    if (core.keyring.needsPassphrase()) return core.keyring.provenPassphrase(PURPOSE);
    throw new TidelogException(
        ErrorKind.NEEDS_PASSPHRASE,
        "cannot make a backup: this home has no passphrase, and a backup needs one",
        "--backup-passphrase-file FILE");
  }

  private void write(BackupWriter writer) throws IOException {
    writer.device(
        core.keyring.secrets(PURPOSE).recoverySeed(),
        core.nowMillis(),
        core.home.config().displayName().orElse(""));
    SortedMap<IpnsName, String> logs = new TreeMap<>();
    for (Map.Entry<String, TopicRecord> topic : core.book.topics().entrySet()) {
      String label = topic.getKey();
      topic(label, topic.getValue(), writer);
      for (Map.Entry<IpnsName, Role> member : members(label, topic.getValue()).entrySet()) {
        writer.member(member.getValue(), member.getKey());
        logs.putIfAbsent(member.getKey(), label);
      }
      cursors(label, writer);
    }
    for (Map.Entry<IpnsName, String> log : logs.entrySet()) {
      new LogBackup(core, log.getValue(), log.getKey(), progress).write(writer, problems);
    }
  }

  private void topic(String label, TopicRecord topic, BackupWriter writer) throws IOException {
    Optional<Digest> id = topic.id();
    Optional<byte[]> secret =
        topic.open() || !id.isPresent()
            ? Optional.empty()
            : Optional.of(core.topicKey(id.get()).bytes());
    writer.topic(new TopicItem(label, topic.open(), id, secret));
  }

  private SortedMap<IpnsName, Role> members(String label, TopicRecord topic) {
    SortedMap<IpnsName, Role> roles = new TreeMap<>();
    core.book
        .members(label)
        .forEach(
            (name, membership) -> {
              // Hints are anybody's, without end, and are met again at the next fetch.
              boolean wanted = membership != Membership.OWN && membership != Membership.HINTED;
              if (wanted) roles.put(name, role(membership));
            });
    last(label, LogPurpose.INDEX, topic.index()).ifPresent(log -> roles.put(log, Role.OWN_INDEX));
    last(label, LogPurpose.LOG, topic.own()).ifPresent(log -> roles.put(log, Role.OWN));
    return roles;
  }

  /** The newest log that has entries: while the device's present one has none, the one before. */
  private Optional<IpnsName> last(String label, LogPurpose purpose, Optional<IpnsName> own) {
    if (own.isPresent() && core.store.log(own.get()).isPresent()) return own;
    return new IncarnationBook(core.book).claim(label, purpose).map(Continuation.Claim::log);
  }

  private static Role role(Membership membership) {
    return switch (membership) {
      case OWN -> Role.OWN;
      case FOLLOWED -> Role.FOLLOWED;
      case HINTED -> Role.HINTED;
      case ADMITTED -> Role.ADMITTED;
    };
  }

  private void cursors(String label, BackupWriter writer) throws IOException {
    for (Map.Entry<String, SeqRanges> cursor : core.book.cursors(label).entrySet()) {
      int slash = cursor.getKey().lastIndexOf('/');
      try {
        IpnsName log = IpnsName.parse(cursor.getKey().substring(slash + 1));
        writer.cursor(cursor.getKey().substring(0, slash), log, cursor.getValue());
      } catch (MalformedException e) {
        throw new AssertionError("a cursor is kept under the name of a log", e);
      }
    }
  }
}
