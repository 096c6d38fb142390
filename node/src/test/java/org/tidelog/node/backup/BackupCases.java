package org.tidelog.node.backup;

import static org.tidelog.node.backup.Sample.bytes;
import static org.tidelog.node.backup.Sample.device;
import static org.tidelog.node.backup.Sample.head;
import static org.tidelog.node.backup.Sample.item;
import static org.tidelog.node.backup.Sample.join;
import static org.tidelog.node.backup.Sample.member;
import static org.tidelog.node.backup.Sample.openTopic;
import static org.tidelog.node.backup.Sample.sealed;
import static org.tidelog.node.backup.Sample.slice;
import static org.tidelog.node.backup.Sample.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.multiformats.ByteWriter;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.fork.ForkedHeads;

/** The cases of the vectors: what is taken, and what is refused and why. */
final class BackupCases {
  private static final byte[] ZERO = new byte[32];

  private static final Sample.Written ONE = Sample.write(1, 3, 3);
  private static final Sample.Written TWO = Sample.write(2, 5, 2);
  private static final Slice SLICE = ONE.slices().get(0).slice();
  private static final byte[] HEAD = head(ONE.head());

  /** What comes before the slices of log 1. */
  private static final byte[] LOG = join(device(), openTopic(), member(1), log(1));

  private BackupCases() {}

  /**
   * A case.
   *
   * @param breaks the requirement that it breaks; empty where a reader takes it
   * @param refused what a reader says to it
   */
  record Case(String name, String breaks, byte[] backup, String refused) {}

  private static byte[] log(int number) {
    return item(5, Sample.name(number).key());
  }

  static List<Case> all() {
    List<Case> cases = new ArrayList<>(good());
    cases.addAll(damaged());
    cases.addAll(misordered());
    cases.addAll(malformed());
    cases.addAll(unproved());
    cases.addAll(more());
    return cases;
  }

  static List<Case> good() {
    return List.of(
        new Case("a fork proof, and a record that is to go out", "", contested(), ""),
        new Case("a device without topics", "", sealed(device()), ""),
        new Case("topics, logs, a record, cursors and blocks", "", full(), ""));
  }

  private static byte[] full() {
    return Sample.backup(
        writer -> {
          writer.device(Sample.SEED, Sample.TIME, "Kim");
          Optional<Digest> other = Optional.of(Sha256.hash(Sample.SECRET));
          writer.topic(new TopicItem("family", false, other, Optional.of(Sample.SECRET)));
          writer.member(Role.OWN, Sample.name(2));
          writer.member(Role.OWN_INDEX, Sample.name(3));
          SeqRanges delivered = SeqRanges.of(List.of(new SeqRange(0, 1), new SeqRange(2, 4)));
          writer.cursor("screen", Sample.name(2), delivered);
          writer.topic(new TopicItem("gathered", true, Optional.empty(), Optional.empty()));
          writer.member(Role.FOLLOWED, Sample.name(1));
          writer.topic(new TopicItem("notes", true, Optional.of(Sample.TOPIC), Optional.empty()));
          writer.member(Role.ADMITTED, Sample.name(1));
          writer.member(Role.HINTED, Sample.name(4));
          boolean oneFirst = Sample.name(1).compareTo(Sample.name(2)) < 0;
          if (oneFirst) one(writer);
          writer.log(Sample.name(2), Optional.empty());
          writer.slice(TWO.slices().get(0)); // Position 2 and 3 are not there.
          writer.slice(TWO.slices().get(2));
          writer.block(Codec.RAW, text("a chunk"));
          writer.block(Codec.DAG_CBOR, bytes(0x80));
          if (!oneFirst) one(writer);
        });
  }

  private static void one(BackupWriter writer) throws IOException {
    writer.log(Sample.name(1), Optional.of(ONE.record(Sample.signer(1))));
    writer.slice(ONE.slices().get(0));
  }

  private static List<Case> damaged() {
    byte[] good = sealed(device());
    byte[] altered = good.clone();
    altered[good.length - 20] ^= 1;
    byte[] version = good.clone();
    version[4] = 2;
    byte[] magic = good.clone();
    magic[3] ^= 1;
    byte[] salt = good.clone();
    salt[20] ^= 1;
    return List.of(
        new Case(
            "cut by a byte", "BK-8", Arrays.copyOf(good, good.length - 1), "altered or cut short"),
        new Case("cut in the header", "BK-8", Arrays.copyOf(good, 60), "cut short"),
        new Case("cut behind the header", "BK-8", Arrays.copyOf(good, 91), "cut short"),
        new Case(
            "a byte more", "BK-8", Arrays.copyOf(good, good.length + 1), "altered or cut short"),
        new Case("a bit altered", "BK-8", altered, "altered or cut short"),
        new Case("another magic", "BK-6", rehashed(magic), "it is no backup"),
        new Case("a bit altered in the header", "BK-6", salt, "damaged"),
        new Case("another version", "BK-6", rehashed(version), "of version 2"),
        new Case("too little memory", "BK-4", cost(good, 19_455, 2, 1), "Argon2id of 19455 KiB"),
        new Case("too much memory", "BK-4", cost(good, 1_048_577, 2, 1), "Argon2id of 1048577 KiB"),
        new Case("too few passes", "BK-4", cost(good, 19_456, 1, 1), "1 passes"),
        new Case("too many passes", "BK-4", cost(good, 19_456, 17, 1), "17 passes"),
        new Case("no lanes", "BK-4", cost(good, 19_456, 2, 0), "0 lanes"));
  }

  private static byte[] cost(byte[] backup, long memory, int passes, int lanes) {
    byte[] other = backup.clone();
    byte[] fields = new ByteWriter().u32(memory).u8(passes).u8(lanes).toByteArray();
    System.arraycopy(fields, 0, other, 5, fields.length);
    return rehashed(other);
  }

  private static byte[] rehashed(byte[] backup) {
    byte[] sum = Sha256.hash(Arrays.copyOf(backup, 59)).bytes();
    System.arraycopy(sum, 0, backup, 59, sum.length);
    return backup;
  }

  private static Case bad(String name, String breaks, String refused, byte[]... items) {
    return new Case(name, breaks, sealed(join(items)), refused);
  }

  private static List<Case> misordered() {
    byte[] good = slice(3, join(ZERO, HEAD), SLICE);
    return List.of(
        bad("no device first", "BK-10", "out of place", openTopic()),
        bad("two devices", "BK-10", "out of place", device(), device()),
        bad("a member of no topic", "BK-10", "out of place", device(), member(1)),
        bad("a topic behind a log", "BK-10", "out of place", LOG, good, openTopic()),
        bad("a slice of no log", "BK-10", "out of place", device(), openTopic(), good),
        bad(
            "a slice behind a block",
            "BK-10",
            "out of place",
            LOG,
            good,
            item(7, bytes(85, 1)),
            good),
        bad("a log that is in no topic", "BK-14", "in no topic", device(), openTopic(), log(1)),
        bad("a log twice", "BK-10", "logs out of order", LOG, good, log(1)),
        bad("a label twice", "BK-11", "a label", device(), openTopic(), openTopic()),
        bad(
            "a log twice in a topic",
            "BK-12",
            "twice",
            device(),
            openTopic(),
            member(1),
            member(1)));
  }

  private static List<Case> malformed() {
    return List.of(
        bad("an unknown item", "BK-25", "type 10", device(), item(10)),
        bad(
            "an item of 2^40 bytes",
            "BK-25",
            "1099511627776",
            device(),
            bytes(2, 128, 128, 128, 128, 128, 32)),
        bad("an item longer than the file", "E4", "cut short", device(), bytes(2, 100, 1)),
        bad("a length of 64 bits", "E1", "63 bits", device(), bytes(2), Sample.repeated(255, 10)),
        bad("a padded length", "E1", "padded", device(), bytes(2, 0x80, 0)),
        bad("a short seed", "E4", "byte string", item(1, new byte[31])),
        bad("a name that is not UTF-8", "BK-25", "UTF-8", item(1, Sample.SEED, bytes(0, 0xc0))),
        bad("a name over 256 bytes", "BK-25", "257", item(1, Sample.SEED, new byte[258])),
        bad("an open topic with a secret", "BK-11", "flags 7", device(), topic(7, "x", true)),
        bad("a private topic without one", "BK-11", "flags 2", device(), topic(2, "x", false)),
        bad(
            "a private label without an id",
            "BK-11",
            "flags 0",
            device(),
            item(2, bytes(0), text("x"))),
        bad("an unknown flag", "BK-11", "flags 11", device(), topic(11, "x", false)),
        bad("an empty label", "BK-25", "a label", device(), item(2, bytes(1))),
        bad("an unknown role", "BK-12", "role 6", device(), openTopic(), item(3, bytes(6), ZERO)),
        bad(
            "bytes behind a member",
            "E1",
            "too many",
            device(),
            openTopic(),
            item(3, bytes(3), new byte[33])),
        bad(
            "a cursor without ranges",
            "BK-25",
            "empty cursor",
            device(),
            openTopic(),
            item(4, bytes(1, 97), ZERO)),
        bad("a block of another codec", "BK-25", "codec 114", LOG, item(7, bytes(114, 1))),
        bad("an empty block", "BK-25", "block of 0", LOG, item(7, bytes(85))));
  }

  private static byte[] contested() {
    return Sample.backup(
        writer -> {
          writer.device(Sample.SEED, Sample.TIME, "Kim");
          writer.topic(new TopicItem("family", true, Optional.of(Sample.TOPIC), Optional.empty()));
          writer.member(Role.FOLLOWED, Sample.name(1));
          writer.log(Sample.name(1), Optional.of(ONE.record(Sample.signer(1))));
          writer.proof(proof());
          writer.unsent(Optional.of(ONE.head()));
          writer.slice(ONE.slices().get(0));
        });
  }

  private static ForkedHeads proof() {
    Head other =
        Head.sign(
            new Head.Statement(
                Sample.name(1), 3, TWO.head().last(), TWO.head().root(), Sample.TIME),
            Sample.signer(1));
    return ForkedHeads.of(ONE.head(), other);
  }

  private static List<Case> more() {
    byte[] proof = item(8, proof().encode());
    byte[] altered = proof.clone();
    altered[altered.length - 1] ^= 1;
    byte[] good = slice(3, join(ZERO, HEAD), SLICE);
    byte[] sent =
        join(
            device(),
            openTopic(),
            member(1),
            item(5, Sample.name(1).key(), ONE.record(Sample.signer(1))));
    byte[] of = new ByteWriter().varint(2).digest(ONE.head().last()).bytes(HEAD).toByteArray();
    return List.of(
        bad("a fork proof of no log", "BK-10", "out of place", device(), proof),
        bad("a fork proof behind a slice", "BK-10", "out of place", LOG, good, proof),
        bad("two fork proofs", "BK-10", "out of place", LOG, proof, proof),
        bad("a fork proof that does not hold", "BK-22", "does not verify", LOG, altered),
        bad(
            "a fork proof of another log",
            "BK-22",
            "another log",
            device(),
            openTopic(),
            member(2),
            log(2),
            proof),
        bad("unsent without a record", "BK-23", "out of place", LOG, item(9)),
        bad("unsent with a head of another size", "BK-23", "not signed", sent, item(9, of)));
  }

  private static byte[] topic(int flags, String label, boolean secret) {
    byte[] id = Sample.TOPIC.bytes();
    return item(2, bytes(flags), id, secret ? Sample.SECRET : new byte[0], text(label));
  }

  private static List<Case> unproved() {
    Head others = TWO.head();
    byte[] wrongRoot =
        head(
            Head.sign(
                new Head.Statement(
                    Sample.name(1), 3, ONE.head().last(), others.root(), Sample.TIME),
                Sample.signer(1)));
    Slice end = SLICE.cut(2, 3);
    byte[] previous = SLICE.ids(Sample.name(1), Digest.ZERO).get(1).bytes();
    byte[] otherRecord = Sample.write(2, 3, 3).record(Sample.signer(2));
    byte[] key = Sample.name(1).key();
    return List.of(
        bad("a run without a head", "BK-16", "without a head", LOG, slice(1, ZERO, SLICE)),
        bad(
            "a run without a head before a block",
            "BK-16",
            "without a head",
            LOG,
            slice(1, ZERO, SLICE),
            item(7, bytes(85, 1))),
        bad(
            "a first slice that follows on nothing",
            "BK-15",
            "without a head",
            LOG,
            slice(2, HEAD, SLICE)),
        bad(
            "a head of another key",
            "BK-16",
            "does not verify",
            LOG,
            slice(3, join(ZERO, head(others)), SLICE)),
        bad(
            "a head of another size",
            "BK-16",
            "does not verify",
            LOG,
            slice(3, join(ZERO, HEAD), SLICE.cut(0, 2))),
        bad(
            "a head of another root",
            "BK-16",
            "another root",
            LOG,
            slice(3, join(ZERO, wrongRoot), SLICE)),
        bad(
            "another id before a run",
            "BK-16",
            "does not verify",
            LOG,
            slice(3, join(ZERO, HEAD), end)),
        bad(
            "an id before position 0",
            "BK-15",
            "before the first",
            LOG,
            slice(3, join(previous, HEAD), SLICE)),
        bad(
            "a run at the end of another",
            "BK-15",
            "behind position",
            LOG,
            slice(3, join(ZERO, HEAD), SLICE),
            slice(3, join(previous, HEAD), end)),
        bad(
            "a slice without its end",
            "E4",
            "skipped part",
            LOG,
            item(6, bytes(3), ZERO, HEAD, Arrays.copyOf(SLICE.bytes(), 12))),
        bad(
            "a record of another log",
            "BK-14",
            "record",
            device(),
            openTopic(),
            member(1),
            item(5, key, otherRecord)),
        bad(
            "a record of other entries",
            "BK-17",
            "of other entries",
            device(),
            openTopic(),
            member(1),
            item(5, key, Sample.write(1, 3, 3, "another").record(Sample.signer(1))),
            slice(3, join(ZERO, HEAD), SLICE)),
        bad(
            "a record that is none",
            "BK-14",
            "",
            device(),
            openTopic(),
            member(1),
            item(5, key, bytes(1))));
  }
}
