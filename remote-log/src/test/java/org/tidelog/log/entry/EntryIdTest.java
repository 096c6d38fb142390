package org.tidelog.log.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Hex;
import org.tidelog.crypto.Sha256;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;

class EntryIdTest {
  private static final IpnsName LOG = TestLogs.name(1);
  private static final Digest HASH = EntryHeader.payloadHash(ascii("hello"));

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void isTheHashOfTheTagAndAllFieldsAtFixedWidths() throws Exception {
    EntryHeader header =
        new EntryHeader(
            LOG,
            7,
            EntryKind.DATA,
            HASH,
            0x1234,
            Flags.SALTED | Flags.EXPIRING,
            0x5678,
            List.of(new ParentRef(2, 3), new ParentRef(0, 9)),
            5,
            HASH);

    byte[] fields =
        Hex.decode(
            "0000000000000007" // seq
                + "00" // kind
                + "09" // flags
                + HASH.hex() // previous
                + "0000000000001234" // time
                + "0000000000005678" // expiry
                + "00000005" // payload length
                + HASH.hex() // payload hash
                + "02" // parents
                + "000000020000000000000003"
                + "000000000000000000000009");
    assertThat(header.id()).isEqualTo(Sha256.hash(ascii("tidelog/entry/1"), LOG.key(), fields));
  }

  @Test
  void hashesThePayloadUnderATagOfItsOwn() {
    assertThat(HASH).isEqualTo(Sha256.hash(ascii("tidelog/payload/1"), ascii("hello")));
  }

  @Test
  void isAnotherWhereAnyFieldDiffers() {
    ParentRef parent = new ParentRef(0, 0);
    Digest zero = Digest.ZERO;
    List<Digest> ids = new ArrayList<>();
    ids.add(header(LOG, 1, EntryKind.DATA, zero, 0, 0, 0, List.of(), 0, zero));
    ids.add(header(TestLogs.name(2), 1, EntryKind.DATA, zero, 0, 0, 0, List.of(), 0, zero));
    ids.add(header(LOG, 2, EntryKind.DATA, zero, 0, 0, 0, List.of(), 0, zero));
    ids.add(header(LOG, 1, EntryKind.ALIAS, zero, 0, 0, 0, List.of(), 0, zero));
    ids.add(header(LOG, 1, EntryKind.DATA, HASH, 0, 0, 0, List.of(), 0, zero));
    ids.add(header(LOG, 1, EntryKind.DATA, zero, 1, 0, 0, List.of(), 0, zero));
    ids.add(header(LOG, 1, EntryKind.DATA, zero, 0, 1, 0, List.of(), 0, zero));
    ids.add(header(LOG, 1, EntryKind.DATA, zero, 0, 0, 1, List.of(), 0, zero));
    ids.add(header(LOG, 1, EntryKind.DATA, zero, 0, 0, 0, List.of(parent), 0, zero));
    ids.add(header(LOG, 1, EntryKind.DATA, zero, 0, 0, 0, List.of(parent, parent), 0, zero));
    ids.add(header(LOG, 1, EntryKind.DATA, zero, 0, 0, 0, List.of(new ParentRef(1, 0)), 0, zero));
    ids.add(header(LOG, 1, EntryKind.DATA, zero, 0, 0, 0, List.of(new ParentRef(0, 1)), 0, zero));
    ids.add(header(LOG, 1, EntryKind.DATA, zero, 0, 0, 0, List.of(), 1, zero));
    ids.add(header(LOG, 1, EntryKind.DATA, zero, 0, 0, 0, List.of(), 0, HASH));

    assertThat(ids).doesNotHaveDuplicates();
  }

  private static Digest header(
      IpnsName log,
      long seq,
      EntryKind kind,
      Digest previous,
      long time,
      int flags,
      long expiry,
      List<ParentRef> parents,
      int length,
      Digest hash) {
    return new EntryHeader(log, seq, kind, previous, time, flags, expiry, parents, length, hash)
        .id();
  }

  @Test
  void refusesToMakeEntriesOutsideTheLimits() {
    byte[] none = {};
    List<ParentRef> tooMany = new ArrayList<>();
    for (int i = 0; i <= Limits.PARENTS_MAX; i++) tooMany.add(new ParentRef(i, 0));
    refuses(() -> NewEntry.plain(EntryKind.DATA, -1, none));
    refuses(() -> NewEntry.plain(EntryKind.DATA, Limits.TIME_MILLIS_MAX + 1, none));
    refuses(() -> NewEntry.plain(EntryKind.DATA, 0, new byte[Limits.PAYLOAD_BYTES_MAX + 1]));
    refuses(() -> new NewEntry(EntryKind.DATA, 0, 0, 0, tooMany, none));
    refuses(() -> new NewEntry(EntryKind.DATA, 5, Flags.EXPIRING, 5, List.of(), none));
    refuses(() -> new NewEntry(EntryKind.DATA, 5, Flags.EXPIRING, 0, List.of(), none));
    refuses(() -> new NewEntry(EntryKind.DATA, 5, 0, 6, List.of(), none));
    refuses(() -> new NewEntry(EntryKind.DATA, 5, 16, 0, List.of(), none));
    refuses(() -> new ParentRef(-1, 0));
    refuses(() -> new ParentRef(0, -1));
    refuses(() -> new ParentRef(0, Limits.SEQ_MAX + 1));
    refuses(() -> new SliceBuilder(-1));
    refuses(() -> new SliceBuilder(Limits.SEQ_MAX + 1));
  }

  private static void refuses(Runnable making) {
    assertThatThrownBy(making::run).isInstanceOf(IllegalArgumentException.class);
  }
}
