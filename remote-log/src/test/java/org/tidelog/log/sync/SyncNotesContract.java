package org.tidelog.log.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.Sha256;

/** What holds for notes wherever they are kept. */
public abstract class SyncNotesContract {
  private static final Digest TOPIC = Sha256.hash(new byte[] {1});
  private static final byte[] PEER = {1, 2, 3};

  protected abstract SyncNotes create();

  @Test
  void givesWhatWasPutLast() {
    SyncNotes notes = create();
    byte[] largest = new byte[SyncNotes.BYTES_MAX];
    Arrays.fill(largest, (byte) 0xff);

    notes.put(PEER, TOPIC, new byte[] {1});
    notes.put(PEER, TOPIC, largest);

    assertThat(notes.note(PEER, TOPIC)).hasValueSatisfying(x -> assertThat(x).isEqualTo(largest));
  }

  @Test
  void tellsPeersAndTopicsApart() {
    SyncNotes notes = create();
    notes.put(PEER, TOPIC, new byte[] {1});

    assertThat(notes.note(new byte[] {1, 2}, TOPIC)).isEmpty();
    assertThat(notes.note(PEER, Digest.ZERO)).isEmpty();
  }

  @Test
  void keepsItsOwnCopy() {
    SyncNotes notes = create();
    byte[] note = {1};
    notes.put(PEER, TOPIC, note);
    note[0] = 2;
    notes.note(PEER, TOPIC).ifPresent(given -> given[0] = 3);

    assertThat(notes.note(PEER, TOPIC)).hasValueSatisfying(x -> assertThat(x).containsExactly(1));
  }
}
