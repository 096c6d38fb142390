package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.entry.SeqRange;
import org.tidelog.log.entry.SeqRanges;
import org.tidelog.node.folder.FolderStore;
import org.tidelog.replicator.memory.MemoryDeviceStore;

/** What was noted is what is there, whatever comes in between. */
class FillingTest {
  private static final int BLOCK_BYTES = 1_000;
  private static final Layers.Source NOWHERE = (cid, bytesMax) -> Layers.Block.missing();
  private static final IpnsName ANN = name(1);
  private static final IpnsName EVE = name(2);

  @TempDir Path root;
  private final MemoryDeviceStore store = new MemoryDeviceStore();
  private Book book = new Book(store);

  @BeforeEach
  void folder() throws IOException {
    Files.createDirectories(root.resolve("mirror"));
  }

  private static IpnsName name(int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return IpnsName.of(Ed25519.signer(bytes).publicKey());
  }

  private Path filled() {
    return root.resolve("mirror").resolve("filled");
  }

  private Filling filling(Function<Path, FolderStore> opener, long bytesMax) {
    return new Filling(
        book,
        new LayerLedger(() -> 0),
        Ed25519.verifier(),
        Optional.of(filled()),
        opener,
        bytesMax);
  }

  private Filling filling() {
    return filling(FolderStore::new, Filling.BYTES_MAX);
  }

  private static byte[] block(int which) {
    byte[] block = new byte[BLOCK_BYTES];
    Arrays.fill(block, (byte) which);
    return block;
  }

  private static Cid cid(int which) {
    return Cid.sha256(Codec.RAW, block(which));
  }

  /** Entry {@code which} of a log links to a block of that number. */
  private void reads(Filling filling, IpnsName log, int... which) {
    filling.begin(log);
    for (int seq : which) {
      filling.addLinked(seq, cid(seq), block(seq));
    }
    filling.settle(log, Optional.empty(), NOWHERE);
    book.commit();
  }

  private boolean has(int which) {
    return new FolderStore(filled()).contains(cid(which));
  }

  private List<String> notes() {
    return List.copyOf(store.withPrefix("filled/").keySet());
  }

  private long files() throws IOException {
    if (!Files.exists(filled())) return 0;
    try (Stream<Path> files = Files.walk(filled())) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void leavesNothingWhereItWasKilledBetweenTheNoteAndTheBlocks() throws Exception {
    Filling killed =
        filling(
            path -> {
              throw new IllegalStateException("killed");
            },
            Filling.BYTES_MAX);
    assertThatThrownBy(() -> reads(killed, ANN, 1, 2)).hasMessage("killed");
    assertThat(notes()).as("noted durably before anything is put there").hasSize(1);

    book = new Book(store);
    reads(filling(), ANN);

    assertThat(notes()).isEmpty();
    assertThat(files()).isZero();
  }

  @Test
  void leavesNothingWhereItWasKilledBehindTheBlocks() throws Exception {
    Filling filling = filling();
    filling.begin(ANN);
    filling.addLinked(1, cid(1), block(1));
    filling.settle(ANN, Optional.empty(), NOWHERE);
    assertThat(has(1)).isTrue();

    book = new Book(store); // What was settled was not committed.
    reads(filling(), ANN);

    assertThat(notes()).isEmpty();
    assertThat(files()).isZero();
  }

  @Test
  void makesRoomByWhatWasPutThereFirst() {
    long max = 3 * BLOCK_BYTES + 6 * 10_240;
    Filling filling = filling(FolderStore::new, max);
    reads(filling, ANN, 1);
    reads(filling, EVE, 2);
    reads(filling, ANN, 3);
    assertThat(has(1) && has(2) && has(3)).isTrue();

    for (int i = 4; i < 8; i++) reads(filling, EVE, i);

    assertThat(has(1)).isFalse();
    assertThat(has(7)).isTrue();
    assertThat(new FilledNotes(book).bytes()).isLessThanOrEqualTo(max);
  }

  @Test
  void keepsWhatAnotherLogNamesToo() throws Exception {
    Filling filling = filling();
    reads(filling, ANN, 1, 2);
    reads(filling, EVE, 1);

    filling.drop(ANN, SeqRanges.of(List.of(new SeqRange(1, 3))));
    book.commit();
    assertThat(has(1)).isTrue();
    assertThat(has(2)).isFalse();

    filling.forget(EVE);
    book.commit();
    assertThat(has(1)).isFalse();
    assertThat(files()).isZero();
  }

  @Test
  void takesOutLaterWhatItCannotReachNow() throws Exception {
    reads(filling(), ANN, 1, 2);
    Files.move(root.resolve("mirror"), root.resolve("stick"));
    Filling filling = filling();
    filling.drop(ANN, SeqRanges.of(List.of(new SeqRange(1, 2))));
    book.commit();
    Files.move(root.resolve("stick"), root.resolve("mirror"));
    assertThat(has(1)).isTrue();

    reads(filling, ANN);

    assertThat(has(1)).isFalse();
    assertThat(has(2)).as("nobody knows any more that it may stay").isFalse();
    assertThat(notes()).isEmpty();
  }

  @Test
  void goesOnWithoutAFolderThatTakesNothing() throws Exception {
    Files.createDirectories(filled());
    Files.writeString(filled().resolve("blocks"), "in the way");

    reads(filling(), ANN, 1);
    Files.delete(filled().resolve("blocks"));
    reads(filling(), ANN, 1);

    assertThat(has(1)).isTrue();
  }
}
