package dev.beckon.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.feedback.Unsubscribe;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Retention;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Recipient;
import dev.beckon.parcel.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TestTwinTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final String ADA = "ada@example.org";

  private World world;

  @BeforeEach
  void start() {
    world = MONGO.world();
    world.configure("{\"fatigue\": \"P30D\"}");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private Account twin() {
    return world.accounts.find("acme~test").orElseThrow();
  }

  /** Takes rows in and sends them. */
  private List<Invitation> asked(Account account, String batch, Row... rows) {
    Dispatch stay = account.requireDispatch("stay");
    world.intake.accept(
        new IntakeRequest(
            account, stay, batch, "0", Lane.PRIORITY, world.clock.instant(), List.of(rows)));
    world.dispatch.dispatcher().dispatch(List.of(batch + ".0.0"), world.deadline());
    return world.invitations.load(
        List.of(rows).stream().map(row -> Invitation.id(batch, row.number())).toList());
  }

  @Test
  void names_twinAndHome_leadToEachOther() {
    assertThat(TestTwin.of("acme")).isEqualTo("acme~test");
    assertThat(TestTwin.of("acme~test")).isEqualTo("acme~test");
    assertThat(TestTwin.home("acme~test")).isEqualTo("acme");
    assertThat(TestTwin.home("acme")).isEqualTo("acme");
    assertThat(TestTwin.is("acme~test")).isTrue();
    assertThat(TestTwin.is("acme-test")).isFalse();
  }

  @Test
  void find_twin_hasTheSameDispatchesAndNoWayToAnybody() {
    Dispatch stay = twin().requireDispatch("stay");

    assertThat(stay.templates()).isEqualTo(world.stay().templates());
    assertThat(stay.policy()).isEqualTo(world.stay().policy());
    assertThat(stay.routes())
        .containsExactly(
            new Route(Channel.EMAIL, List.of("simulator")),
            new Route(Channel.SMS, List.of("simulator")));
    assertThat(twin().vendorAccounts().values())
        .extracting(VendorAccount::vendor)
        .containsExactly("simulator");
    assertThat(twin().feeds()).isEmpty();
    assertThat(twin().notices()).isEmpty();
    assertThat(world.accounts.find("other~test")).isEmpty();
  }

  @Test
  void find_twin_isMadeOncePerVersion() {
    Account first = twin();

    assertThat(twin()).isSameAs(first);
    world.configure("{\"fatigue\": \"P31D\"}");
    assertThat(twin().version()).isEqualTo(first.version() + 1);
    assertThat(twin().requireDispatch("stay").policy().fatigue()).isEqualTo(Duration.ofDays(31));
  }

  @Test
  void all_isWithoutTwins_unlessAskedFor() {
    assertThat(world.accounts.all()).extracting(Account::id).containsExactly("acme");
    assertThat(world.accounts.allWithTwins())
        .extracting(Account::id)
        .containsExactly("acme", "acme~test");
  }

  @Test
  void dispatch_rowsOfATwin_reachTheSimulatorAlone() {
    List<Invitation> rows =
        asked(
            twin(),
            "t1",
            World.row(1, ADA),
            new Row(
                2, Map.of(Channel.SMS, "+4915112345678"), Map.of("first_name", "Bo"), null, "DE"));

    assertThat(rows).extracting(Invitation::state).containsOnly(InvitationState.SENT);
    assertThat(rows).extracting(Invitation::account).containsOnly("acme~test");
    assertThat(world.simulator.references())
        .containsExactlyInAnyOrder(Invitation.id("t1", 1), Invitation.id("t1", 2));
    assertThat(world.vendor.given()).isEmpty();
    assertThat(world.texts.given()).isEmpty();
  }

  @Test
  void contacts_ofTwinAndHome_areApart() {
    assertThat(asked(twin(), "t1", World.row(1, ADA)).getFirst().state())
        .isEqualTo(InvitationState.SENT);
    assertThat(asked(world.account(), "b1", World.row(1, ADA)).getFirst().state())
        .isEqualTo(InvitationState.SENT);
    assertThat(asked(twin(), "t2", World.row(1, ADA)).getFirst().state())
        .isEqualTo(InvitationState.TOO_SOON);
    assertThat(world.vendor.references()).containsExactly(Invitation.id("b1", 1));
  }

  @Test
  void unsubscribe_inTheTwin_holdsInTheTwinAlone() {
    unsubscribe(asked(twin(), "t1", World.row(1, ADA)).getFirst());

    assertThat(asked(twin(), "t2", World.row(1, ADA)).getFirst().state())
        .isEqualTo(InvitationState.SUPPRESSED);
    assertThat(asked(world.account(), "b1", World.row(1, ADA)).getFirst().state())
        .isEqualTo(InvitationState.SENT);
  }

  @Test
  void unsubscribe_atHome_holdsAtHomeAlone() {
    unsubscribe(asked(world.account(), "b1", World.row(1, ADA)).getFirst());

    assertThat(asked(world.account(), "b2", World.row(1, ADA)).getFirst().state())
        .isEqualTo(InvitationState.SUPPRESSED);
    assertThat(asked(twin(), "t1", World.row(1, ADA)).getFirst().state())
        .isEqualTo(InvitationState.SENT);
  }

  private void unsubscribe(Invitation invitation) {
    Unsubscribe pages = new Unsubscribe(world.invitations, world.suppressed, world.clock);
    assertThat(pages.unsubscribe(invitation.token())).isTrue();
  }

  @Test
  void erase_inTheTwin_leavesTheHomesRows() {
    asked(twin(), "t1", World.row(1, ADA));
    asked(world.account(), "b1", World.row(1, ADA));

    world.erasure.erase("acme~test", List.of(new Recipient(Channel.EMAIL, ADA)), "ann");

    assertThat(world.invitation(Invitation.id("t1", 1)).sealed().isNone()).isTrue();
    assertThat(world.invitation(Invitation.id("b1", 1)).sealed().isNone()).isFalse();
  }

  @Test
  void retention_passed_forgetsTheTwinsRowsToo() {
    asked(twin(), "t1", World.row(1, ADA));
    world.clock.advance(Duration.ofDays(92));

    new Retention(
            world.accounts,
            world.invitations,
            world.contacts,
            world.keys,
            world.answers,
            world.clock)
        .run();

    assertThat(world.invitation(Invitation.id("t1", 1)).sealed().isNone()).isTrue();
    assertThat(world.keys.days("acme~test")).isEmpty();
  }
}
