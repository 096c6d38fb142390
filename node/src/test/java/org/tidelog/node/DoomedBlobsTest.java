package org.tidelog.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.crypto.multiformats.Codec;
import org.tidelog.node.folder.FolderStore;

/** Blocks that are to go are remembered until they have gone, each of them. */
class DoomedBlobsTest {
  private static final byte[] KEY = new byte[32];

  @TempDir Path root;
  private Path home;
  private Core core;
  private FolderStore blobs;
  private final Locale locale = Locale.getDefault();

  @BeforeEach
  void open() {
    home = root.resolve("home");
    if (!Files.exists(home)) Tidelog.init(home, InitOptions.defaults());
    core = Homes.open(home, TidelogOptions.defaults());
    blobs = new FolderStore(core.home.blobs());
  }

  @AfterEach
  void close() {
    Locale.setDefault(locale);
    core.store.close();
    core.home.close();
  }

  private Cid doom(int number) throws Exception {
    byte[] block = {(byte) number};
    Cid cid = Cid.sha256(Codec.RAW, block);
    DoomedBlobs.add(core, KEY, List.of(cid));
    core.book.commit();
    blobs.put(cid, block);
    return cid;
  }

  private List<String> remembered() {
    return new ArrayList<>(core.book.values("doomed/").keySet());
  }

  @Test
  void takesNoBatchForAnotherWhenOneIsGone() throws Exception {
    List<Cid> doomed = new ArrayList<>(List.of(doom(1), doom(2)));
    core.book.removeValue(remembered().get(0));

    doomed.add(doom(3));
    DoomedBlobs.remove(core.book, KEY, blobs);

    assertThat(remembered()).hasSize(2);
    assertThat(doomed.stream().filter(blobs::contains)).hasSize(1);
  }

  @Test
  void forgetsOnlyWhatWasSwept() throws Exception {
    doom(1);
    close();
    open();
    DoomedBlobs.spare(core.book, KEY);
    Cid later = doom(2);

    core.tidy();
    close();
    open();

    assertThat(blobs.contains(later)).isFalse();
  }

  @Test
  void namesThemInDigitsThatAllLocalesRead() throws Exception {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

    doom(1);

    assertThat(remembered()).singleElement().asString().matches("[a-z]+/[0-9a-f]+/[0-9a-f]+");
  }
}
