package dev.beckon.filedrop;

import dev.beckon.bench.steps.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Reading a file. */
@State(Scope.Benchmark)
public class CsvBenchmark {
  private static final int ROWS = 2_000;

  private final byte[] file = Samples.csv(ROWS);

  /** One row of a file of twelve columns. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void csvRecord(Blackhole sink) throws IOException, FileProblem {
    try (DelimitedRows rows = DelimitedRows.open(new ByteArrayInputStream(file), "rows.csv")) {
      for (RawRow row = rows.next(); row != null; row = rows.next()) {
        sink.consume(row);
      }
    }
  }
}
