package org.tidelog.log.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.ipns.IpnsName;

/** What every {@link NameSystem} does. An adapter's test extends this. */
public abstract class NameSystemContract {
  protected static final IpnsName NAME = new SampleLog(1).name();

  protected NameSystem names;

  /** A new name system with nothing in it. */
  protected abstract NameSystem create() throws Exception;

  @BeforeEach
  final void createNames() throws Exception {
    names = create();
  }

  @Test
  void findsNoRecordWhereNoneIs() throws Exception {
    assertThat(names.get(NAME)).isEmpty();
    assertThat(names.describe()).isNotEmpty();
  }

  @Test
  void givesBackTheRecordPutLast() throws Exception {
    names.put(NAME, new byte[] {1, 2, 3});
    names.put(NAME, new byte[] {4});

    assertThat(names.get(NAME)).hasValueSatisfying(r -> assertThat(r).containsExactly(4));
    assertThat(names.get(new SampleLog(2).name())).isEmpty();
  }

  @Test
  void takesTheLargestRecordAndGivesNoLarger() throws Exception {
    names.put(NAME, new byte[NameSystem.RECORD_BYTES_MAX]);
    assertThat(names.get(NAME)).hasValueSatisfying(r -> assertThat(r).hasSize(10_240));

    assertThatThrownBy(
            () -> {
              names.put(NAME, new byte[NameSystem.RECORD_BYTES_MAX + 1]);
              names.get(NAME);
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void givesBackTheForkProofPutLastAndTakesItForNoRecord() throws Exception {
    assertThat(names.forkProof(NAME)).isEmpty();
    names.putForkProof(NAME, new byte[] {1, 2, 3});
    names.putForkProof(NAME, new byte[] {5});

    assertThat(names.forkProof(NAME)).hasValueSatisfying(p -> assertThat(p).containsExactly(5));
    assertThat(names.forkProof(new SampleLog(2).name())).isEmpty();
    assertThat(names.get(NAME)).isEmpty();
  }
}
