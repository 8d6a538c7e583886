package dev.beckon.local.demo;

import dev.beckon.filedrop.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What a demo drops: the samples, made-up rows of the same kinds, or somebody's own file. */
final class DemoFiles {
  private static final String VISITS = "store-visits";
  private static final String DELIVERIES = "deliveries";
  private static final String CALLS = "service-calls";
  private static final long SEED = 20_261_101;

  private final ObjectStore bucket;
  private final Consumer<String> say;

  DemoFiles(ObjectStore bucket, Consumer<String> say) {
    this.bucket = bucket;
    this.say = say;
  }

  /** Drops one file and returns how many were dropped, as the others do. */
  int own(Path file, String feed) throws IOException {
    upload(feed, file);
    return 1;
  }

  int samples(Path folder) throws IOException {
    upload(VISITS, folder.resolve("customers.csv"));
    upload(DELIVERIES, folder.resolve("deliveries.csv"));
    upload(CALLS, folder.resolve("callers.tsv"));
    return 3;
  }

  /** Two fifths single mail, two fifths bulk mail, one fifth texts. */
  int madeUp(long rows) throws IOException {
    long texts = rows / 5;
    long bulk = (rows - texts) / 2;
    long mails = rows - texts - bulk;
    say.accept(
        "Dropping %s customers, %s deliveries and %s callers, made up …"
            .formatted(Summary.number(mails), Summary.number(bulk), Summary.number(texts)));
    int files = 0;
    files += madeUp(VISITS, "customers-" + rows + ".csv", mails, SampleRows::writeCustomers);
    files += madeUp(DELIVERIES, "deliveries-" + rows + ".csv", bulk, SampleRows::writeDeliveries);
    files += madeUp(CALLS, "callers-" + rows + ".tsv", texts, SampleRows::writeCallers);
    return files;
  }

  @FunctionalInterface
  private interface Rows {
    SampleRows.Expected write(OutputStream out, long rows, long seed) throws IOException;
  }

  private int madeUp(String feed, String name, long rows, Rows kind) throws IOException {
    if (rows == 0) {
      return 0;
    }
    try (OutputStream out = bucket.writer(feed + "/incoming/" + name)) {
      kind.write(out, rows, SEED);
    }
    return 1;
  }

  private void upload(String feed, Path file) throws IOException {
    String key = feed + "/incoming/" + file.getFileName();
    say.accept("Dropping " + file + " as " + key + " …");
    try (InputStream in = Files.newInputStream(file);
        OutputStream target = bucket.writer(key)) {
      in.transferTo(target);
    }
  }
}
