package org.tidelog.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.seal.EpochKey;
import org.tidelog.log.fork.ForkProof;

/**
 * A device's logs, opened from its home folder: what an application embeds, and what the command
 * line is written against. Appending is durable when it returns; publishing mirrors this device's
 * logs for others; fetching brings theirs, every byte verified.
 *
 * <p>One process at a time has a home open. Safe for use by any thread. Errors are {@link
 * TidelogException}.
 */
public final class Tidelog implements AutoCloseable {
  private final Core core;
  private final LinkedBlocks linked;
  private final Publishing publishing;
  private final Appending appending;
  private final Deleting deleting;
  private final @Nullable PublishThread thread;

  private Tidelog(Core core) {
    this.core = core;
    this.linked = new LinkedBlocks(core);
    this.publishing = new Publishing(core, linked);
    this.appending = new Appending(core, publishing);
    this.deleting = new Deleting(core, publishing);
    this.thread =
        core.options.publishAfter().isPresent() ? PublishThread.start(core, publishing) : null;
  }

  /**
   * Makes a new device in a folder that does not exist yet, or is empty.
   *
   * @throws TidelogException with {@link ErrorKind#EXISTS} if there is a home already
   */
  public static Device init(Path home, InitOptions options) {
    return Homes.init(home, options);
  }

  /**
   * Makes a home of a backup, in a folder that does not exist yet, or is empty: a new device with
   * the topics, entries and recovery key of the one that made it, whose logs it continues. The
   * whole file is checked before anything is written.
   *
   * @throws TidelogException with {@link ErrorKind#BAD_BACKUP} if the file is no backup, was
   *     altered or cut short; {@link ErrorKind#BAD_PASSPHRASE}; {@link ErrorKind#EXISTS} if there
   *     is a home
   */
  public static RestoreReport restore(
      Path file, Path home, RestoreOptions options, Progress progress) {
    return new Restoring(file, home, options, progress).run();
  }

  /**
   * Opens a home. Asks for no passphrase: that is done when a key is needed for the first time.
   *
   * @throws TidelogException with {@link ErrorKind#LOCKED} if another process has it open, {@link
   *     ErrorKind#NOT_FOUND} if there is none
   */
  public static Tidelog open(Path home, TidelogOptions options) {
    return new Tidelog(Homes.open(home, options));
  }

  public Device device() {
    return core.locked(
        () -> new Device(core.peerId, core.home.path(), core.home.config().displayName()));
  }

  /**
   * Makes a topic, with a log of this device in it.
   *
   * @param open whether anyone who knows a log's name may read it; else payloads are encrypted for
   *     those who are invited
   */
  public Topic createTopic(String label, boolean open) {
    return core.locked(
        () -> {
          Digest id = Digest.of(core.entropy.bytes(Digest.LENGTH));
          Optional<EpochKey> key =
              open ? Optional.empty() : Optional.of(EpochKey.random(core.entropy));
          Topic topic = begin(label, id, key);
          core.ownLog(label);
          core.book.commit();
          return topic;
        });
  }

  /**
   * Joins a topic by invitation, with a log of this device in it, under a label of one's own or the
   * inviting device's.
   */
  public Topic join(Invitation invitation, @Nullable String label) {
    return core.locked(
        () -> {
          String name = label != null ? label : invitation.label();
          refuseSecondTime(invitation.topicId());
          Topic topic = begin(name, invitation.topicId(), invitation.key());
          List<IpnsName> names = invitation.names();
          for (int i = 0; i < names.size(); i++) {
            Membership membership = i == 0 ? Membership.FOLLOWED : Membership.HINTED;
            if (!topic.name().equals(Optional.of(names.get(i)))) {
              core.book.putMember(name, names.get(i), membership);
            }
          }
          // A log of one's own that is to be continued has to be fetched first.
          if (!new IncarnationBook(core.book).isRecovered()) core.ownLog(name);
          core.book.commit();
          return topic;
        });
  }

  private void refuseSecondTime(Digest id) {
    core.book
        .topics()
        .forEach(
            (label, topic) -> {
              if (topic.id().equals(Optional.of(id))) {
                throw new TidelogException(
                    ErrorKind.EXISTS,
                    "cannot join: this home is in that topic already, as " + label);
              }
            });
  }

  private Topic begin(String label, Digest id, Optional<EpochKey> key) {
    Labels.check(label);
    if (core.book.topic(label).isPresent()) {
      throw new TidelogException(
          ErrorKind.EXISTS,
          "cannot use the name " + label + ": this home has a topic of that name",
          "take another, for example with --as");
    }
    core.incarnations.ready();
    key.ifPresent(secret -> core.keyring.putTopicKey(id, secret));
    core.forgetKeys();
    IpnsName own = core.keyring.logName(id, LogPurpose.LOG);
    core.book.putTopic(
        label,
        new TopicRecord(Optional.of(id), !key.isPresent(), Optional.of(own), Optional.empty()));
    core.book.putMember(label, own, Membership.OWN);
    return topicOf(label);
  }

  /**
   * Remembers a log, or a topic index, to read.
   *
   * @param label an existing topic or a new label; null: the first characters of the name
   * @throws TidelogException with {@link ErrorKind#BAD_NAME} if no log can have that name or no
   *     topic that label
   */
  public Topic follow(IpnsName name, @Nullable String label) {
    if (!Ed25519.validPublicKey(name.key())) {
      throw new TidelogException(
          ErrorKind.BAD_NAME, "cannot follow " + name.text() + ": no log can have that name");
    }
    return core.locked(
        () -> {
          String as = label != null ? label : name.shortText();
          Labels.check(as);
          if (!core.book.topic(as).isPresent()) {
            core.book.putTopic(
                as, new TopicRecord(Optional.empty(), true, Optional.empty(), Optional.empty()));
          }
          Membership before = core.book.members(as).get(name);
          if (before != Membership.OWN) core.book.putMember(as, name, Membership.FOLLOWED);
          core.book.commit();
          return topicOf(as);
        });
  }

  /** All topics of this home, by label. */
  public List<Topic> topics() {
    return core.locked(
        () -> {
          List<Topic> topics = new ArrayList<>();
          core.book.topics().keySet().forEach(label -> topics.add(topicOf(label)));
          return topics;
        });
  }

  public Optional<Topic> topic(String label) {
    return core.locked(() -> core.book.topic(label).map(record -> topicOf(label)));
  }

  private Topic topicOf(String label) {
    return new Topic(core, appending, deleting, linked, label);
  }

  /**
   * What a person means by a word: a topic's label, or the name of a log in one.
   *
   * @throws TidelogException with {@link ErrorKind#NOT_FOUND} if it is neither
   */
  public Target target(String labelOrName) {
    return core.locked(
        () -> {
          if (core.book.topic(labelOrName).isPresent()) {
            return new Target(topicOf(labelOrName), Optional.empty());
          }
          return target(labelOrName, name(labelOrName));
        });
  }

  private Target target(String word, Optional<IpnsName> name) {
    if (name.isPresent()) {
      for (String label : core.book.topics().keySet()) {
        if (core.book.members(label).containsKey(name.get())) {
          return new Target(topicOf(label), name);
        }
      }
    }
    throw unknown(word, name);
  }

  private static TidelogException unknown(String word, Optional<IpnsName> name) {
    return new TidelogException(
        ErrorKind.NOT_FOUND,
        "cannot find " + word + ": this home has no topic and no log of that name",
        name.isPresent() ? "tidelog follow " + word : "tidelog topic list");
  }

  private static Optional<IpnsName> name(String text) {
    if (!text.startsWith("k51")) return Optional.empty();
    try {
      return Optional.of(IpnsName.parse(text));
    } catch (MalformedException e) {
      throw new TidelogException(
          ErrorKind.BAD_NAME, "cannot read the name " + text + ": " + e.getMessage(), null, e);
    }
  }

  /** Mirrors this device's logs: of one topic, or of all. */
  public List<PublishReport> publish(
      @Nullable Topic topic, PublishOptions options, Progress progress) {
    try {
      return core.locked(
          () -> {
            Mirroring mirroring = new Mirroring(core, linked, publishing, options, progress);
            List<PublishReport> reports = mirroring.run(publishable(topic));
            core.onRound();
            return reports;
          });
    } finally {
      core.rememberLayers();
    }
  }

  private List<String> publishable(@Nullable Topic topic) {
    if (topic != null) return List.of(topic.label());
    List<String> labels = new ArrayList<>();
    core.book
        .topics()
        .forEach(
            (label, record) -> {
              if (record.own().isPresent()) labels.add(label);
            });
    return labels;
  }

  /**
   * Puts records that this home knows, of its own logs and of those of others, into the mirror's
   * layers once more, so that they outlive the time for which a network keeps them. Needs no key: a
   * record says by itself that it is good. One that is better there stays.
   *
   * @param target a topic or a log; null: all
   * @throws TidelogException with {@link ErrorKind#NOT_FOUND} if no record is known of the log that
   *     was asked for
   */
  public List<RepublishReport> republish(@Nullable Target target, Progress progress) {
    return core.locked(
        () -> {
          Optional<IpnsName> only = target == null ? Optional.empty() : target.name();
          return new Republishing(core, progress).run(labels(target), only);
        });
  }

  /**
   * Looks for what keeps this device's entries from others, or theirs from it: at the home, at each
   * layer of the mirror and, if asked for, at what each layer has of a topic's logs or of one log,
   * which need not be known here. Changes nothing.
   *
   * @param labelOrName null: only what concerns all logs
   */
  public List<DoctorCheck> examine(@Nullable String labelOrName) {
    return core.locked(
        () -> {
          Doctor doctor = new Doctor(core);
          if (labelOrName == null) return doctor.run(List.of());
          if (core.book.topic(labelOrName).isPresent()) return doctor.run(labelOrName);
          Optional<IpnsName> name = name(labelOrName);
          if (!name.isPresent()) throw unknown(labelOrName, name);
          return doctor.run(List.of(name.get()));
        });
  }

  /**
   * Brings what is missing: of one log, of a topic, or of everything. What is wrong with the data
   * is in the reports, and nothing of it was taken.
   */
  public List<FetchReport> fetch(@Nullable Target target, FetchOptions options, Progress progress) {
    try {
      return core.locked(
          () -> {
            Fetching fetching = new Fetching(core, linked, options, progress);
            List<FetchReport> reports = new ArrayList<>();
            for (String label : labels(target)) {
              Optional<IpnsName> only = target == null ? Optional.empty() : target.name();
              reports.addAll(fetching.fetch(label, only));
              new Predecessors(core).tell(label);
            }
            core.onRound();
            return reports;
          });
    } finally {
      core.rememberLayers();
    }
  }

  private List<String> labels(@Nullable Target target) {
    return target != null
        ? List.of(target.topic().label())
        : new ArrayList<>(core.book.topics().keySet());
  }

  /**
   * Writes a log, or all logs of a topic that people write, into a CAR file: what a mirror would
   * hold of them. A log of this device is signed as it is now; another's has to be here whole.
   *
   * @throws TidelogException with {@link ErrorKind#INCOMPLETE} if nothing could be written
   */
  public ExportReport exportCar(Target target, Path file, Progress progress) {
    return core.locked(
        () ->
            new Exporting(core, linked, publishing, progress)
                .run(target.topic().label(), target.name(), file));
  }

  /**
   * Takes in the logs of a CAR file, verified as what comes from a mirror is, and follows those
   * that are new here. A file that is damaged or cut short is refused before anything is taken.
   *
   * @param label where logs go that this home does not know; null: with the others of the file,
   *     else a label made of the first one's name
   * @throws TidelogException with {@link ErrorKind#BAD_CAR}, {@link ErrorKind#BAD_RECORD} or {@link
   *     ErrorKind#BAD_HEAD} if nothing was taken
   */
  public List<FetchReport> importCar(Path file, @Nullable String label, Progress progress) {
    return core.locked(() -> new ImportingCar(core, linked, file, progress).run(label));
  }

  /** Checks what is stored: of one log, of a topic, or of everything. */
  public List<VerifyReport> verify(@Nullable Target target, Progress progress) {
    return core.locked(
        () -> {
          core.store.check();
          List<VerifyReport> reports = new ArrayList<>();
          for (String label : labels(target)) {
            Optional<IpnsName> only = target == null ? Optional.empty() : target.name();
            core.book
                .members(label)
                .forEach(
                    (name, membership) -> {
                      if (!only.orElse(name).equals(name) || !membership.isShown()) return;
                      reports.add(new Verifying(core, label, name, progress).run());
                    });
          }
          return reports;
        });
  }

  /** The proof that a log is contested, to be given to others; empty where none is known. */
  public Optional<byte[]> forkProof(IpnsName log) {
    return core.locked(() -> core.forks.proof(log).map(ForkProof::encode));
  }

  /**
   * Writes all that this device holds, but for its keys, to one file, sealed under a passphrase; it
   * appears when it is whole. Needs the home's passphrase.
   *
   * @throws TidelogException with {@link ErrorKind#EXISTS} if there is a file that may not be
   *     replaced
   */
  public BackupReport backup(Path file, BackupOptions options, Progress progress) {
    return core.locked(() -> new BackingUp(core, options, progress).run(file));
  }

  /**
   * A person says that the clock is right, after it has moved by more than a day since it was
   * trusted: from now on what has expired goes.
   */
  public void confirmClock() {
    core.locked(
        () -> {
          core.clock().confirm();
          core.clock().keep();
          core.book.commit();
        });
  }

  public Status status() {
    return core.locked(() -> new Surveying(core).run());
  }

  /** Small values of the application's own. */
  public AppValues values() {
    return new AppValues(core);
  }

  /** What the home remembers of how it is to be used. */
  public Settings settings() {
    return new Settings(core);
  }

  /**
   * Joins small slices left by single appends, and closes. What was acknowledged is on disk
   * already.
   */
  @Override
  public void close() {
    if (thread != null) thread.stop();
    core.close(
        () -> {
          try {
            core.tidyWhereThereIsRoom();
            core.incarnations.keepSizes();
          } finally {
            core.layers.close();
            core.store.close();
            core.home.close();
          }
        });
  }
}
