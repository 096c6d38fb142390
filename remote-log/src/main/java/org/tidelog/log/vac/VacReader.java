package org.tidelog.log.vac;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tidelog.crypto.Digest;
import org.tidelog.crypto.MalformedException;
import org.tidelog.crypto.multiformats.Cid;

/**
 * Reads a remote log backwards from its newest page, until a message that is known or the first
 * page. The caller brings blocks and has checked that each is what its address names; that a
 * message is the one its own hash names is for whoever knows what messages are. Owned by one
 * thread.
 */
public final class VacReader {
  private final Predicate<Digest> known;
  private final int messagesMax;
  private final List<VacMessage> messages = new ArrayList<>();
  private final Map<Cid, Digest> contents = new LinkedHashMap<>();
  private final Set<Cid> pages = new HashSet<>();
  private Optional<Cid> page;

  /**
   * @param newest where the name points to
   * @param known messages that are here; what is before one is here as well
   * @param messagesMax after so many the reader stops
   */
  public VacReader(Cid newest, Predicate<Digest> known, int messagesMax) {
    this.known = known;
    this.messagesMax = messagesMax;
    this.page = Optional.of(newest);
  }

  /** The block to bring next; empty when everything has been read. */
  public Optional<Cid> wanted() {
    return contents.isEmpty() ? page : Optional.of(contents.keySet().iterator().next());
  }

  /** The block at {@link #wanted}. */
  public void onBlock(byte[] block) throws MalformedException {
    if (contents.isEmpty()) {
      onPage(VacPage.parse(block));
      return;
    }
    Cid address = contents.keySet().iterator().next();
    messages.add(new VacMessage(Objects.requireNonNull(contents.remove(address)), block));
  }

  private void onPage(VacPage read) throws MalformedException {
    Cid here = page.orElseThrow(() -> new IllegalStateException("nothing is wanted"));
    if (!pages.add(here)) throw new MalformedException("a page that is its own tail");
    page = read.tail();
    List<VacPair> newestFirst = new ArrayList<>(read.pairs());
    Collections.reverse(newestFirst);
    for (VacPair pair : newestFirst) {
      if (known.test(pair.id()) || messages.size() + contents.size() >= messagesMax) {
        page = Optional.empty();
        return;
      }
      if (pair.data().isPresent()) {
        messages.add(new VacMessage(pair.id(), pair.data().get()));
      } else {
        pair.address().ifPresent(address -> contents.put(address, pair.id()));
      }
    }
  }

  /** What has been read so far. */
  public List<VacMessage> messages() {
    return List.copyOf(messages);
  }
}
