package dev.beckon.filedrop;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Dispatch;
import dev.beckon.account.Feed;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.WorkQueue;
import dev.beckon.telemetry.Telemetry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes files that were dropped in the bucket: scans each once, cuts it into chunk objects, and
 * releases the chunks when the whole file passed (DESIGN §9). Thread-safe.
 *
 * <p>A run that is cut off is run again from the start of the file; chunks that are written already
 * are not written again.
 */
public final class FileDrop {
  private static final Logger LOG = LoggerFactory.getLogger(FileDrop.class);
  private static final Pattern DROPPED =
      Pattern.compile("([^/]+)/(incoming|check)/(.+)", Pattern.DOTALL);

  /** A scan renews its feed's lock with every chunk; a chunk takes far less than this. */
  static final Duration LOCK = Duration.ofMinutes(2);

  /** A scan that has less time left than this stops and asks to be run again. */
  private static final Duration RESERVE = Duration.ofSeconds(10);

  private final AccountSource accounts;
  private final ObjectStore objects;
  private final ImportStore imports;
  private final ChunkFile chunkFile;
  private final WorkQueue files;
  private final WorkQueue chunks;
  private final ImportEnd end;
  private final FileCheck check;
  private final BatchGates gates;
  private final EventLog events;
  private final Clock clock;
  private final Telemetry telemetry;

  FileDrop(FileDropParts parts) {
    this.accounts = parts.accounts();
    this.objects = parts.objects();
    this.imports = parts.imports();
    this.chunkFile = new ChunkFile(parts.sealer(), parts.objects());
    this.files = parts.files();
    this.chunks = parts.chunks();
    this.end = new ImportEnd(parts);
    this.check = new FileCheck(parts);
    this.gates = parts.gates();
    this.events = parts.events();
    this.clock = parts.clock();
    this.telemetry = parts.telemetry();
  }

  /**
   * A file was dropped: it is registered, and run unless its feed is busy. Repeats are no error.
   */
  public void created(String key, Deadline deadline) {
    register(key).ifPresent(id -> run(id, deadline));
  }

  /**
   * Notes that a file was dropped; the timer runs it. Repeats are no error.
   *
   * @return the import's id; empty when the file is none of a feed's, or gone
   */
  public Optional<String> register(String key) {
    Matcher name = DROPPED.matcher(key);
    if (!name.matches()) {
      return Optional.empty(); // our own objects, and files the feed has done with
    }
    Instant now = clock.instant();
    String feedId = name.group(1);
    Account account = accounts.ofFeed(feedId).orElse(null);
    Feed feed = account == null ? null : account.feeds().get(feedId);
    if (account == null || feed == null) {
      events.write(
          new Event(
              now,
              Event.Level.ERROR,
              "feed-unknown",
              "feed-unknown/" + key,
              "",
              "the file "
                  + key
                  + " was dropped in a folder that is no feed of any account; configure the feed "
                  + feedId
                  + " or move the file"));
      return Optional.empty();
    }
    Import seen = seen(key).orElse(null);
    if (seen == null) {
      return Optional.empty(); // moved on already: a repeated event
    }
    imports.insert(seen);
    return Optional.of(seen.id());
  }

  /** The import that a file in a feed's folder would be; empty when it lies there no more. */
  Optional<Import> seen(String key) {
    Matcher name = DROPPED.matcher(key);
    if (!name.matches()) {
      return Optional.empty();
    }
    String feedId = name.group(1);
    Account account = accounts.ofFeed(feedId).orElse(null);
    Feed feed = account == null ? null : account.feeds().get(feedId);
    if (account == null || feed == null) {
      return Optional.empty();
    }
    boolean check = feed.mode() == Feed.Mode.CHECK || name.group(2).equals("check");
    return objects
        .info(key)
        .map(info ->
            Import.seen(
                importId(key, info.version()),
                account.id(),
                feedId,
                feed.dispatch(),
                key,
                info.version(),
                check ? Import.Kind.CHECK : Import.Kind.SEND,
                clock.instant()));
  }

  /** Runs a registered import as far as it can be run now. */
  public void run(String id, Deadline deadline) {
    Import dropped = imports.find(id).orElse(null);
    if (dropped == null) {
      return;
    }
    telemetry.run(
        "import",
        dropped.tags(),
        () -> {
          switch (dropped.state()) {
            case WAITING -> start(dropped, deadline);
            case RELEASED -> end.finishIfDone(dropped);
            case ACCEPTED, REFUSED, CANCELLED, CHECKED -> end.conclude(dropped);
          }
        });
  }

  private void start(Import dropped, Deadline deadline) {
    Instant now = clock.instant();
    // A check changes nothing, so it waits for nobody and nobody for it.
    if (dropped.kind() != Import.Kind.CHECK
        && !imports.lock(dropped.feed(), dropped.id(), now, now.plus(LOCK))) {
      LOG.info("import={} waits for another import of feed={}", dropped.id(), dropped.feed());
      return;
    }
    end.began(dropped);
    try {
      scan(dropped, deadline);
    } catch (FileProblem e) {
      end.refuse(dropped, String.valueOf(e.getMessage()));
    }
  }

  private void scan(Import dropped, Deadline deadline) throws FileProblem {
    Account account = accounts.find(dropped.account()).orElse(null);
    Feed feed = account == null ? null : account.feeds().get(dropped.feed());
    if (account == null || feed == null) {
      throw new FileProblem("feed " + dropped.feed() + " is not configured any more");
    }
    Dispatch dispatch = account.requireDispatch(feed.dispatch());
    ObjectStore.ObjectInfo info =
        objects
            .info(dropped.key())
            .filter(now -> now.version().equals(dropped.version()))
            .orElse(null);
    if (info != null && info.size() > Uploads.MOST_BYTES && dropped.upload().isPresent()) {
      // not every store holds an upload to its size
      throw new FileProblem(
          "the uploaded file is larger than "
              + Uploads.MOST_BYTES
              + " bytes; cut it into several and upload those");
    }
    Optional<InputStream> object = info == null ? Optional.empty() : objects.read(dropped.key());
    if (object.isEmpty()) {
      throw new FileProblem(
          "the file was taken away or overwritten before it was read; drop it again");
    }
    MessageDigest digest = sha256();
    try (InputStream bytes = new DigestInputStream(object.get(), digest);
        RowReader rows = DelimitedRows.open(bytes, dropped.fileName())) {
      List<String> problems = new Columns(rows.header(), feed, dispatch).problems();
      if (!problems.isEmpty()) {
        throw new FileProblem(
            String.join("; ", problems)
                + "; rename the "
                + rows.header().size()
                + " columns of row 1, or map them in feed "
                + feed.id());
      }
      if (dropped.kind() == Import.Kind.CHECK) {
        check.check(dropped, account, feed, dispatch, rows, deadline.before(RESERVE));
        imports.find(dropped.id()).ifPresent(end::conclude);
        return;
      }
      Cut cut = cut(dropped, rows, deadline);
      if (!cut.complete()) {
        LOG.info(
            "import={} ran out of time after {} chunks and goes on", dropped.id(), cut.chunks());
        files.send(List.of(Hint.importRun(dropped.id())));
        return;
      }
      if (cut.rows() == 0) {
        throw new FileProblem("the file has a header and no rows");
      }
      bytes.transferTo(OutputStream.nullOutputStream());
      if (feed.mode() == Feed.Mode.APPROVE) {
        gates.hold(dropped.id(), clock.instant());
      }
      release(dropped, rows.header(), cut, HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + dropped.id() + " failed", e);
    }
  }

  private record Cut(int chunks, long rows, boolean complete) {}

  private Cut cut(Import dropped, RowReader reader, Deadline deadline)
      throws FileProblem, IOException {
    int number = 0;
    long total = 0;
    int written = imports.chunks(dropped.id()).size();
    List<RawRow> rows = new ArrayList<>(Chunk.MOST_ROWS);
    while (true) {
      RawRow row = reader.next();
      if (row != null) {
        rows.add(row);
      }
      if (rows.size() == Chunk.MOST_ROWS || (row == null && !rows.isEmpty())) {
        Chunk chunk = new Chunk(dropped.id(), number, rows.size(), false, Import.Totals.NONE);
        if (number >= written) {
          chunkFile.writeRows(dropped.account(), chunk, rows);
          imports.insertChunk(chunk);
          imports.lock(dropped.feed(), dropped.id(), clock.instant(), clock.instant().plus(LOCK));
        }
        total += rows.size();
        number++;
        rows.clear();
      }
      if (row == null) {
        return new Cut(number, total, true);
      }
      if (rows.isEmpty() && (deadline.before(RESERVE).passed() || ended(dropped))) {
        return new Cut(number, total, false);
      }
    }
  }

  /** Whether somebody cancelled it while it was read. */
  private boolean ended(Import dropped) {
    return imports.find(dropped.id()).filter(now -> now.state().isFinal()).isPresent();
  }

  private void release(Import dropped, List<String> header, Cut cut, String sha256)
      throws FileProblem {
    Instant now = clock.instant();
    String owner = imports.claimContent(dropped.feed(), sha256, dropped.id(), now);
    if (!owner.equals(dropped.id()) && dropped.kind() != Import.Kind.FORCED) {
      throw new FileProblem(
          "the same content was imported before, as import "
              + owner
              + "; nothing was sent again. Drop a file with other rows, or run ./beckon imports force "
              + dropped.id()
              + " if people shall be asked again");
    }
    // Told first: a crash between the two is healed by telling it again, which changes nothing.
    events.write(
        new Event(
            now,
            Event.Level.INFORMATION,
            "import-released",
            "import-released/" + dropped.id(),
            dropped.account(),
            "import "
                + dropped.id()
                + " of feed "
                + dropped.feed()
                + ": "
                + cut.rows()
                + " rows read"));
    imports.release(dropped.id(), header, cut.chunks(), cut.rows(), now);
    chunks.send(hints(dropped.id(), cut.chunks()));
  }

  private static List<String> hints(String id, int chunks) {
    List<String> hints = new ArrayList<>(chunks);
    for (int i = 0; i < chunks; i++) {
      hints.add(Hint.chunk(Chunk.id(id, i)));
    }
    return hints;
  }

  /** The same event gives the same import; the same key written again gives another. */
  static String importId(String key, String version) {
    byte[] hash = sha256().digest((key + "\n" + version).getBytes(StandardCharsets.UTF_8));
    return "imp" + HexFormat.of().formatHex(hash, 0, 10);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
