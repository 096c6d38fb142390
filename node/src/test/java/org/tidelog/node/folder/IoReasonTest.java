package org.tidelog.node.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IoReasonTest {
  @TempDir Path folder;

  @Test
  void tellsAFullDeviceFromOtherFailures() {
    assertThat(IoReason.writing(folder, new IOException("No space left on device")))
        .isInstanceOf(NoSpaceException.class);
    assertThat(IoReason.writing(folder, new FileSystemException("f", null, "Disk quota exceeded")))
        .isInstanceOf(NoSpaceException.class);
    assertThat(IoReason.writing(folder, new IOException("Input/output error")))
        .isNotInstanceOf(NoSpaceException.class)
        .hasMessage(folder + ": input/output error");
  }

  @Test
  void namesAReasonWithoutAPath() {
    assertThat(IoReason.of(new AccessDeniedException("f"))).isEqualTo("permission denied");
    assertThat(IoReason.of(new NoSuchFileException("f"))).isEqualTo("it is not there");
    assertThat(IoReason.of(new FileNotFoundException("/a (b)/c (Permission denied)")))
        .isEqualTo("permission denied");
    assertThat(IoReason.of(new FileSystemException("f", null, "Read-only file system")))
        .isEqualTo("read-only file system");
    assertThat(IoReason.of(new IOException())).isEqualTo("IOException");
  }
}
