package org.tidelog.node;

import java.nio.file.Path;
import java.util.Optional;

/**
 * This device.
 *
 * @param peerId its network identity, {@code 12D3…}
 */
public record Device(String peerId, Path home, Optional<String> displayName) {}
