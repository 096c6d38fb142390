package org.tidelog.node.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidelog.log.spi.NameSystem;
import org.tidelog.log.spi.NameSystemContract;

final class FolderNameSystemTest extends NameSystemContract {
  @TempDir Path root;

  @Override
  protected NameSystem create() {
    return new FolderStore(root);
  }

  @Test
  void filesARecordUnderItsName() throws Exception {
    names.put(NAME, new byte[] {1, 2});

    assertThat(root.resolve("names").resolve(NAME.text())).hasBinaryContent(new byte[] {1, 2});
    assertThat(root.resolve("names").toFile().list()).hasSize(1);
  }

  @Test
  void refusesAFolderWithSomethingInItWhereARecordBelongs() throws Exception {
    Files.createDirectories(root.resolve("names").resolve(NAME.text()).resolve("somebody's"));

    assertThatThrownBy(() -> names.get(NAME)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> names.put(NAME, new byte[1])).isInstanceOf(IOException.class);
  }
}
