package dev.beckon.bench.worker;

import dev.beckon.app.Delivery;
import dev.beckon.app.EntryPoint;
import dev.beckon.bench.measure.Measured;
import dev.beckon.memory.MemoryWorkQueue;
import dev.beckon.parcel.Deadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A dropped file to ready parcels: scanned, cut into chunks, checked, stored. */
final class CsvScenario implements Measured {
  /** The file of made-up customers in the order's folder, by its number of rows. */
  static final String FILE = "customers-%d.csv";

  private static final Duration INVOCATION = Duration.ofMinutes(15);
  private static final double NANOS = 1e9;

  private final Bed bed;
  private final Path file;
  private final int rows;

  /** Other workers drop the same files in the same store. */
  private final String name = UUID.randomUUID().toString();

  private String key = "";
  private int drops;

  CsvScenario(Bed bed, Path folder, int rows) {
    this.bed = bed;
    this.file = folder.resolve(FILE.formatted(rows));
    this.rows = rows;
  }

  /** Each round's file has a first row of its own: the same content twice is refused. */
  @Override
  public void prepare() {
    int number = ++drops;
    key = "customers/incoming/%s-%d.csv".formatted(name, number);
    bed.platform().objects().drop(key, () -> content(number));
  }

  private InputStream content(int number) {
    try {
      InputStream in = Files.newInputStream(file);
      StringBuilder header = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        header.append((char) next);
      }
      header.append(
          "\n%s-%d@example.org,Ada,First,,en,,Amsel,2026-11-01,,,,\n".formatted(name, number));
      return new SequenceInputStream(
          new ByteArrayInputStream(header.toString().getBytes(StandardCharsets.UTF_8)), in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Done run() {
    long insertedBefore = bed.counts().of("inserted");
    long begin = System.nanoTime();
    bed.application().fileDrop(List.of(key), List.of(), Deadline.in(INVOCATION, Clock.systemUTC()));
    long scanned = System.nanoTime();
    MemoryWorkQueue chunks = bed.platform().queue(EntryPoint.CHUNK);
    for (List<String> one = chunks.take(1); !one.isEmpty(); one = chunks.take(1)) {
      bed.application()
          .chunks(
              List.of(new Delivery("1", one.getFirst())),
              Deadline.in(INVOCATION, Clock.systemUTC()));
    }
    long accepted = System.nanoTime();
    long inserted = bed.counts().of("inserted") - insertedBefore;
    if (inserted < rows * 0.95) {
      throw new IllegalStateException(
          inserted + " of " + rows + " rows became invitations; about 1 in 100 is refused");
    }
    MemoryWorkQueue parcels = bed.platform().queue(EntryPoint.DISPATCH_BULK);
    while (!parcels.take(1_000).isEmpty()) {
      // nobody dispatches here
    }
    return new Done(
        rows + 1L,
        Map.of(
            "scanSeconds",
            (scanned - begin) / NANOS,
            "acceptSeconds",
            (accepted - scanned) / NANOS));
  }

  @Override
  public void close() {
    bed.close();
  }
}
