package dev.beckon.filedrop;

import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/** Lets somebody drop one file in a feed without any right on the bucket. Thread-safe. */
public final class Uploads {
  /** What S3 takes of a form is 5 GiB, what Azure takes in one request 5,000 MiB. */
  public static final long MOST_BYTES = 5_000_000_000L;

  /** Long enough to begin; an upload that has begun is not cut off. */
  private static final Duration VALID = Duration.ofMinutes(15);

  private final EventLog events;
  private final SecureRandom random = new SecureRandom();
  private final Clock clock;

  Uploads(FileDropParts parts) {
    this.events = parts.events();
    this.clock = parts.clock();
  }

  /**
   * An upload that may be made.
   *
   * @param id by which its import is found as soon as there is one
   * @param fileName cleaned, without the id
   */
  public record Offer(String id, String fileName, ObjectTickets.Upload request) {}

  /** Whether a file of this name is of a kind that is read. */
  public static boolean reads(String fileName) {
    return DelimitedRows.reads(fileName);
  }

  /**
   * Offers one upload.
   *
   * @param feed one of the account's
   * @param fileName of a kind that {@link #reads}; cleaned here
   * @param mostBytes {@link #MOST_BYTES} at most
   * @param check whether the file is only to be looked at
   * @param who the caller, for the event
   */
  public Offer offer(
      ObjectTickets tickets,
      String account,
      String feed,
      String fileName,
      long mostBytes,
      boolean check,
      String who) {
    byte[] bits = new byte[12];
    random.nextBytes(bits);
    UploadName name =
        new UploadName("up" + HexFormat.of().formatHex(bits), UploadName.cleaned(fileName));
    String key = feed + (check ? "/check/" : "/incoming/") + name;
    ObjectTickets.Upload request = tickets.upload(key, mostBytes, VALID);
    events.write(
        new Event(
            clock.instant(),
            Event.Level.INFORMATION,
            "upload-offered",
            "upload-offered/" + name.upload(),
            account,
            who + " may upload a file to feed " + feed + ", as upload " + name.upload()));
    return new Offer(name.upload(), name.file(), request);
  }
}
