package org.tidelog.node;

import java.util.List;

/** What a home holds. */
public record Status(List<LogStatus> logs, DeviceStatus device) {}
