package org.tidelog.log.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.log.TestLogs;
import org.tidelog.log.control.Aliases;
import org.tidelog.log.entry.Entry;
import org.tidelog.log.entry.EntryHeader;
import org.tidelog.log.entry.EntryKind;
import org.tidelog.log.entry.ParentRef;

class AliasTableTest {
  private static final IpnsName LOG = TestLogs.name(1);
  private static final IpnsName A = TestLogs.name(2);
  private static final IpnsName B = TestLogs.name(3);
  private static final IpnsName C = TestLogs.name(4);

  private final AliasTable table = new AliasTable(LOG);

  @Test
  void bindsTheNextNumbersInOrder() {
    assertThat(table.bind(Aliases.encode(List.of(B, A)))).isEmpty();
    assertThat(table.bind(Aliases.encode(List.of(C)))).isEmpty();

    assertThat(table.names()).containsExactly(B, A, C);
    assertThat(table.resolve(entry(new ParentRef(2, 7), new ParentRef(0, 1), new ParentRef(3, 1))))
        .containsExactly(new LogEntry.Parent(C, 7), new LogEntry.Parent(B, 1));
  }

  private static Entry entry(ParentRef... parents) {
    EntryHeader header =
        new EntryHeader(
            LOG, 5, EntryKind.DATA, Digest.ZERO, 0, 0, 0, List.of(parents), 0, Digest.ZERO);
    return new Entry(header, header.id(), Optional.empty());
  }

  @Test
  void refusesANameTwiceAndItsOwn() {
    assertThat(new AliasTable(LOG).bind(Aliases.encode(List.of(A, A)))).isPresent();
    assertThat(new AliasTable(LOG).bind(Aliases.encode(List.of(A, LOG)))).isPresent();
    assertThat(new AliasTable(LOG).bind(new byte[31])).isPresent();
    table.bind(Aliases.encode(List.of(A)));
    assertThat(table.bind(Aliases.encode(List.of(B, A)))).isPresent();
    assertThat(table.names()).containsExactly(A);
  }

  @Test
  void bindsNothingAfterOneThatCannotBeRead() {
    table.bind(Aliases.encode(List.of(A)));
    assertThat(table.bind(new byte[5])).isPresent();
    table.bind(Aliases.encode(List.of(B)));

    assertThat(table.names()).containsExactly(A);
  }

  @Test
  void bindsABoundedNumber() {
    for (int i = 0; i < 65; i++) {
      assertThat(table.bind(Aliases.encode(thousand(i)))).isEmpty();
    }

    assertThat(table.bind(Aliases.encode(thousand(65)))).isPresent();
    assertThat(table.names()).hasSize(65_000);
  }

  private static List<IpnsName> thousand(int from) {
    List<IpnsName> names = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] key = new byte[32];
      key[0] = (byte) from;
      key[1] = (byte) (i >> 8);
      key[2] = (byte) i;
      names.add(IpnsName.of(key));
    }
    return names;
  }
}
