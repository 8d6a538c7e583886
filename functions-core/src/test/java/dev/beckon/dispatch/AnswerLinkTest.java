package dev.beckon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.vendor.Content;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A question answered by a link of the message itself. */
class AnswerLinkTest {
  private static final String ACCOUNT =
      """
      {"id": "acme",
       "vendorAccounts": {"mail": {"vendor": "scripted", "settings": {}}},
       "dispatches": {"stay": {
         "routes": [{"channel": "email", "vendors": ["mail"]}],
         "templates": {"en": {"email": {
           "subject": "Hello",
           "text": "%s{{ answer_link }}?nps=9",
           "html": "<p>%s<a href='{{ answer_link }}?nps=9&amp;again=true'>nine</a></p>"}}},
         "surveyLink": "https://survey.example/{token}?s={signature}",
         "fields": {"first_name": {}, "signature": {}}}},
       "feeds": {}}
      """;

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private World world;

  @BeforeEach
  void open() {
    world = HOST.world();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private List<Content> sent(String before) {
    world.store(ACCOUNT.formatted(before, before));
    String parcel = world.filled(2);
    world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());
    return world.vendor.given().stream().map(message -> message.content()).toList();
  }

  private Content.Email expected(int row) {
    String token = world.invitation(row).token();
    String link = "https://beckon.example/a/" + token + "/" + world.signatures.of(token);
    return new Content.Email(
        "Hello",
        link + "?nps=9",
        "<p><a href='" + link + "?nps=9&amp;again=true'>nine</a></p>",
        URI.create("https://beckon.example/u/" + token));
  }

  @Test
  void render_everyRecipient_getsTheirOwnLink() {
    assertThat(sent("")).containsExactlyInAnyOrder(expected(1), expected(2));
  }

  /** Of the link only token and signature travel with each recipient. */
  @Test
  void lift_sharedMail_isWhatAVendorOfSingleMailsWouldGet() {
    world.vendor.takeSharedMail();

    List<Content> mails = sent("");

    assertThat(mails)
        .extracting(mail -> ((Content.BulkEmail) mail).single())
        .containsExactlyInAnyOrder(expected(1), expected(2));
    String token = world.invitation(1).token();
    assertThat(mails)
        .extracting(mail -> ((Content.BulkEmail) mail).values())
        .contains(List.of(token, world.signatures.of(token)));
    assertThat(mails)
        .extracting(mail -> ((Content.BulkEmail) mail).mail())
        .containsOnly(((Content.BulkEmail) mails.getFirst()).mail());
  }

  @Test
  void lift_templateWithBlocks_hasTheLinkToo() {
    world.vendor.takeSharedMail();

    assertThat(sent("{% if nobody %}x{% endif %}".replace("nobody", "first_name == 'x'")))
        .extracting(mail -> ((Content.BulkEmail) mail).single())
        .containsExactlyInAnyOrder(expected(1), expected(2));
  }

  /** A field of the dispatch keeps its name in the survey link. */
  @Test
  void surveyLink_fieldNamedSignature_isTheField() {
    world.store(
        ACCOUNT.formatted("{{ survey_link }} ", "").replace("{{ answer_link }}?nps=9\"", "\""));
    String parcel = world.filled(1);
    world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());

    Content.Email mail = (Content.Email) world.vendor.given().getFirst().content();
    assertThat(mail.text())
        .isEqualTo("https://survey.example/" + world.invitation(1).token() + "?s= ");
  }
}
