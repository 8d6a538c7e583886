package dev.beckon.app;

import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.parcel.Hint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;

/** Messages nobody can work on: recorded once each and acknowledged, so that they block nothing. */
final class Undecodable {
  private final EventLog events;
  private final Clock clock;

  Undecodable(EventLog events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /**
   * Records a body that is none of ours; the event shows its length and fingerprint, for nobody
   * knows what it holds.
   */
  void keep(String queue, String body) {
    String fingerprint = fingerprint(body);
    events.write(
        new Event(
            clock.instant(),
            Event.Level.ERROR,
            "message-undecodable",
            "message-undecodable/" + queue + "/" + fingerprint,
            "",
            "a message of "
                + body.length()
                + " characters on the "
                + queue
                + " queue is not one of ours (it must read like parcel/<id>); find who sends it. "
                + (body.stripLeading().startsWith("{") ? "It looks like JSON. " : "")
                + "Its SHA-256 begins "
                + fingerprint));
  }

  /**
   * Records a chunk or an import that keeps failing its worker.
   *
   * @param account whose it is; empty when nobody knows
   */
  void stuck(Hint hint, String account) {
    events.write(
        new Event(
            clock.instant(),
            Event.Level.FAILURE,
            "import-stuck",
            "import-stuck/" + hint.id(),
            account,
            hint.kind()
                + " "
                + hint.id()
                + " failed its worker ten times; it is tried again by the timer, look into the log"));
  }

  private static String fingerprint(String body) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
