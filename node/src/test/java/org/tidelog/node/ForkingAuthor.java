package org.tidelog.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.LogPurpose;
import org.tidelog.crypto.Signer;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.control.Continuation;
import org.tidelog.log.control.Deletion;
import org.tidelog.log.control.Genesis;
import org.tidelog.log.control.GenesisStatement;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.NewEntry;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.linked.LinkedContent;
import org.tidelog.log.local.LocalLog;
import org.tidelog.log.memory.MemoryLogStore;
import org.tidelog.log.page.PageLimits;
import org.tidelog.log.publish.PublishEffect;
import org.tidelog.log.publish.Publisher;
import org.tidelog.node.folder.FolderStore;

/**
 * Who writes an open log with keys that others have as well, and publishes it to folders. No device
 * does that by itself any more; a cloned disk, or a program that means harm, can.
 */
public final class ForkingAuthor {
  private final Signer signer;
  private final MemoryLogStore store = new MemoryLogStore();
  private final LocalLog log;

  /** A log of that topic whose key follows from {@code seed}, with its first entry. */
  public ForkingAuthor(int seed, Digest topicId) {
    this(signer(seed), topicId);
  }

  private static Signer signer(int seed) {
    byte[] bytes = new byte[Ed25519.SEED_BYTES];
    Arrays.fill(bytes, (byte) seed);
    return Ed25519.signer(bytes);
  }

  /** As somebody who has this key. */
  public ForkingAuthor(Signer signer, Digest topicId) {
    this(signer, topicId, Digest.ZERO);
  }

  /** Who names a recovery key in the first entry, by a hash that all members see. */
  public ForkingAuthor(int seed, Digest topicId, Digest recoveryKeyHash) {
    this(signer(seed), topicId, recoveryKeyHash);
  }

  private ForkingAuthor(Signer signer, Digest topicId, Digest recoveryKeyHash) {
    this.signer = signer;
    log = LocalLog.open(signer, store);
    GenesisStatement.Author author =
        new GenesisStatement.Author(signer, new byte[16], recoveryKeyHash, "mallory");
    GenesisStatement statement = GenesisStatement.sign(author, log.name(), topicId, LogPurpose.LOG);
    byte[] payload = Genesis.open(topicId, statement).encode();
    commit(List.of(NewEntry.plain(EntryKind.GENESIS, millis(0), payload)));
  }

  public IpnsName name() {
    return log.name();
  }

  public long size() {
    return log.size();
  }

  private static long millis(long seq) {
    return Devices.NOON.toEpochMilli() + seq;
  }

  /** Claims, by a key of its own, to go on from another log; to be called first. */
  public ForkingAuthor continuing(IpnsName old) {
    Continuation.Claim claim = new Continuation.Claim(old, 2, Digest.ZERO);
    byte[] payload = Continuation.sign(signer, log.name(), claim).encode();
    commit(List.of(NewEntry.plain(EntryKind.CONTINUE, millis(1), payload)));
    return this;
  }

  public ForkingAuthor append(String... texts) {
    List<NewEntry> entries = new ArrayList<>();
    for (String text : texts) {
      entries.add(
          NewEntry.plain(
              EntryKind.DATA,
              millis(log.size() + entries.size()),
              text.getBytes(StandardCharsets.UTF_8)));
    }
    commit(entries);
    return this;
  }

  /** An entry that claims to link to a large payload. */
  public ForkingAuthor appendLinked(byte[] payload) {
    long time = millis(log.size());
    commit(List.of(new NewEntry(EntryKind.DATA, time, Flags.LINKED, 0, List.of(), payload)));
    return this;
  }

  /** Takes texts back, and goes on publishing them. */
  public ForkingAuthor delete(long... seqs) {
    List<SeqRange> gone = new ArrayList<>();
    for (long seq : seqs) gone.add(new SeqRange(seq, seq + 1));
    byte[] payload = Deletion.encode(SeqRanges.of(gone));
    commit(List.of(NewEntry.plain(EntryKind.DELETE, millis(log.size()), payload)));
    return this;
  }

  public ForkingAuthor appendMany(String text, int count) {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) texts[i] = text + " " + i;
    return append(texts);
  }

  /** An entry that links to a large payload and expires. */
  public ForkingAuthor link(LinkedContent content, Duration timeToLive) {
    int flags = Flags.LINKED | Flags.EXPIRING;
    long time = millis(log.size());
    long expiry = time + timeToLive.toMillis();
    byte[] payload = content.encode();
    commit(List.of(new NewEntry(EntryKind.DATA, time, flags, expiry, List.of(), payload)));
    return this;
  }

  private void commit(List<NewEntry> entries) {
    LocalLog.Group group = log.prepare(entries, millis(log.size()));
    store.commit(List.of(group.change()));
    log.committed(group);
  }

  /** Mirrors the log in a folder, whatever was there. */
  public void publish(Path folder) {
    Publisher publisher = new Publisher(log, signer, Ed25519.verifier(), store, PageLimits.DEFAULT);
    Driver driver = new Driver(publisher, new FolderStore(folder));
    publisher.publish(true, millis(log.size()));
    while (!driver.done) {
      for (PublishEffect effect : publisher.drain()) effect.applyTo(driver);
    }
  }

  private static final class Driver implements PublishEffect.Driver {
    private final Publisher publisher;
    private final FolderStore folder;
    private boolean done;

    Driver(Publisher publisher, FolderStore folder) {
      this.publisher = publisher;
      this.folder = folder;
    }

    private interface Writing {
      void run() throws IOException;
    }

    private static void write(Writing writing) {
      try {
        writing.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void getRecord(PublishEffect.GetRecord effect) {
      publisher.onRecords(List.of(Optional.empty()));
    }

    @Override
    public void putBlock(PublishEffect.PutBlock effect) {
      write(() -> folder.put(effect.cid(), effect.block()));
      publisher.onBlockStored(effect.block().length);
    }

    @Override
    public void putRecord(PublishEffect.PutRecord effect) {
      write(() -> folder.put(effect.name(), effect.record()));
      publisher.onRecordStored();
    }

    @Override
    public void removeBlock(PublishEffect.RemoveBlock effect) {}

    @Override
    public void published(PublishEffect.Published effect) {
      done = true;
    }

    @Override
    public void ownHeadAhead(PublishEffect.OwnHeadAhead effect) {
      throw new AssertionError("nothing was there");
    }
  }
}
