package org.tidelog.node;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.follow.Finding;
import org.tidelog.log.follow.Follower;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.log.spi.NameSystem;
import org.tidelog.node.folder.FolderStore;
import org.tidelog.node.folder.IoReason;
import org.tidelog.node.folder.NoSpaceException;
import org.tidelog.node.folder.NotAFileException;
import org.tidelog.node.folder.OversizedException;

/**
 * The mirror: one or more places that hold blocks and records. Reading asks one after the other
 * until one has what its hash or signature confirms; writing goes to all.
 */
final class Layers {
  private final List<Layer> layers;

  private Layers(List<Layer> layers) {
    this.layers = layers;
  }

  /** One place. */
  record Layer(ContentStore blocks, NameSystem names) {
    String name() {
      return blocks.describe();
    }
  }

  /** Folders, relative ones from the current directory. */
  static Layers of(List<String> places) {
    List<Layer> layers = new ArrayList<>();
    for (String place : places) {
      FolderStore folder = new FolderStore(folder(place));
      layers.add(new Layer(folder, folder));
    }
    return new Layers(layers);
  }

  /** A single place that is read only. */
  static Layers of(ContentStore blocks, NameSystem names) {
    return new Layers(List.of(new Layer(blocks, names)));
  }

  static Path folder(String place) {
    if (place.matches("[a-z][a-z0-9+.-]+:.*")) {
      throw new TidelogException(
          ErrorKind.USAGE,
          "cannot use the mirror " + place + ": only folders are known",
          "name a folder");
    }
    if (place.isEmpty()) {
      throw new TidelogException(
          ErrorKind.USAGE, "cannot use the mirror: its name is empty", "name a folder");
    }
    try {
      return Paths.get(place).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new TidelogException(
          ErrorKind.USAGE, "cannot use the mirror " + place + ": it is no path", null, e);
    }
  }

  List<Layer> all() {
    return List.copyOf(layers);
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    layers.forEach(layer -> names.add(layer.name()));
    return names;
  }

  /** What each layer holds under a name, in order; empty where it holds nothing. */
  List<Optional<byte[]>> records(IpnsName name) {
    List<Optional<byte[]>> records = new ArrayList<>();
    for (Layer layer : layers) {
      try {
        records.add(layer.names.get(name));
      } catch (OversizedException | NotAFileException e) {
        records.add(Optional.empty()); // No record of ours: it is written anew.
      } catch (IOException e) {
        throw unwritable(layer, e); // Nothing is written over a record that could not be read.
      }
    }
    return records;
  }

  /** The records found under a name, and the layers that could not be asked. */
  record Found(List<Follower.Sourced> records, List<Finding> failures) {}

  Found find(IpnsName name) {
    List<Follower.Sourced> records = new ArrayList<>();
    List<Finding> failures = new ArrayList<>();
    for (Layer layer : layers) {
      try {
        layer
            .names
            .get(name)
            .ifPresent(bytes -> records.add(new Follower.Sourced(layer.name(), bytes)));
      } catch (OversizedException e) {
        failures.add(oversized(Finding.Kind.BAD_RECORD, name.text(), layer));
      } catch (NotAFileException e) {
        failures.add(noFile(Finding.Kind.BAD_RECORD, name.text(), layer));
      } catch (IOException e) {
        failures.add(unreachable(layer, e));
      }
    }
    return new Found(records, failures);
  }

  /** A fork proof as a layer has it. */
  record SourcedProof(String layer, byte[] proof) {}

  /** What layers have as a log's fork proof. One that cannot be asked has none. */
  List<SourcedProof> forkProofs(IpnsName name) {
    List<SourcedProof> proofs = new ArrayList<>();
    for (Layer layer : layers) {
      try {
        layer
            .names
            .forkProof(name)
            .ifPresent(bytes -> proofs.add(new SourcedProof(layer.name(), bytes)));
      } catch (IOException e) {
        // A place that fails is named where its record is asked for.
      }
    }
    return proofs;
  }

  /** Puts a fork proof into each layer that has none as good. */
  void putForkProof(IpnsName name, byte[] proof, Predicate<byte[]> isAsGood) {
    for (Layer layer : layers) {
      try {
        Optional<byte[]> there = forkProof(layer, name);
        if (there.isPresent() && isAsGood.test(there.get())) continue;
        layer.names.putForkProof(name, proof);
      } catch (IOException e) {
        throw unwritable(layer, e);
      }
    }
  }

  /** Puts a record into each layer that has none as good. */
  void putRecord(IpnsName name, byte[] record, Predicate<byte[]> isAsGood) {
    List<Optional<byte[]>> there = records(name);
    for (int i = 0; i < layers.size(); i++) {
      if (there.get(i).isPresent() && isAsGood.test(there.get(i).get())) continue;
      try {
        layers.get(i).names.put(name, record);
      } catch (IOException e) {
        throw unwritable(layers.get(i), e);
      }
    }
  }

  private static Optional<byte[]> forkProof(Layer layer, IpnsName name) throws IOException {
    try {
      return layer.names.forkProof(name);
    } catch (OversizedException e) {
      return Optional.empty();
    }
  }

  /** A block found in some layer, or why not. */
  record Block(Optional<byte[]> bytes, List<Finding> failures) {}

  /** Takes the block from the first layer that has it whole; what was wrong in others is told. */
  Block block(Cid cid, int bytesMax) {
    List<Finding> failures = new ArrayList<>();
    List<Layer> damaged = new ArrayList<>();
    for (Layer layer : layers) {
      try {
        Optional<byte[]> block = layer.blocks.get(cid, bytesMax);
        if (!block.isPresent()) continue;
        if (cid.matches(block.get())) {
          heal(damaged, cid, block.get());
          return new Block(block, failures);
        }
        damaged.add(layer);
        failures.add(
            new Finding(
                Finding.Kind.BAD_BLOCK,
                "its bytes are not those its name says",
                cid.text() + " in " + layer.name()));
      } catch (OversizedException e) {
        damaged.add(layer);
        failures.add(oversized(Finding.Kind.BAD_BLOCK, cid.text(), layer));
      } catch (NotAFileException e) {
        damaged.add(layer);
        failures.add(noFile(Finding.Kind.BAD_BLOCK, cid.text(), layer));
      } catch (IOException e) {
        failures.add(unreachable(layer, e));
      }
    }
    return new Block(Optional.empty(), failures);
  }

  /** Puts a good block in place of damaged ones, where this device may write. */
  private static void heal(List<Layer> damaged, Cid cid, byte[] block) {
    for (Layer layer : damaged) {
      try {
        layer.blocks.put(cid, block);
      } catch (IOException e) {
        // Whoever may write there will mend it.
      }
    }
  }

  private static Finding oversized(Finding.Kind kind, String name, Layer layer) {
    return new Finding(kind, "it is larger than any of its kind", name + " in " + layer.name());
  }

  private static Finding noFile(Finding.Kind kind, String name, Layer layer) {
    return new Finding(kind, "it is not a regular file", name + " in " + layer.name());
  }

  private static Finding unreachable(Layer layer, IOException e) {
    return new Finding(Finding.Kind.UNREACHABLE, IoReason.of(e), layer.name());
  }

  /** Stores a block in every layer and gives the bytes written to one of them. */
  long put(Cid cid, byte[] block) {
    long written = 0;
    for (Layer layer : layers) {
      try {
        written = Math.max(written, layer.blocks.put(cid, block));
      } catch (IOException e) {
        throw unwritable(layer, e);
      }
    }
    return written;
  }

  void put(IpnsName name, byte[] record) {
    for (Layer layer : layers) {
      try {
        layer.names.put(name, record);
      } catch (IOException e) {
        throw unwritable(layer, e);
      }
    }
  }

  /**
   * Drops a block that nothing names.
   *
   * @return the layers that still have it, as far as is known: to be tried again
   */
  List<String> remove(Cid cid) {
    List<String> left = new ArrayList<>();
    for (Layer layer : layers) {
      try {
        layer.blocks.remove(cid);
      } catch (IOException e) {
        left.add(layer.name());
      }
    }
    return left;
  }

  private static TidelogException unwritable(Layer layer, IOException e) {
    if (e instanceof NoSpaceException) {
      return new TidelogException(
          ErrorKind.NO_SPACE,
          "cannot publish to " + layer.name() + ": no space left",
          "free some space and publish again; what was published before still stands",
          e);
    }
    return new TidelogException(
        ErrorKind.MIRROR_UNWRITABLE,
        "cannot publish to " + layer.name() + ": " + IoReason.of(e),
        "make the folder writable, or name another with --mirror DIR",
        e);
  }
}
