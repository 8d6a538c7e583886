package dev.beckon.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.testing.Together;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
  void find_eachCriterion_narrows() {
    Event debug = new Event(NOW, Event.Level.DEBUG, "odd", "a", "acme", "a");
    Event warning = new Event(NOW.plusSeconds(1), Event.Level.WARNING, "odd", "b", "acme", "b");
    Event failure = new Event(NOW.plusSeconds(2), Event.Level.FAILURE, "bad", "c", "acme", "c");
    Event strange = new Event(NOW, Event.Level.FAILURE, "bad", "d", "acme2", "d");
    Event system = new Event(NOW, Event.Level.FAILURE, "bad", "e", "", "e");
    List.of(debug, warning, failure, strange, system).forEach(log()::write);

    assertThat(found(EventQuery.of("acme"))).containsExactly(failure, warning, debug);
    assertThat(found(EventQuery.of(""))).containsExactly(system);
    assertThat(found(query(null, Event.Level.DEBUG, Set.of(), null, null))).hasSize(5);
    assertThat(found(query("acme", Event.Level.WARNING, Set.of(), null, null)))
        .containsExactly(failure, warning);
    assertThat(found(query("acme", Event.Level.DEBUG, Set.of("odd", "no"), null, null)))
        .containsExactly(warning, debug);
    assertThat(found(query("acme", Event.Level.DEBUG, Set.of(), NOW.plusSeconds(1), null)))
        .containsExactly(failure, warning);
    assertThat(found(query("acme", Event.Level.DEBUG, Set.of(), null, NOW.plusSeconds(1))))
        .containsExactly(debug);
  }

  @Test
  void find_pages_areCompleteThoughManyAreOfOneMomentAndNewOnesCome() {
    for (int i = 0; i < 7; i++) {
      log().write(event("k" + i, NOW.plusSeconds(i / 4)));
    }
    List<Event> all = found(EventQuery.of("acme"));

    List<Event> walked = new ArrayList<>();
    EventPlace after = null;
    for (List<Event> page = log().find(EventQuery.of("acme"), after, 2);
        !page.isEmpty();
        page = log().find(EventQuery.of("acme"), after, 2)) {
      walked.addAll(page);
      after = EventPlace.parse(EventPlace.of(page.getLast()).toString()).orElseThrow();
      log().write(event("new" + walked.size(), NOW.plusSeconds(60)));
    }

    assertThat(all).hasSize(7);
    assertThat(walked).isEqualTo(all);
  }

  @Test
  void place_textOfSomebodyElse_isNone() {
    assertThat(EventPlace.parse("")).isEmpty();
    assertThat(EventPlace.parse("/a")).isEmpty();
    assertThat(EventPlace.parse("-1/a")).isEmpty();
    assertThat(EventPlace.parse("9999999999999999999/a")).isEmpty();
    assertThat(EventPlace.parse("1/a/b")).contains(new EventPlace(Instant.ofEpochMilli(1), "a/b"));
  }

  private List<Event> found(EventQuery query) {
    return log().find(query, null, 100);
  }

  private static EventQuery query(
      @Nullable String account,
      Event.Level least,
      Set<String> codes,
      @Nullable Instant since,
      @Nullable Instant until) {
    return new EventQuery(account, least, codes, since, until);
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
