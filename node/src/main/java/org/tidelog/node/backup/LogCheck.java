package org.tidelog.node.backup;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.Verifier;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.log.entry.Head;
import org.tidelog.log.entry.Slice;
import org.tidelog.log.merkle.AlignedRoots;
import org.tidelog.log.merkle.Frontier;
import org.tidelog.log.page.RemoteHead;
import org.tidelog.log.spi.StoredSlice;

/**
 * Checks one log of a backup like a stranger's: each run of slices is a chain of hashes that ends
 * in the last id of a head, which the log's key has signed; from the log's beginning, the head's
 * root is that of the entries as well; and the record, where there is one, agrees. Owned by one
 * thread.
 */
final class LogCheck {
  private final IpnsName log;
  private final Verifier verifier;
  private final @Nullable RemoteHead remote;
  private final Frontier frontier = Frontier.empty();
  private Digest last = Digest.ZERO;
  private long end;
  private boolean within;
  private boolean begun;

  LogCheck(IpnsName log, Optional<byte[]> record, Verifier verifier) throws MalformedException {
    this.log = log;
    this.verifier = verifier;
    this.remote = record.isPresent() ? remote(record.get()) : null;
  }

  private RemoteHead remote(byte[] bytes) throws MalformedException {
    IpnsRecord record = IpnsRecord.parse(bytes);
    if (!record.verify(log, verifier)) throw wrong("its record's signature does not verify");
    RemoteHead found = RemoteHead.parse(log, record);
    Optional<String> problem = found.problem(verifier);
    if (problem.isPresent()) throw wrong(problem.get());
    return found;
  }

  private MalformedException wrong(String what) {
    return new MalformedException("log " + log.text() + ": " + what);
  }

  /**
   * A slice as it was read.
   *
   * @param begins whether a run begins with it
   * @param previous the id before it, where it begins a run
   * @param head what a head that it ends in says besides
   */
  record Part(boolean begins, Digest previous, Optional<Claim> head, Slice slice) {}

  /** The fields of a head that do not follow from its entries. */
  record Claim(Digest root, long timeMillis, byte[] signature) {}

  /** The slice with its hashes. It is proved once the run it is in has ended. */
  StoredSlice take(Part part) throws MalformedException {
    Slice slice = part.slice();
    if (part.begins() == within) throw wrong("a run that ends without a head");
    boolean follows = within ? slice.first() == end : slice.first() > end || !begun;
    if (!follows) throw wrong("a slice " + slice.range() + " behind position " + end);
    Digest previous = within ? last : part.previous();
    List<Digest> ids = slice.ids(log, previous);
    compareWithRecord(slice, ids);
    boolean whole = frontier.size() == slice.first();
    if (whole) frontier.appendRange(slice.end(), AlignedRoots.of(slice.first(), ids));
    last = ids.get(ids.size() - 1);
    end = slice.end();
    begun = true;
    within = !part.head().isPresent();
    Optional<Head> head = Optional.empty();
    if (part.head().isPresent()) head = Optional.of(head(part.head().get(), whole));
    return StoredSlice.of(slice, previous, ids, head);
  }

  private Head head(Claim claim, boolean whole) throws MalformedException {
    Head.Statement statement = new Head.Statement(log, end, last, claim.root(), claim.timeMillis());
    Head head = Head.claimed(statement, claim.signature());
    if (!head.verify(verifier)) throw wrong("the head at " + end + " does not verify");
    if (whole && !frontier.root().equals(claim.root())) {
      throw wrong("the head at " + end + " has another root than its entries");
    }
    return head;
  }

  private void compareWithRecord(Slice slice, List<Digest> ids) throws MalformedException {
    if (remote == null) return;
    Head head = remote.head();
    if (head.size() <= slice.first() || head.size() > slice.end()) return;
    List<Digest> upTo = ids.subList(0, (int) (head.size() - slice.first()));
    boolean agrees = upTo.get(upTo.size() - 1).equals(head.last());
    if (agrees && frontier.size() == slice.first()) {
      Frontier then = frontier.copy();
      then.appendRange(head.size(), AlignedRoots.of(slice.first(), upTo));
      agrees = then.root().equals(head.root());
    }
    if (!agrees) throw wrong("its record is of other entries");
  }

  /** The log ends, or its blocks begin. */
  void finish() throws MalformedException {
    if (within) throw wrong("a run that ends without a head");
  }
}
