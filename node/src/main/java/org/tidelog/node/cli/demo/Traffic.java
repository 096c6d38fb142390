package org.tidelog.node.cli.demo;

import org.tidelog.node.FetchReport;
import org.tidelog.node.PublishReport;

/** Adds up the bytes that went to and came from the mirror. */
final class Traffic {
  private long recordBytesWritten;
  private long blockBytesWritten;
  private long indexBytesWritten;
  private long recordBytesRead;
  private long blockBytesRead;
  private long blocksWritten;
  private long blocksRead;

  void add(PublishReport report) {
    PublishReport.Figures figures = report.figures();
    blocksWritten += figures.blocksWritten();
    if (report instanceof PublishReport.Index) {
      indexBytesWritten += figures.blockBytes() + figures.recordBytes();
    } else {
      recordBytesWritten += figures.recordBytes();
      blockBytesWritten += figures.blockBytes();
    }
  }

  void add(FetchReport report) {
    blocksRead += report.blocksRead();
    recordBytesRead += report.recordBytes();
    blockBytesRead += report.bytesRead() - report.recordBytes();
  }

  void add(Traffic other) {
    recordBytesWritten += other.recordBytesWritten;
    blockBytesWritten += other.blockBytesWritten;
    indexBytesWritten += other.indexBytesWritten;
    recordBytesRead += other.recordBytesRead;
    blockBytesRead += other.blockBytesRead;
    blocksWritten += other.blocksWritten;
    blocksRead += other.blocksRead;
  }

  long recordBytesWritten() {
    return recordBytesWritten;
  }

  long blockBytesWritten() {
    return blockBytesWritten;
  }

  long indexBytesWritten() {
    return indexBytesWritten;
  }

  long bytesWritten() {
    return recordBytesWritten + blockBytesWritten + indexBytesWritten;
  }

  long recordBytesRead() {
    return recordBytesRead;
  }

  long blockBytesRead() {
    return blockBytesRead;
  }

  long bytesRead() {
    return recordBytesRead + blockBytesRead;
  }

  long blocksWritten() {
    return blocksWritten;
  }

  long blocksRead() {
    return blocksRead;
  }
}
