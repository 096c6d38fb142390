package org.tidelog.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.Entropy;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.keystore.Secrets;
import org.tidelog.crypto.keystore.WrongPassphraseException;
import org.tidelog.log.spi.StoreException;
import org.tidelog.node.backup.BackupFile;
import org.tidelog.node.backup.BackupItems;
import org.tidelog.node.backup.BackupReader;
import org.tidelog.node.backup.TopicItem;
import org.tidelog.node.folder.IoReason;
import org.tidelog.node.folder.NoSpaceException;
import org.tidelog.node.home.Config;
import org.tidelog.node.home.HomeException;
import org.tidelog.node.home.StagedHome;

/**
 * Makes a home of a backup: a new device with the old one's topics, entries and recovery key, and
 * none of its other keys. The whole file is read and checked before anything is written, and read
 * again to fill a home beside the place, which is moved there when it is whole.
 */
final class Restoring {
  private static final String OPENING = "open the backup";

  private final Path file;
  private final Path home;
  private final RestoreOptions options;
  private final Progress progress;

  Restoring(Path file, Path home, RestoreOptions options, Progress progress) {
    this.file = file;
    this.home = home;
    this.options = options;
    this.progress = progress;
  }

  RestoreReport run() {
    try (StagedHome staged = StagedHome.beside(home)) {
      BackupFile backup = BackupFile.open(file);
      Optional<char[]> words = words();
      byte[] key = key(backup, words);
      try {
        BackupSurvey survey = new BackupSurvey();
        readThrough(backup, key, survey, "checking");
        Device device = make(staged.folder(), survey, words);
        fill(staged.folder(), backup, key, words);
        staged.finish();
        return report(backup, survey, device);
      } finally {
        Arrays.fill(key, (byte) 0);
        words.ifPresent(chars -> Arrays.fill(chars, '\0'));
      }
    } catch (MalformedException e) {
      throw new TidelogException(
          ErrorKind.BAD_BACKUP,
          "cannot restore " + file + ": " + e.getMessage(),
          "another copy of the backup; nothing was written",
          e);
    } catch (NoSpaceException e) {
      throw new TidelogException(
          ErrorKind.NO_SPACE,
          "cannot make a home at " + home + ": no space left",
          "free some space",
          e);
    } catch (IOException e) {
      throw new TidelogException(
          ErrorKind.IO, "cannot read " + file + ": " + IoReason.of(e), null, e);
    } catch (HomeException e) {
      throw Homes.failure(e);
    } catch (StoreException e) {
      throw Homes.failure(home, e);
    }
  }

  /** The new home's passphrase, if it is to have one. */
  private Optional<char[]> words() {
    return options.passphrase() == NoPassphrase.INSTANCE
        ? Optional.empty()
        : Optional.of(options.passphrase().ask("protect the keys of the new home"));
  }

  private byte[] key(BackupFile backup, Optional<char[]> words) {
    char[] passphrase = backupPassphrase(words);
    try {
      return backup.header().unlock(passphrase);
    } catch (WrongPassphraseException e) {
      throw new TidelogException(
          ErrorKind.BAD_PASSPHRASE,
          "cannot open " + file + ": the passphrase is wrong",
          "the passphrase that the backup was made with: --backup-passphrase-file FILE",
          e);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private char[] backupPassphrase(Optional<char[]> words) {
    if (options.backupPassphrase().isPresent())
      return options.backupPassphrase().get().ask(OPENING);
    return words
        .map(char[]::clone)
        .orElseThrow(
            () ->
                new TidelogException(
                    ErrorKind.NEEDS_PASSPHRASE,
                    "cannot open " + file + ": a backup is protected by a passphrase",
                    "--backup-passphrase-file FILE"));
  }

  private void readThrough(BackupFile backup, byte[] key, BackupItems to, String what)
      throws IOException, MalformedException {
    try (BackupReader reader = backup.read(key, Ed25519.verifier(), to)) {
      long total = reader.remaining();
      while (reader.next()) {
        progress.at(what, total - reader.remaining(), total);
      }
    }
  }

  private static Device make(Path folder, BackupSurvey survey, Optional<char[]> words) {
    Config config = Config.of(survey.displayName(), words.isPresent());
    Passphrase passphrase = words.map(Passphrase::of).orElseGet(Passphrase::none);
    return Homes.make(folder, config, passphrase, new Homes.NewDevice(secrets(survey), false));
  }

  /** Those of a new device, with what may be taken over from the old one. */
  private static Secrets secrets(BackupSurvey survey) {
    Secrets fresh = Secrets.random(Entropy.system());
    SortedMap<String, byte[]> topics = new TreeMap<>();
    for (TopicItem topic : survey.topics()) {
      if (!topic.secret().isPresent() || !topic.id().isPresent()) continue;
      topics.put(topic.id().get().hex(), topic.secret().get());
    }
    return new Secrets(
        fresh.deviceSeed(),
        fresh.networkSeed(),
        survey.recoverySeed(),
        fresh.incarnation16(),
        topics,
        fresh.home());
  }

  private void fill(Path folder, BackupFile backup, byte[] key, Optional<char[]> words)
      throws IOException, MalformedException {
    TidelogOptions opening =
        TidelogOptions.defaults()
            .withPassphrase(words.map(Passphrase::of).orElseGet(Passphrase::none))
            .withTime(options.time());
    Core core = Homes.open(folder, opening);
    try {
      HomeFilling filling = new HomeFilling(core);
      readThrough(backup, key, filling, "restoring");
      filling.finish(progress);
      core.incarnations.restored();
    } finally {
      core.store.close();
      core.home.close();
    }
  }

  private RestoreReport report(BackupFile backup, BackupSurvey survey, Device device) {
    Device here =
        new Device(device.peerId(), home.toAbsolutePath().normalize(), device.displayName());
    return new RestoreReport(
        here,
        file,
        survey.entries(),
        backup.length(),
        survey.topics().size(),
        Instant.ofEpochMilli(survey.timeMillis()));
  }
}
