package org.tidelog.node.car;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.multiformats.Cid;
import org.tidelog.log.car.CarContents;
import org.tidelog.log.car.CarHeader;
import org.tidelog.log.car.CarReader;
import org.tidelog.log.entry.Head;
import org.tidelog.log.page.IndexRoot;
import org.tidelog.log.spi.ContentStore;
import org.tidelog.log.spi.NameSystem;

/**
 * A CAR file with logs in it. Opening it reads all of it once and checks every block's hash, so
 * that a file that is damaged or cut short is refused before anything of it is used; afterwards
 * blocks are read where they lie. Memory does not grow with their size. Nothing can be written.
 * Owned by one thread.
 */
public final class CarFile implements ContentStore, NameSystem, Closeable {
  private final Path path;
  private final RandomAccessFile file;
  private final BlockOffsets offsets;
  private final SortedMap<IpnsName, CarContents.Log> logs = new TreeMap<>();
  private final long length;
  private Optional<Index> index = Optional.empty();

  private CarFile(Path path, RandomAccessFile file, BlockOffsets offsets, long length) {
    this.path = path;
    this.file = file;
    this.offsets = offsets;
    this.length = length;
  }

  /**
   * Reads a file through.
   *
   * @param progress told how many bytes have been read
   * @throws MalformedException if it is damaged, cut short, or has no logs in it
   */
  public static CarFile open(Path path, LongConsumer progress)
      throws IOException, MalformedException {
    if (!Files.exists(path)) throw new NoSuchFileException(path.toString());
    if (!Files.isRegularFile(path)) throw new IOException("it is not a regular file");
    BlockOffsets offsets = new BlockOffsets();
    CarHeader header;
    long length;
    try (InputStream in = new BufferedInputStream(new FileInputStream(path.toFile()))) {
      CarReader reader = new CarReader(in);
      index(reader, offsets, progress);
      header = reader.header();
      length = reader.position();
    }
    CarFile car = new CarFile(path, new RandomAccessFile(path.toFile(), "r"), offsets, length);
    try {
      car.index = index(car, header);
      if (car.index.isPresent()) return car;
      CarContents contents = CarContents.in(header, cid -> car.get(cid, CarReader.BLOCK_BYTES_MAX));
      contents.logs().forEach(log -> car.logs.put(log.name(), log));
      return car;
    } catch (IOException | MalformedException | RuntimeException e) {
      car.close();
      throw e;
    }
  }

  /** What other programs write of a log: they follow links, and no link leads to a record. */
  private static Optional<Index> index(CarFile car, CarHeader header) throws IOException {
    if (header.roots().size() != 1) return Optional.empty();
    Cid root = header.roots().get(0);
    Optional<byte[]> block = car.get(root, CarReader.BLOCK_BYTES_MAX);
    if (!block.isPresent()) return Optional.empty();
    try {
      return Optional.of(new Index(root, IndexRoot.parse(block.get()).head(), block.get()));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /**
   * The only root of a file that has the pages of a log and no record.
   *
   * @param head which is not verified yet
   * @param block the root itself
   */
  public record Index(Cid root, Head head, byte[] block) {
    public IpnsName log() {
      return head.statement().log();
    }
  }

  /** The index of the one log in a file that no record is in. */
  public Optional<Index> index() {
    return index;
  }

  private static void index(CarReader reader, BlockOffsets offsets, LongConsumer progress)
      throws IOException, MalformedException {
    while (true) {
      Optional<CarReader.Section> section = reader.next();
      if (!section.isPresent()) return;
      CarReader.Section found = section.get();
      if (!offsets.add(found.cid(), found.offset(), found.block().length)) {
        throw new MalformedException("over " + BlockOffsets.BLOCKS_MAX + " blocks");
      }
      progress.accept(reader.position());
    }
  }

  /** The logs in it with their records, ascending by name. */
  public List<CarContents.Log> logs() {
    return List.copyOf(logs.values());
  }

  /** Bytes of the file. */
  public long length() {
    return length;
  }

  @Override
  public String describe() {
    return path.toString();
  }

  @Override
  public Optional<byte[]> get(Cid cid, int bytesMax) throws IOException {
    Optional<BlockOffsets.Place> place = offsets.find(cid);
    if (!place.isPresent() || place.get().length() > bytesMax) return Optional.empty();
    byte[] block = new byte[place.get().length()];
    file.seek(place.get().offset());
    file.readFully(block);
    return cid.matches(block) ? Optional.of(block) : Optional.empty();
  }

  @Override
  public Optional<byte[]> get(IpnsName name) throws IOException {
    CarContents.Log log = logs.get(name);
    return log == null ? Optional.empty() : get(log.record(), RECORD_BYTES_MAX);
  }

  @Override
  public Optional<byte[]> forkProof(IpnsName name) throws IOException {
    CarContents.Log log = logs.get(name);
    if (log == null || !log.proof().isPresent()) return Optional.empty();
    return get(log.proof().get(), CarReader.BLOCK_BYTES_MAX);
  }

  @Override
  public long put(Cid cid, byte[] block) throws IOException {
    throw readOnly();
  }

  @Override
  public void put(IpnsName name, byte[] record) throws IOException {
    throw readOnly();
  }

  @Override
  public void remove(Cid cid) throws IOException {
    throw readOnly();
  }

  private IOException readOnly() {
    return new IOException("a CAR file is not written to: " + path);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
