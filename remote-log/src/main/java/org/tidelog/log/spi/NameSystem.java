package org.tidelog.log.spi;

import java.io.IOException;
import java.util.Optional;
import org.tidelog.crypto.ipns.IpnsName;

/**
 * Signed records by name. May be remote and slow, so machines reach it by effects and a driver
 * calls it. Implementations need not check what they return.
 */
public interface NameSystem {
  /** The format's bound on a record. Source: IPNS Record and Protocol, 2.2. */
  int RECORD_BYTES_MAX = 10_240;

  /** What people call this place. */
  String describe();

  /**
   * The record as found, unchecked; empty where there is none. Over {@link #RECORD_BYTES_MAX} bytes
   * is an error.
   */
  Optional<byte[]> get(IpnsName name) throws IOException;

  /**
   * Stores a record durably in place of any other. The caller has made sure that it is the better
   * one.
   */
  void put(IpnsName name, byte[] record) throws IOException;

  /**
   * The fork proof of a log as found, unchecked; empty where there is none, and where this place
   * carries none.
   */
  default Optional<byte[]> forkProof(IpnsName name) throws IOException {
    return Optional.empty();
  }

  /** Stores a fork proof durably, if this place carries them. The caller has checked it. */
  default void putForkProof(IpnsName name, byte[] proof) throws IOException {}
}
