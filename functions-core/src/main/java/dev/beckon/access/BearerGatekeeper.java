package dev.beckon.access;

import dev.beckon.account.TestTwin;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.privacy.Failures;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes API keys, and tokens where an issuer is configured, from the header {@code Authorization:
 * Bearer …}. All that is wrong is told in the same words: of none it can be said whether it was a
 * key once. Whether a key is right is looked at before anybody's wrong ones are counted, and wrong
 * ones cost no trip to the store. Thread-safe.
 */
final class BearerGatekeeper implements Gatekeeper {
  private static final Logger LOG = LoggerFactory.getLogger(BearerGatekeeper.class);
  private static final String SCHEME = "bearer ";
  private static final int LONGEST = 16 * 1024;

  private static final String NONE =
      "send the header Authorization: Bearer, a blank and the key; ./beckon keys create makes one";

  private static final String WRONG =
      "what Authorization: Bearer brings opens nothing: it may be mistyped, cut off, expired or"
          + " revoked; copy it anew, or ask for another key";

  private static final String TOO_MANY =
      "too many wrong keys came from where you are; correct the key and try again later";

  private final KeyTexts texts;
  private final KeyRing ring;
  private final Optional<Tokens> tokens;
  private final RequestLimits limits;
  private final WrongKeys wrong;
  private final EventLog events;
  private final Clock clock;
  private final AtomicLong toldHour = new AtomicLong(Long.MIN_VALUE);

  /** Who somebody proved to be, and their limit. */
  record Proved(Caller caller, int perMinute) {}

  BearerGatekeeper(
      KeyTexts texts,
      KeyRing ring,
      Optional<Tokens> tokens,
      RequestLimits limits,
      EventLog events,
      Clock clock) {
    this.texts = texts;
    this.ring = ring;
    this.tokens = tokens;
    this.limits = limits;
    this.wrong = new WrongKeys(clock);
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Admission admit(String authorization, String source) {
    if (authorization.isBlank()) {
      return new Admission.Refused(NONE, 0);
    }
    Optional<Proved> proved =
        authorization.length() <= LONGEST
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? prove(authorization.substring(SCHEME.length()).strip())
            : Optional.empty();
    return proved
        .<Admission>map(who ->
            new Admission.Known(who.caller(), limits.allow(who.caller().id(), who.perMinute())))
        .orElseGet(() -> refused(source));
  }

  private Optional<Proved> prove(String text) {
    return text.indexOf('.') < 0
        ? texts.read(text).flatMap(ring::find).map(BearerGatekeeper::of)
        : tokens.flatMap(issuer -> issuer.read(text));
  }

  private static Proved of(ApiKey key) {
    KeyGrant grant = key.grant();
    Caller caller =
        new Caller(
            grant.kind() == KeyKind.TEST ? TestTwin.of(key.account()) : key.account(),
            key.account(),
            key.told(),
            key.id(),
            grant.kind(),
            grant.scopes(),
            grant.recipients());
    return new Proved(caller, grant.perMinute());
  }

  private Admission refused(String source) {
    WrongKeys.Noted noted = wrong.note(source);
    if (noted.isFirst()) {
      tell();
    }
    return noted.seconds() == 0
        ? new Admission.Refused(WRONG, 0)
        : new Admission.Refused(TOO_MANY, noted.seconds());
  }

  /** Once an hour: what somebody makes up must not fill the store. */
  private void tell() {
    Instant now = clock.instant();
    long hour = now.getEpochSecond() / 3_600;
    if (toldHour.getAndSet(hour) == hour) {
      return;
    }
    try {
      events.write(
          new Event(
              now,
              Event.Level.WARNING,
              "wrong-keys",
              "wrong-keys/" + hour,
              "",
              "more than "
                  + WrongKeys.MOST_PER_MINUTE
                  + " wrong keys came from one address within a minute; they were refused"));
    } catch (RuntimeException e) {
      LOG.warn("many wrong keys, of which the event was not written: {}", Failures.tell(e));
    }
  }
}
