package dev.beckon.dispatch;

import static dev.beckon.bed.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.Account;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Lane;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Secrets of vendor accounts that change, vanish or cannot be read. */
class VendorSecretsTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final SendResult BAD_KEY = SendResult.of(SendCode.BAD_CONFIGURATION, "HTTP 401");

  private World world;
  private Dispatcher dispatcher;

  @BeforeEach
  void open() {
    world = MONGO.world();
    world.secrets.put("acme-key", "one");
    world.secrets.put("other-key", "two");
    configure("acme", "");
    configure("other", "");
    dispatcher = world.dispatch.dispatcher();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void configure(String account, String backup) {
    world.store(
        """
        {"id": "%1$s",
         "vendorAccounts": {
           "mail": {"vendor": "scripted", "settings": {"key": "secret://%1$s-key"}},
           "backup": {"vendor": "scripted-sms", "settings": {}}},
         "dispatches": {"stay": {
           "routes": [{"channel": "email", "vendors": ["mail"%2$s]}],
           "templates": {"en": {"email": {"subject": "Hello", "text": "{{ survey_link }}"}}},
           "surveyLink": "https://survey.example/{token}",
           "fields": {"first_name": {}}}}}
        """
            .formatted(account, backup));
  }

  /** Accepts a row and returns its parcel. */
  private String filled(String account, String batch) {
    Account to = world.accounts.find(account).orElseThrow();
    world.intake.accept(
        new IntakeRequest(
            to,
            to.requireDispatch("stay"),
            batch,
            "0",
            Lane.BULK,
            world.clock.instant(),
            List.of(World.row(1, batch + "@example.org"))));
    return batch + ".0.0";
  }

  private InvitationState state(String batch) {
    return world.invitation(Invitation.id(batch, 1)).state();
  }

  @Test
  void dispatch_vendorRefusesTheKey_nextRowGoesOutWithTheNewOne() {
    dispatcher.dispatch(List.of(filled("acme", "b0")), world.deadline());
    world.secrets.put("acme-key", "rotated");
    world.vendor.answers(id(1), BAD_KEY);

    dispatcher.dispatch(List.of(filled("acme", World.BATCH)), world.deadline());
    dispatcher.dispatch(List.of(filled("acme", "b2")), world.deadline());

    assertThat(world.vendor.keys()).containsExactly("one", "rotated");
    assertThat(state("b2")).isEqualTo(InvitationState.SENT);
  }

  @Test
  void dispatch_keyCannotBeRead_rowsWaitAndOtherAccountsGoOut() {
    world.secrets.cutOff("acme-key");
    String waits = filled("acme", World.BATCH);
    String goes = filled("other", "b2");

    assertThat(dispatcher.dispatch(List.of(waits, goes), world.deadline())).containsExactly(waits);

    assertThat(state(World.BATCH)).isEqualTo(InvitationState.ACCEPTED);
    assertThat(state("b2")).isEqualTo(InvitationState.SENT);

    world.secrets.mend("acme-key");
    assertThat(dispatcher.dispatch(List.of(waits), world.deadline())).isEmpty();
    assertThat(state(World.BATCH)).isEqualTo(InvitationState.SENT);
  }

  @Test
  void dispatch_keyCannotBeReadAndThereIsABackup_goesOutThere() {
    configure("acme", ", \"backup\"");
    world.secrets.cutOff("acme-key");

    dispatcher.dispatch(List.of(filled("acme", World.BATCH)), world.deadline());

    assertThat(state(World.BATCH)).isEqualTo(InvitationState.SENT);
    assertThat(world.texts.references()).containsExactly(id(1));
    assertThat(world.eventCodes()).contains("dispatch-unconfigured");
  }

  @Test
  void dispatch_keyGoneOrUnreadableLater_whatWasBuiltGoesOn() {
    dispatcher.dispatch(List.of(filled("acme", World.BATCH)), world.deadline());
    world.secrets.remove("acme-key");
    dispatcher.dispatch(List.of(filled("acme", "b2")), world.deadline());
    world.secrets.cutOff("acme-key");
    world.clock.advance(Duration.ofMinutes(10));
    dispatcher.dispatch(List.of(filled("acme", "b3")), world.deadline());

    assertThat(List.of(state("b2"), state("b3"))).containsOnly(InvitationState.SENT);
    assertThat(world.vendor.keys()).containsExactly("one");
  }
}
