package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    assertThat(new FilledNotes(book).load(filled()).bytes()).isLessThanOrEqualTo(max);
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

  /** A log in a mirror of its own, with two states of its record. */
  private final class Published implements AutoCloseable {
    private final Devices devices = new Devices(root.resolve("far"));
    private final FolderStore far = new FolderStore(devices.mirror());
    private final IpnsName name;
    private final byte[] older;
    private final byte[] newer;

    Published() throws IOException {
      Topic topic = devices.make("ann").createTopic("notes", true);
      name = topic.name().orElseThrow();
      older = state(topic);
      newer = state(topic);
    }

    private byte[] state(Topic topic) throws IOException {
      for (int i = 0; i < 150; i++) topic.append("entry " + ".".repeat(2_000));
      devices.open().forEach(Devices::publish);
      return far.get(name).orElseThrow();
    }

    Set<Cid> tree(byte[] record) {
      return StaleTree.of(name, record, far, Ed25519.verifier());
    }

    Layers.Block block(Cid cid, int bytesMax) {
      try {
        return new Layers.Block(far.get(cid, bytesMax), List.of(), false);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    void fill(Filling filling, byte[] record) throws IOException {
      filling.begin(name);
      for (Cid cid : tree(record)) {
        far.get(cid, 1 << 20).ifPresent(block -> filling.add(cid, block));
      }
      filling.settle(name, Optional.of(record), this::block);
      book.commit();
    }

    void hasAll(byte[] record) {
      FolderStore filled = new FolderStore(filled());
      assertThat(tree(record)).hasSizeGreaterThan(2).allMatch(filled::contains);
    }

    @Override
    public void close() {
      devices.close();
    }
  }

  @Test
  void leavesARecordThatIsNewerThanWhatWasRead() throws Exception {
    try (Published log = new Published()) {
      log.fill(filling(), log.newer);

      log.fill(filling(), log.older);

      assertThat(new FolderStore(filled()).get(log.name)).hasValue(log.newer);
      log.hasAll(log.newer);
    }
  }

  @Test
  void keepsBlocksThatHoldNothingThatHasGoneWhereTheRecordDid() throws Exception {
    try (Published log = new Published()) {
      log.fill(filling(), log.newer);
      Filling filling = filling();

      filling.begin(log.name);
      filling.settle(log.name, Optional.empty(), NOWHERE);
      book.commit();

      assertThat(new FolderStore(filled()).get(log.name)).isEmpty();
      log.hasAll(log.newer);
    }
  }

  private Filling fillingElsewhere(long bytesMax) throws IOException {
    return new Filling(
        book,
        new LayerLedger(() -> 0),
        Ed25519.verifier(),
        Optional.of(Files.createDirectories(root.resolve("other")).resolve("filled")),
        FolderStore::new,
        bytesMax);
  }

  private boolean hasElsewhere(int which) {
    return new FolderStore(root.resolve("other").resolve("filled")).contains(cid(which));
  }

  @Test
  void hasRoomInOneFolderWhereAnotherIsFullAndAway() throws Exception {
    long max = 3 * BLOCK_BYTES + 2 * 10_240;
    reads(filling(FolderStore::new, max), ANN, 1, 2);
    Files.move(root.resolve("mirror"), root.resolve("stick"));

    reads(fillingElsewhere(max), EVE, 3);

    assertThat(hasElsewhere(3)).isTrue();
    assertThat(notes()).as("what is on the stick is still known").hasSize(2);
  }

  @Test
  void writesNothingWhereItCanMakeNoRoom() throws Exception {
    long max = 3 * BLOCK_BYTES + 2 * 10_240;
    reads(filling(FolderStore::new, max), ANN, 1, 2);
    Path kept = blockFile();
    Files.delete(kept);
    Files.createDirectories(kept.resolve("in the way"));

    reads(filling(FolderStore::new, max), EVE, 3, 4);

    assertThat(has(3) || has(4)).isFalse();
  }

  private Path blockFile() throws IOException {
    try (Stream<Path> files = Files.walk(filled())) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  @Test
  void keepsWhatItPutIntoOneFolderWhereAnotherFails() throws Exception {
    reads(filling(), ANN, 1);
    Path name = Files.createDirectories(filled().resolve("names")).resolve(ANN.text());
    Files.createDirectories(name.resolve("in the way"));
    Filling elsewhere = fillingElsewhere(Filling.BYTES_MAX);
    reads(elsewhere, ANN, 2);

    elsewhere.begin(ANN);

    assertThat(hasElsewhere(2)).isTrue();
  }
}
