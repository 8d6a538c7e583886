package dev.beckon.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.intake.Contacts.Contact;
import dev.beckon.testing.Together;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Contacts} keeps. Each test starts without contacts. */
public abstract class ContactsContract {
  private static final Instant NOW = Instant.parse("2026-03-05T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(600);

  protected abstract Contacts contacts();

  private Set<String> take(String id, String by, Instant now) {
    return contacts().take(List.of(new Contact(id, by, LATER)), now);
  }

  @Test
  void take_free_belongsToTheTaker() {
    assertThat(take("c1", "i1", NOW)).isEmpty();

    assertThat(contacts().read(List.of("c1", "c2")))
        .isEqualTo(Map.of("c1", new Contact("c1", "i1", LATER)));
  }

  @Test
  void take_heldByAnother_isRefusedAndStays() {
    take("c1", "i1", NOW);

    assertThat(take("c1", "i2", LATER.minusMillis(1))).containsExactly("c1");
    assertThat(contacts().read(List.of("c1")).get("c1").by()).isEqualTo("i1");
  }

  @Test
  void take_timePassed_isFreeAgain() {
    take("c1", "i1", NOW);

    assertThat(take("c1", "i2", LATER)).isEmpty();
    assertThat(contacts().read(List.of("c1")).get("c1").by()).isEqualTo("i2");
  }

  @Test
  void take_ownAgain_isTakenWithItsNewTime() {
    take("c1", "i1", NOW);
    Contact longer = new Contact("c1", "i1", LATER.plusSeconds(60));

    assertThat(contacts().take(List.of(longer), NOW)).isEmpty();
    assertThat(contacts().read(List.of("c1"))).containsEntry("c1", longer);
  }

  @Test
  void take_ownAgainForLess_keepsTheLaterTime() {
    take("c1", "i1", NOW);

    assertThat(contacts().take(List.of(new Contact("c1", "i1", LATER.minusSeconds(1))), NOW))
        .isEmpty();
    assertThat(contacts().read(List.of("c1"))).containsEntry("c1", new Contact("c1", "i1", LATER));
  }

  @Test
  void take_manyOfWhichSomeAreHeld_takesTheRest() {
    take("c2", "i0", NOW);
    List<Contact> wanted =
        IntStream.rangeClosed(1, 4).mapToObj(i -> new Contact("c" + i, "i" + i, LATER)).toList();

    assertThat(contacts().take(wanted, NOW)).containsExactly("c2");
    assertThat(contacts().read(List.of("c1", "c2", "c3", "c4")).values())
        .extracting(Contact::by)
        .containsExactlyInAnyOrder("i1", "i0", "i3", "i4");
  }

  @Test
  void take_sameContactTwiceInOneCall_hasOneOwnerAndIsReported() {
    List<Contact> wanted = List.of(new Contact("c1", "i1", LATER), new Contact("c1", "i2", LATER));

    assertThat(contacts().take(wanted, NOW)).containsExactly("c1");
    assertThat(contacts().read(List.of("c1")).get("c1").by()).isIn("i1", "i2");
  }

  @Test
  void takeAndRead_nothing_areEmpty() {
    assertThat(contacts().take(List.of(), NOW)).isEmpty();
    assertThat(contacts().read(List.of())).isEmpty();
  }

  @Test
  void take_byEightThreads_givesEachContactToExactlyOne() throws Exception {
    List<String> ids = IntStream.range(0, 40).mapToObj(i -> "c" + i).toList();

    List<Set<String>> refused =
        Together.run(
            8,
            thread ->
                contacts()
                    .take(
                        ids.stream().map(id -> new Contact(id, "i" + thread, LATER)).toList(),
                        NOW));

    Map<String, Contact> held = contacts().read(ids);
    for (String id : ids) {
      List<String> owners =
          IntStream.range(0, 8)
              .filter(thread -> !refused.get(thread).contains(id))
              .mapToObj(thread -> "i" + thread)
              .toList();
      assertThat(owners).as(id).containsExactly(held.get(id).by());
    }
  }

  @Test
  void take_sameTakerInEightThreads_isItsInTheEnd() throws Exception {
    Together.run(8, thread -> take("c1", "i1", NOW));

    assertThat(contacts().read(List.of("c1")))
        .isEqualTo(Map.of("c1", new Contact("c1", "i1", LATER)));
    assertThat(take("c1", "i1", NOW)).isEmpty();
  }

  @Test
  void takeOver_asRead_changesTheOwner() {
    take("c1", "i1", NOW);
    Contact asRead = contacts().read(List.of("c1")).get("c1");

    assertThat(contacts().takeOver(asRead, "i2", LATER.plusSeconds(1))).isTrue();
    assertThat(contacts().read(List.of("c1")))
        .containsEntry("c1", new Contact("c1", "i2", LATER.plusSeconds(1)));
  }

  @Test
  void takeOver_changedSince_isRefused() {
    take("c1", "i1", NOW);
    Contact asRead = contacts().read(List.of("c1")).get("c1");

    assertThat(contacts().takeOver(new Contact("c1", "i9", LATER), "i2", LATER)).isFalse();
    assertThat(contacts().takeOver(new Contact("c1", "i1", NOW), "i2", LATER)).isFalse();
    assertThat(contacts().takeOver(new Contact("c9", "i1", LATER), "i2", LATER)).isFalse();
    assertThat(contacts().read(List.of("c1", "c9"))).isEqualTo(Map.of("c1", asRead));
  }

  @Test
  void takeOver_byEightThreads_letsOneWin() throws Exception {
    take("c1", "i0", NOW);
    Contact asRead = contacts().read(List.of("c1")).get("c1");

    List<Boolean> won = Together.run(8, thread -> contacts().takeOver(asRead, "t" + thread, LATER));

    assertThat(won).containsOnlyOnce(true);
    assertThat(contacts().read(List.of("c1")).get("c1").by()).isEqualTo("t" + won.indexOf(true));
  }
}
