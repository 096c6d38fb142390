package org.tidelog.node;

import java.nio.file.Path;

/**
 * What is known of this device.
 *
 * @param storeBytes what the store takes on disk
 * @param daemon whether a daemon runs on this home
 */
public record DeviceStatus(String peerId, Path home, long storeBytes, boolean daemon) {}
