package dev.beckon.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.access.Gatekeeper.Admission;
import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.testing.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BearerGatekeeperTest {
  @RegisterExtension static final MongoHost HOST = new MongoHost();
  private static final String HERE = "192.0.2.1";

  private final Random random = new Random(3);
  private World world;

  /** Makes texts as the world's own keys are made. */
  private final KeyTexts texts = KeyTextsTest.texts(0);

  @BeforeEach
  void start() {
    world = HOST.world();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private ApiKeys.Issued issue(KeyKind kind, @Nullable Instant expires) {
    Set<String> recipients = kind == KeyKind.TEAM ? Set.of("k1:aa") : Set.of();
    return world
        .access
        .keys()
        .issue(
            "acme", new KeyGrant("crm", kind, Set.of(Scope.READ), recipients, 100, expires), "ada");
  }

  private Admission admit(String text) {
    return world.access.gatekeeper().admit("Bearer " + text, HERE);
  }

  private Admission admit(ApiKeys.Issued issued) {
    return admit(issued.text().reveal());
  }

  /** A text that passes the check, as only somebody with the installation's secret can make it. */
  private String madeUp(String id) {
    byte[] secret = new byte[KeyTexts.SECRET_BYTES];
    random.nextBytes(secret);
    return texts.write(KeyKind.LIVE, id, secret).reveal();
  }

  private static String wrong(int number) {
    return "beckon_live_%012d_%043d_00000000".formatted(number, number);
  }

  private void watch() {
    world.cuts.arm(1_000_000, Cuts.Side.BEFORE);
  }

  private List<String> trips(String port) {
    return world.cuts.steps().stream().filter(step -> step.startsWith(port)).toList();
  }

  @Test
  void admit_rightKey_isItsCaller() {
    ApiKeys.Issued issued = issue(KeyKind.LIVE, null);

    assertThat(admit(issued))
        .isEqualTo(
            new Admission.Known(
                new Caller(
                    "acme",
                    "acme",
                    "key " + issued.key().id() + " (crm)",
                    issued.key().id(),
                    KeyKind.LIVE,
                    Set.of(Scope.READ),
                    Set.of()),
                new Allowance(true, 100, 99, 60)));
  }

  @Test
  void admit_testKey_actsInTheTwin() {
    assertThat(((Admission.Known) admit(issue(KeyKind.TEST, null))).caller())
        .extracting(Caller::account, Caller::home)
        .containsExactly("acme~test", "acme");
  }

  @Test
  void admit_teamKey_knowsWhomItMayReach() {
    assertThat(((Admission.Known) admit(issue(KeyKind.TEAM, null))).caller().recipients())
        .containsExactly("k1:aa");
  }

  @Test
  void admit_schemeInOtherLetters_isTaken() {
    String text = issue(KeyKind.LIVE, null).text().reveal();

    assertThat(world.access.gatekeeper().admit("bearer  " + text + " ", HERE))
        .isInstanceOf(Admission.Known.class);
    assertThat(world.access.gatekeeper().admit("Basic " + text, HERE))
        .isInstanceOf(Admission.Refused.class);
  }

  @Test
  void admit_nothing_isToldHowToSendAKey() {
    assertThat(world.access.gatekeeper().admit("", HERE))
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> assertThat(refused.detail()).contains("Authorization: Bearer"));
  }

  @Test
  void admit_allThatIsWrong_getsTheVerySameReply() {
    ApiKeys.Issued revoked = issue(KeyKind.LIVE, null);
    world.access.keys().revoke("acme", revoked.key().id(), "ada");
    ApiKeys.Issued expired = issue(KeyKind.LIVE, world.clock.instant().plusSeconds(5));
    world.clock.advance(Duration.ofSeconds(5));
    ApiKeys.Issued right = issue(KeyKind.LIVE, null);
    String otherKind = right.text().reveal().replace("_live_", "_team_");

    List<Admission> replies =
        List.of(
            admit(revoked),
            admit(expired),
            admit(madeUp("nobodysid000")),
            admit(madeUp(right.key().id())),
            admit(otherKind),
            admit(wrong(1)),
            admit("eyJhbGciOiJub25lIn0.e30."),
            admit("x"));

    assertThat(replies).hasOnlyElementsOfType(Admission.Refused.class);
    assertThat(Set.copyOf(replies)).hasSize(1);
  }

  @Test
  void admit_revoked_isRefusedTenSecondsLaterAtTheLatest() {
    ApiKeys.Issued issued = issue(KeyKind.LIVE, null);
    assertThat(admit(issued)).isInstanceOf(Admission.Known.class);
    world.clock.advance(Duration.ofSeconds(9));
    assertThat(admit(issued)).isInstanceOf(Admission.Known.class);

    world.access.keys().revoke("acme", issued.key().id(), "ada");
    world.clock.advance(Duration.ofSeconds(1));

    assertThat(admit(issued)).isInstanceOf(Admission.Refused.class);
    assertThat(world.eventCodes()).containsExactly("key-created", "key-revoked");
  }

  @Test
  void admit_expiresWhileItIsKnown_isRefusedFromThatMomentOn() {
    ApiKeys.Issued issued = issue(KeyKind.LIVE, world.clock.instant().plusSeconds(2));
    assertThat(admit(issued)).isInstanceOf(Admission.Known.class);

    world.clock.advance(Duration.ofSeconds(2));

    assertThat(admit(issued)).isInstanceOf(Admission.Refused.class);
  }

  @Test
  void admit_madeAMomentAgo_isTakenAtOnce() {
    String text = madeUp("newcomer0000");
    assertThat(admit(text)).isInstanceOf(Admission.Refused.class);

    assertThat(admit(issue(KeyKind.LIVE, null))).isInstanceOf(Admission.Known.class);
  }

  @Test
  void admit_manyWrongKeys_neverAskTheStoreAndHinderNoRightOne() throws Exception {
    ApiKeys.Issued issued = issue(KeyKind.LIVE, null);
    watch();

    List<List<Admission>> all =
        Together.run(
            8,
            thread ->
                IntStream.range(0, 100)
                    .mapToObj(i ->
                        thread == 0 && i % 2 == 0
                            ? admit(issued)
                            : world
                                .access
                                .gatekeeper()
                                .admit("Bearer " + wrong(thread * 100 + i), i % 3 == 0 ? "" : HERE))
                    .toList());

    List<Admission> admissions = all.stream().flatMap(List::stream).toList();
    assertThat(admissions.stream().filter(Admission.Known.class::isInstance)).hasSize(50);
    assertThat(trips("ApiKeyStore")).containsExactly("ApiKeyStore.find", "ApiKeyStore.used");
    assertThat(trips("EventLog")).hasSize(1);
  }

  @Test
  void admit_rightKeyNotSeenBefore_isKnownThoughItsSourceIsRefused() {
    ApiKeys.Issued issued = issue(KeyKind.LIVE, null);
    for (int i = 0; i < 40; i++) {
      admit(wrong(i));
    }

    assertThat(admit(issued)).isInstanceOf(Admission.Known.class);
    assertThat(admit(wrong(1)))
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> assertThat(refused.retryAfterSeconds()).isBetween(1, 60));
  }

  @Test
  void admit_tooManyWrongKeys_waitsForTheNextMinuteAndConcernsNoOtherSource() {
    for (int i = 0; i < WrongKeys.MOST_PER_MINUTE; i++) {
      assertThat(((Admission.Refused) admit(wrong(i))).retryAfterSeconds()).isZero();
    }
    world.clock.advance(Duration.ofSeconds(20));
    assertThat(((Admission.Refused) admit(wrong(1))).retryAfterSeconds()).isEqualTo(40);
    assertThat(
            ((Admission.Refused) world.access.gatekeeper().admit("Bearer " + wrong(1), "192.0.2.2"))
                .retryAfterSeconds())
        .isZero();
    assertThat(world.eventCodes()).containsExactly("wrong-keys");

    world.clock.advance(Duration.ofSeconds(40));

    assertThat(((Admission.Refused) admit(wrong(1))).retryAfterSeconds()).isZero();
  }

  @Test
  void admit_revokedKeyAgainAndAgain_asksTheStoreEveryTenSeconds() {
    ApiKeys.Issued issued = issue(KeyKind.LIVE, null);
    world.access.keys().revoke("acme", issued.key().id(), "ada");
    watch();

    for (int i = 0; i < 40; i++) {
      admit(issued);
      world.clock.advance(Duration.ofSeconds(1));
    }

    assertThat(trips("ApiKeyStore")).hasSize(4).containsOnly("ApiKeyStore.find");
  }

  @Test
  void admit_useOfAKey_isNotedOnceAMinute() {
    ApiKeys.Issued issued = issue(KeyKind.LIVE, null);
    watch();

    for (int i = 0; i < 60; i++) {
      admit(issued);
      world.clock.advance(Duration.ofSeconds(3));
    }

    assertThat(trips("ApiKeyStore.used")).hasSize(3);
    assertThat(
            world.access.keys().list("acme", Set.of(KeyKind.LIVE), "", 1).getFirst().lastUsedAt())
        .isEqualTo(Instant.parse("2026-03-02T09:02:00Z"));
  }

  @Test
  void admit_useIsNotNoted_letsTheRightKeyIn() {
    ApiKeys.Issued issued = issue(KeyKind.LIVE, null);
    world.cuts.arm(1, Cuts.Side.BEFORE);

    assertThat(admit(issued)).isInstanceOf(Admission.Known.class);
    assertThat(world.cuts.disarm()).isTrue();
  }

  @Test
  void admit_storeDoesNotAnswer_saysNothingOfTheKeyAndAsksAgain() {
    ApiKeys.Issued issued = issue(KeyKind.LIVE, null);
    world.cuts.arm(0, Cuts.Side.BEFORE);

    assertThatThrownBy(() -> admit(issued)).isInstanceOf(Cuts.Cut.class);
    assertThat(admit(issued)).isInstanceOf(Admission.Known.class);
  }

  @Test
  void revoke_keyOfAnotherAccount_isNoneOfTheirs() {
    ApiKeys.Issued issued = issue(KeyKind.LIVE, null);

    assertThat(world.access.keys().revoke("other", issued.key().id(), "eve")).isEmpty();
    assertThat(admit(issued)).isInstanceOf(Admission.Known.class);
    assertThat(world.eventCodes()).containsExactly("key-created");
  }
}
