package org.tidelog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.Flags;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.page.Page;
import org.tidelog.log.page.RemoteHead;

/**
 * Weighs what lies in a mirror's folder, file by file: which of its bytes are payloads, which the
 * entries around them, which heads, records and index. Owned by one thread.
 */
final class MirrorSurvey {
  /** What a record carries of its head: signature, root and time. */
  private static final int HEAD_BYTES = 64 + 32 + 6;

  private static final int TAG_BYTES = 16;
  private static final int EPOCH_BYTES = 1;

  private long logs;
  private long entries;
  private long payloads;
  private long data;
  private long salts;
  private long genesis;
  private long aliases;
  private long controls;
  private long frames;
  private long index;
  private long envelopes;

  private MirrorSurvey() {}

  /**
   * The bytes of a mirror.
   *
   * @param entries data entries
   * @param payloads bytes their authors wrote
   * @param around bytes that data entries take beside payloads and salts, with their share of
   *     sealing
   * @param frames bytes by which slices and pages frame their entries
   * @param heads signatures, roots and times
   * @param index index roots and nodes
   * @param envelopes of records: all of them but heads and the entries that ride in them
   */
  record Parts(
      long logs,
      long entries,
      long payloads,
      long around,
      long salts,
      long genesis,
      long aliases,
      long controls,
      long frames,
      long heads,
      long index,
      long envelopes) {
    /** All but what the records add. */
    long withoutRecords() {
      return payloads + around + salts + genesis + aliases + controls + frames + heads + index;
    }

    /** All files. */
    long total() {
      return withoutRecords() + envelopes;
    }

    Parts plus(Parts o) {
      return new Parts(
          logs + o.logs,
          entries + o.entries,
          payloads + o.payloads,
          around + o.around,
          salts + o.salts,
          genesis + o.genesis,
          aliases + o.aliases,
          controls + o.controls,
          frames + o.frames,
          heads + o.heads,
          index + o.index,
          envelopes + o.envelopes);
    }
  }

  /** Reads every file. */
  static Parts of(Path mirror) throws IOException, MalformedException {
    MirrorSurvey survey = new MirrorSurvey();
    for (Path record : files(mirror.resolve("names"))) {
      survey.record(record);
    }
    for (Path block : files(mirror.resolve("blocks"))) {
      survey.block(Files.readAllBytes(block));
    }
    return survey.parts();
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) return List.of();
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void record(Path file) throws IOException, MalformedException {
    byte[] bytes = Files.readAllBytes(file);
    IpnsName name = IpnsName.parse(file.getFileName().toString());
    RemoteHead remote = RemoteHead.parse(name, IpnsRecord.parse(bytes));
    logs++;
    envelopes += bytes.length - HEAD_BYTES;
    if (remote.tail().isPresent()) {
      envelopes -= remote.tail().get().length();
      slice(name, remote.tail().get());
    }
  }

  private void block(byte[] bytes) {
    try {
      Page page = Page.parse(bytes);
      frames += bytes.length;
      for (Slice slice : page.slices()) {
        frames -= slice.length();
        slice(page.log(), slice);
      }
    } catch (MalformedException e) {
      // What is no page is a part of an index: a mirror has nothing else, nobody appended more.
      index += bytes.length;
    }
  }

  private void slice(IpnsName log, Slice slice) {
    frames += slice.length();
    int[] lengths = slice.lengths();
    int i = 0;
    // Lengths and flags do not depend on what stands before: any link will do.
    for (Entry entry : slice.entries(log, Digest.ZERO)) {
      add(entry, lengths[i++]);
    }
  }

  private void add(Entry entry, int length) {
    frames -= length;
    switch (entry.kind()) {
      case GENESIS -> genesis += length;
      case ALIAS -> aliases += length;
      case DATA -> data(entry, length);
      default -> controls += length;
    }
  }

  private void data(Entry entry, int length) {
    int salt = entry.header().has(Flags.SALTED) ? Flags.SALT_BYTES : 0;
    int sealing = entry.header().has(Flags.SEALED) ? TAG_BYTES + EPOCH_BYTES : 0;
    entries++;
    data += length;
    salts += salt;
    payloads += entry.header().payloadLength() - salt - sealing;
  }

  private Parts parts() {
    return new Parts(
        logs,
        entries,
        payloads,
        data - payloads - salts,
        salts,
        genesis,
        aliases,
        controls,
        frames,
        logs * HEAD_BYTES,
        index,
        envelopes);
  }
}
