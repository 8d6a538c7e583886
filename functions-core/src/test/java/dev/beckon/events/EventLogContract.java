package dev.beckon.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.testing.Together;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link EventLog} keeps. Each test starts with an empty log. */
public abstract class EventLogContract {
  private static final Instant NOW = Instant.parse("2026-03-05T12:00:00Z");

  protected abstract EventLog log();

  private static Event event(String key, Instant at) {
    return new Event(at, Event.Level.WARNING, "import-refused", key, "acme", "about " + key);
  }

  @Test
  void newest_events_areTheNewestFirst() {
    log().write(event("b", NOW.plusSeconds(2)));
    log().write(event("a", NOW.plusSeconds(1)));
    log().write(event("c", NOW.plusSeconds(3)));

    assertThat(log().newest(2))
        .containsExactly(event("c", NOW.plusSeconds(3)), event("b", NOW.plusSeconds(2)));
    assertThat(log().newest(10)).hasSize(3);
  }

  @Test
  void write_keyThatIsThere_keepsTheFirst() {
    log().write(event("a", NOW));
    log().write(event("a", NOW.plusSeconds(9)));

    assertThat(log().newest(10)).containsExactly(event("a", NOW));
  }

  @Test
  void write_sameKeyByEightThreads_writesOne() throws Exception {
    Together.run(
        8,
        thread -> {
          log().write(event("a", NOW.plusSeconds(thread)));
          return thread;
        });

    assertThat(log().newest(10)).hasSize(1);
  }

  @Test
  void write_addressInMessage_isNotKept() {
    log().write(new Event(NOW, Event.Level.ERROR, "odd", "k", "", "row of ada@example.com is odd"));

    assertThat(log().newest(1).get(0).message()).isEqualTo("row of *** is odd");
  }
}
