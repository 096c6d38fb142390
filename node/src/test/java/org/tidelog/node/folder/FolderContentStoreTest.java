package org.tidelog.node.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.log.spi.ContentStoreContract;

@Timeout(30)
final class FolderContentStoreTest extends ContentStoreContract {
  @TempDir Path temporary;

  private Path root() {
    return temporary.resolve("a").resolve("mirror");
  }

  private Path file() {
    String text = CID.text();
    String shard = text.substring(text.length() - 3, text.length() - 1);
    return root().resolve("blocks").resolve(shard).resolve(text);
  }

  @Override
  protected ContentStore create() {
    return new FolderStore(root());
  }

  private FolderStore folder() {
    return (FolderStore) blocks;
  }

  private List<String> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toList());
    }
  }

  @Test
  void filesABlockUnderTheNextToLastTwoCharactersOfItsName() throws Exception {
    Cid cid = Cid.parse("bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");

    blocks.put(cid, "hello world".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    assertThat(filesBelow(root()))
        .containsExactly("blocks/n5/bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
  }

  @Test
  void holdsTheRawBytesAndNothingElse() throws Exception {
    blocks.put(CID, BLOCK);

    assertThat(file()).hasBinaryContent(BLOCK);
    assertThat(filesBelow(root())).hasSize(1);
  }

  @Test
  void makesNothingWhenItOnlyReads() throws Exception {
    assertThat(blocks.get(CID, 10)).isEmpty();
    assertThat(folder().contains(CID)).isFalse();
    blocks.remove(CID);

    assertThat(root()).doesNotExist();
  }

  @Test
  void knowsWhatItContains() throws Exception {
    blocks.put(CID, BLOCK);

    assertThat(folder().contains(CID)).isTrue();
  }

  @Test
  void leavesABlockAloneThatIsThere() throws Exception {
    blocks.put(CID, BLOCK);
    FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file(), longAgo);

    assertThat(new FolderStore(root()).put(CID, BLOCK)).isZero();

    assertThat(Files.getLastModifiedTime(file())).isEqualTo(longAgo);
  }

  @Test
  void mendsABlockOfTheSameLength() throws Exception {
    blocks.put(CID, BLOCK);
    Files.write(file(), new byte[] {1, 2, 3, 4, 6});

    assertThat(blocks.put(CID, BLOCK)).isEqualTo(BLOCK.length);

    assertThat(file()).hasBinaryContent(BLOCK);
  }

  @Test
  void refusesAHugeFileWithoutReadingIt() throws Exception {
    blocks.put(CID, BLOCK);
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      raw.setLength(1L << 40);
    }

    assertThatThrownBy(() -> blocks.get(CID, 1 << 20)).hasMessageContaining("over 1048576 bytes");
    assertThat(blocks.put(CID, BLOCK)).isEqualTo(BLOCK.length);
  }

  @Test
  void refusesAFolderWithSomethingInItWhereABlockBelongs() throws Exception {
    Files.createDirectories(file().resolve("somebody's"));

    assertThatThrownBy(() -> blocks.get(CID, 10)).isInstanceOf(NotAFileException.class);
    assertThatThrownBy(() -> blocks.put(CID, BLOCK)).hasMessageContaining("remove it");
    assertThatThrownBy(() -> blocks.remove(CID)).isInstanceOf(IOException.class);
    assertThat(folder().contains(CID)).isFalse();
    assertThat(file()).isDirectory();
  }

  @Test
  void replacesAnEmptyFolderWhereABlockBelongs() throws Exception {
    Files.createDirectories(file());

    assertThatThrownBy(() -> blocks.get(CID, 10)).isInstanceOf(NotAFileException.class);
    assertThat(blocks.put(CID, BLOCK)).isEqualTo(BLOCK.length);

    assertThat(file()).hasBinaryContent(BLOCK);
  }

  @Test
  void refusesAPipeInsteadOfWaitingForIt() throws Exception {
    Files.createDirectories(file().getParent());
    Process made = new ProcessBuilder("mkfifo", file().toString()).start();
    assumeTrue(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0);

    assertThatThrownBy(() -> blocks.get(CID, 10)).hasMessageContaining("not a regular file");
    assertThat(blocks.put(CID, BLOCK)).isEqualTo(BLOCK.length);

    assertThat(file()).hasBinaryContent(BLOCK);
  }

  @Test
  void refusesALinkToADevice() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/zero")));
    Files.createDirectories(file().getParent());
    Files.createSymbolicLink(file(), Path.of("/dev/zero"));

    assertThatThrownBy(() -> blocks.get(CID, 10)).hasMessageContaining("not a regular file");
  }

  @Test
  void saysThatTheMirrorIsNoFolder() throws Exception {
    Files.createDirectories(root().getParent());
    Files.createFile(root());

    assertThatThrownBy(() -> blocks.get(CID, 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ot a directory");
    assertThatThrownBy(() -> blocks.put(CID, BLOCK)).isInstanceOf(IOException.class);
  }

  @Test
  void readsAMirrorThatIsALinkToAFolder() throws Exception {
    blocks.put(CID, BLOCK);
    Path link = Files.createSymbolicLink(temporary.resolve("link"), root());

    assertThat(new FolderStore(link).get(CID, 10)).isPresent();
  }

  @Test
  void removesWhatKilledWritersLeftADayAgo() throws Exception {
    Files.createDirectories(file().getParent());
    Path old = Files.createFile(file().resolveSibling(".tmp-old"));
    Path fresh = Files.createFile(file().resolveSibling(".tmp-fresh"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

    blocks.put(CID, BLOCK);

    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
    assertThat(file()).exists();
  }

  @Test
  void makesAFolderAgainThatWasTakenAwayMeanwhile() throws Exception {
    blocks.put(CID, BLOCK);
    blocks.remove(CID);
    Files.delete(file().getParent());

    assertThat(blocks.put(CID, BLOCK)).isEqualTo(BLOCK.length);
  }

  @Test
  void writesThoughItsThreadIsInterrupted() throws Exception {
    Thread.currentThread().interrupt();

    blocks.put(CID, BLOCK);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(file()).hasBinaryContent(BLOCK);
  }

  @Test
  void takesManyBlocks() throws Exception {
    for (int i = 0; i < 200; i++) {
      byte[] block = {(byte) i, (byte) (i >> 8)};
      blocks.put(Cid.sha256(Codec.RAW, block), block);
    }

    assertThat(filesBelow(root())).hasSize(200);
  }
}
