package org.tidelog.node.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A home that is made beside its place, filled while nobody knows of it, and moved there when it is
 * whole. What was not finished is removed; what a killed process leaves is removed by the next one
 * that makes a home there a day later. Owned by one thread.
 */
public final class StagedHome implements AutoCloseable {
  private final NewHome place;
  private final Path folder;

  private StagedHome(NewHome place, Path folder) {
    this.place = place;
    this.folder = folder;
  }

  /** For a home at {@code path}, where there must be nothing. */
  public static StagedHome beside(Path path) {
    NewHome place = new NewHome(path);
    place.refuseIfTaken();
    try {
      // The home made in the staged folder looks for what was left of itself alone.
      place.removeStale();
      return new StagedHome(place, place.temporaryPath());
    } catch (IOException e) {
      throw HomeException.of("cannot make a home at " + path, e);
    }
  }

  /** Where to make it. */
  public Path folder() {
    return folder;
  }

  /** Puts it in its place; it must be closed. */
  public void finish() {
    try {
      place.move(folder);
    } catch (IOException e) {
      throw HomeException.of("cannot move a home from " + folder, e);
    }
  }

  /** Removes what was not finished. */
  @Override
  public void close() {
    if (Files.exists(folder)) NewHome.remove(folder.toFile());
  }
}
