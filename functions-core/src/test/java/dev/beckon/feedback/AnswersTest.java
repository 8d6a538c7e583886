package dev.beckon.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.feedback.Answers.Outcome;
import dev.beckon.intake.RecipientReader;
import dev.beckon.intake.Retention;
import dev.beckon.invitation.InvitationState;
import dev.beckon.testing.Together;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AnswersTest {
  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private static final int ROWS = 20;
  private static final String SECRET_WORDS = "Zanzibara Vogel was kind";

  private World world;
  private String token;

  @BeforeEach
  void open() {
    world = HOST.world();
    String parcel = world.filled(ROWS);
    world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());
    token = world.invitation(1).token();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Outcome answer(Instant at, Map<String, Answer> answers) {
    return world.answers.store(token, new Submission(answers, at, false));
  }

  private Outcome answer(Map<String, Answer> answers) {
    return answer(world.clock.instant(), answers);
  }

  private static Map<String, Answer> nps(double value) {
    return Map.of("nps", new Answer.Figure(value));
  }

  private static Map<String, Answer> words(String value) {
    return Map.of("why", new Answer.Words(value));
  }

  private Map<String, Answer> read() {
    return world.answers.of("acme", World.id(1)).orElseThrow().answers();
  }

  private long answeredNotes(String id) {
    return world.invitation(id).journal().stream()
        .filter(entry -> entry.note().equals("answered"))
        .count();
  }

  @Test
  void store_everyKind_isReadAsItWas_andNotedOnce() {
    Map<String, Answer> given =
        Map.of(
            "nps", new Answer.Figure(9),
            "share", new Answer.Figure(-0.5),
            "again", new Answer.Choice(true),
            "why", new Answer.Words("Quiet. Zoë 🎉\u0000\n=1+1"));

    assertThat(answer(given)).isEqualTo(Outcome.STORED);
    assertThat(answer(given)).isEqualTo(Outcome.STORED);

    assertThat(read()).isEqualTo(given);
    assertThat(answeredNotes(World.id(1))).isEqualTo(1);
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.answers.of("acme", World.id(2))).isEmpty();
  }

  @Test
  void store_wholeAgain_changesNothing() {
    answer(Map.of("nps", new Answer.Figure(9), "why", new Answer.Words("x")));
    AnswerSheet before = world.answerStore.find(World.id(1)).orElseThrow();

    answer(Map.of("nps", new Answer.Figure(9), "why", new Answer.Words("x")));

    assertThat(world.answerStore.find(World.id(1))).contains(before);
  }

  @Test
  void store_inAnyOrder_comesToTheSame() {
    Instant now = world.clock.instant();
    answer(now.minusSeconds(10), Map.of("nps", new Answer.Figure(3), "a", new Answer.Choice(true)));
    answer(now.minusSeconds(30), Map.of("nps", new Answer.Figure(1), "b", new Answer.Choice(true)));
    answer(now.minusSeconds(20), nps(2));

    assertThat(read())
        .isEqualTo(
            Map.of(
                "nps", new Answer.Figure(3),
                "a", new Answer.Choice(true),
                "b", new Answer.Choice(true)));
    AnswerSheet sheet = world.answerStore.find(World.id(1)).orElseThrow();
    assertThat(sheet.firstAt()).isEqualTo(now.minusSeconds(30));
    assertThat(sheet.lastAt()).isEqualTo(now.minusSeconds(10));
  }

  @Test
  void store_anotherAccount_isUnknownAsAnyTokenIs() {
    Submission nine = new Submission(nps(9), world.clock.instant(), false);

    assertThat(world.answers.store("other", token, nine)).isEqualTo(Outcome.UNKNOWN);
    assertThat(world.answers.store("acme", "nobody's", nine)).isEqualTo(Outcome.UNKNOWN);
    assertThat(world.answers.of("acme", World.id(1))).isEmpty();
    assertThat(answeredNotes(World.id(1))).isZero();
    assertThat(world.answers.store("acme", token, nine)).isEqualTo(Outcome.STORED);
    assertThat(world.answers.of("other", World.id(1))).isEmpty();
  }

  @Test
  void store_moreQuestionsThanAreKept_leavesWhatIsThere() {
    Map<String, Answer> most = new HashMap<>();
    for (int i = 0; i < Submission.MOST_QUESTIONS; i++) {
      most.put("q" + i, new Answer.Figure(i));
    }
    assertThat(answer(most)).isEqualTo(Outcome.STORED);

    assertThat(answer(nps(9))).isEqualTo(Outcome.TOO_MANY);

    assertThat(read()).isEqualTo(most);
    assertThat(answer(Map.of("q7", new Answer.Figure(70)))).isEqualTo(Outcome.STORED);
  }

  @Test
  void store_fromAllSidesAtOnce_losesNothing() throws Exception {
    int writers = 8;
    List<Outcome> outcomes =
        Together.run(writers, i -> answer(Map.of("q" + i, new Answer.Words("said " + i))));

    assertThat(outcomes).containsOnly(Outcome.STORED);
    assertThat(read()).hasSize(writers).containsEntry("q7", new Answer.Words("said 7"));
    assertThat(answeredNotes(World.id(1))).isEqualTo(1);
  }

  @Test
  void store_cutAtAnyStep_isFinishedByTheNextTry() {
    int cuts = 0;
    int row = 1;
    for (Cuts.Side side : Cuts.Side.values()) {
      for (int step = 0; step < 8; step++) {
        row++;
        token = world.invitation(row).token();
        Map<String, Answer> given =
            Map.of("nps", new Answer.Figure(9), "why", new Answer.Words("x"));
        world.cuts.arm(step, side);
        try {
          answer(given);
        } catch (RuntimeException e) {
          cuts++;
        }
        world.cuts.disarm();
        assertThat(answer(given)).isEqualTo(Outcome.STORED);
        assertThat(world.answers.of("acme", World.id(row)).orElseThrow().answers())
            .isEqualTo(given);
        assertThat(answeredNotes(World.id(row))).isEqualTo(1);
      }
    }
    assertThat(cuts).isEqualTo(8); // the token, the sheet, its write and the journal's, both sides
  }

  @Test
  void words_inTheStore_areSealed() {
    answer(Map.of("why", new Answer.Words(SECRET_WORDS), "nps", new Answer.Figure(9)));

    List<String> shown = new ArrayList<>();
    world
        .dump()
        .forEach((place, bytes) -> {
          if (new String(bytes, StandardCharsets.UTF_8).contains("Zanzibara")) {
            shown.add(place);
          }
        });
    assertThat(shown).isEmpty();
    assertThat(world.answers.of("acme", World.id(1)).orElseThrow().toString())
        .doesNotContain("Zanzibara");
  }

  @Test
  void words_retentionPassed_areForgottenWithTheirOwnDay() {
    answer(words(SECRET_WORDS));
    answer(nps(9));
    world.clock.advance(Duration.ofDays(10));
    answer(Map.of("later", new Answer.Words("came later")));
    Retention retention =
        new Retention(
            world.accounts,
            world.invitations,
            world.contacts,
            world.keys,
            world.answers,
            world.clock);

    world.clock.advance(Duration.ofDays(82));
    retention.run();

    Answers.Read read = world.answers.of("acme", World.id(1)).orElseThrow();
    assertThat(read.answers())
        .isEqualTo(Map.of("nps", new Answer.Figure(9), "later", new Answer.Words("came later")));
    assertThat(read.forgotten()).containsExactly("why");
    assertThat(world.keys.days("acme")).hasSize(1);

    world.clock.advance(Duration.ofDays(10));
    retention.run();

    assertThat(world.answers.of("acme", World.id(1)).orElseThrow().forgotten())
        .containsExactly("later", "why");
    assertThat(world.keys.days("acme")).isEmpty();
    assertThat(world.answerStore.find(World.id(1)).orElseThrow().sealedOn()).isEmpty();
  }

  @Test
  void words_keyGoneBeforeThem_areForgotten() {
    answer(words(SECRET_WORDS));
    world.keys.days("acme").forEach(day -> world.keys.delete("acme", day));
    world.clock.advance(Duration.ofMinutes(11)); // no process keeps a key for longer

    Answers.Read read = world.answers.of("acme", World.id(1)).orElseThrow();

    assertThat(read.answers()).isEmpty();
    assertThat(read.forgotten()).containsExactly("why");
    assertThat(answer(words("again"))).isEqualTo(Outcome.STORED);
    assertThat(read()).isEqualTo(words("again"));
  }

  @Test
  void erase_recipient_takesAnswersAndClosesTheToken() {
    answer(words(SECRET_WORDS));

    assertThat(erase()).isEqualTo(1);

    assertThat(world.answerStore.find(World.id(1))).isEmpty();
    assertThat(answer(nps(9))).isEqualTo(Outcome.UNKNOWN);
    assertThat(world.answers.knows(token)).isFalse();
    assertThat(world.answers.of("acme", World.id(1))).isEmpty();
  }

  /** The erasure ends between the look at the token and the write of the answers. */
  @Test
  void erase_whileAnswersAreBeingStored_takesThemToo() {
    List<Long> erased = new ArrayList<>();
    world.cuts.before("save", () -> erased.add(erase()));

    Outcome outcome = answer(words(SECRET_WORDS));

    assertThat(erased).containsExactly(1L);
    assertThat(outcome).isEqualTo(Outcome.UNKNOWN);
    assertThat(world.answerStore.find(World.id(1))).isEmpty();
  }

  private long erase() {
    return world
        .erasure
        .erase("acme", new RecipientReader().read("guest1@example.org", null), "Ada")
        .rows();
  }
}
