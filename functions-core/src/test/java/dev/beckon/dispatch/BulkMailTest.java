package dev.beckon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Parcel;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SharedMail;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vendor that takes shared mails gets full calls of one template each. */
class BulkMailTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private World world;
  private final List<List<OutboundMessage>> calls = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void open() {
    world = MONGO.world();
    world.vendor.takeSharedMail();
    world.vendor.meanwhile(calls::add);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void dispatch_mail_isWhatAVendorOfSingleMailsWouldGet() {
    String parcel = world.filled(1);

    world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());

    String token = world.invitation(1).token();
    Content.BulkEmail mail = (Content.BulkEmail) calls.getFirst().getFirst().content();
    assertThat(mail.values()).containsExactly("Ada", "", token);
    assertThat(mail.single())
        .isEqualTo(
            new Content.Email(
                "Hello",
                "Ada  https://survey.example/" + token,
                null,
                URI.create("https://beckon.example/u/" + token)));
  }

  @Test
  void dispatch_twoLanguages_callsOfOneTemplateAndFullWhereEnoughWait() {
    twoLanguages();
    List<Row> rows =
        IntStream.rangeClosed(1, 300)
            .mapToObj(number ->
                new Row(
                    number,
                    Map.of(Channel.EMAIL, "guest" + number + "@example.org"),
                    Map.of("first_name", "Ada"),
                    number % 2 == 0 ? "en" : "de",
                    "DE"))
            .toList();
    world.intake.accept(world.request(World.BATCH, "0", rows));

    world.dispatch.dispatcher().dispatch(List.of(World.BATCH + ".0.0"), world.deadline());

    assertThat(calls).extracting(List::size).containsExactlyInAnyOrder(100, 100, 50, 50);
    for (List<OutboundMessage> call : calls) {
      Set<SharedMail> mails = new HashSet<>();
      call.forEach(message -> mails.add(((Content.BulkEmail) message.content()).mail()));
      assertThat(mails).hasSize(1);
    }
    assertThat(world.vendor.references()).hasSize(300).doesNotHaveDuplicates();
  }

  /** A parcel's worth a call: a hundred thousand mails take fifty. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dispatch_fullParcels_aCallEach(boolean together) {
    world.vendor.maxBatch(Parcel.MOST_ROWS);
    world.intake.accept(world.request(World.BATCH, "0", World.rows(2 * Parcel.MOST_ROWS)));
    List<String> parcels = List.of(World.BATCH + ".0.0", World.BATCH + ".0.1");

    if (together) {
      world.dispatch.dispatcher().dispatch(parcels, world.deadline());
    } else {
      for (String parcel : parcels) {
        world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());
      }
    }

    assertThat(calls).extracting(List::size).containsExactly(2_000, 2_000);
    assertThat(world.vendor.references()).hasSize(4_000).doesNotHaveDuplicates();
    assertThat(world.state(4_000)).isEqualTo(InvitationState.SENT);
  }

  private void twoLanguages() {
    world.store(
        """
        {"id": "acme",
         "vendorAccounts": {"mail": {"vendor": "scripted", "settings": {}}},
         "dispatches": {"stay": {
           "routes": [{"channel": "email", "vendors": ["mail"]}],
           "templates": {
             "en": {"email": {"subject": "Hello", "text": "{{ first_name }} {{ survey_link }}"}},
             "de": {"email": {"subject": "Hallo", "text": "{{ first_name }} {{ survey_link }}"}}},
           "surveyLink": "https://survey.example/{token}",
           "fields": {"first_name": {"required": true}}}},
         "feeds": {}}
        """);
  }
}
