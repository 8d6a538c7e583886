package dev.beckon.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.servers.MessageBirdServer;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample goes out as mail, bulk mail and text through the real handlers; every row is accounted
 * for.
 */
class MainJobTest {
  @TempDir static Path folder;
  private static Rig rig;
  private static Progress end;

  /** Message-ID's local part (our invitation id) → mail. */
  private static final Map<String, MimeMessage> MAILS = new HashMap<>();

  @BeforeAll
  static void run() throws Exception {
    rig = Rig.start(folder, 0, 0, Duration.ZERO);
    rig.worker();
    rig.drop(
        "store-visits/incoming/customers.csv",
        Files.readAllBytes(Rig.SAMPLES.resolve("customers.csv")));
    rig.drop(
        "deliveries/incoming/deliveries.csv",
        Files.readAllBytes(Rig.SAMPLES.resolve("deliveries.csv")));
    rig.drop(
        "service-calls/incoming/callers.tsv",
        Files.readAllBytes(Rig.SAMPLES.resolve("callers.tsv")));
    end = rig.untilFinished(3);
    try (Stream<Path> files = Files.list(folder.resolve("mails"))) {
      for (Path file : files.toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), in);
          MAILS.put(mail.getMessageID().replaceAll("^<|@.*$", ""), mail);
        }
      }
    }
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @Test
  void sums_sampleFiles_areThoseTheSampleStates() {
    assertThat(rig.sumsThatDisagree(end)).isEmpty();
    assertThat(end.states())
        .isEqualTo(
            Map.of(
                InvitationState.SENT, 959L + 1454L + 238L,
                InvitationState.DUPLICATE, 12L + 19L + 3L));
    assertThat(end.imports())
        .extracting(i -> i.totals().refused().values().stream().mapToInt(n -> n).sum())
        .containsExactlyInAnyOrder(29, 27, 9);
    assertThat(MAILS).hasSize(959);
  }

  @Test
  void bulkMails_goOutInFewCalls_expandedWithTheirOwnValues() {
    assertThat(rig.cloud.sparkPost().ledger().total()).isEqualTo(1454);
    assertThat(rig.cloud.sparkPost().calls()).hasSizeLessThan(20);
    assertThat(rig.cloud.sparkPost().mails())
        .isNotEmpty()
        .allSatisfy(mail -> {
          assertThat(mail.html())
              .contains("https://survey.example/", "order=AA-7")
              .doesNotContain("{{", "<decaf>");
          assertThat(mail.text()).contains("AA-7").doesNotContain("{{", "&amp;");
          assertThat(mail.unsubscribe()).contains("/u/");
        });
  }

  @Test
  void texts_areSentInTheAlphabetTheyNeed() {
    assertThat(rig.cloud.messageBird().kept())
        .hasSize(238)
        .allSatisfy(text -> {
          assertThat(text.originator()).isEqualTo("AcmeAmsel");
          assertThat(text.body()).contains("https://survey.example/").doesNotContain("{{");
        })
        .extracting(MessageBirdServer.Text::datacoding)
        .contains("plain", "unicode");
  }

  @Test
  void mail_ofEverySentRow_carriesItsOwnLinks() throws Exception {
    for (Map.Entry<String, MimeMessage> entry : MAILS.entrySet()) {
      Invitation row = rig.stores().invitations().load(List.of(entry.getKey())).getFirst();
      String html = html(entry.getValue());
      String text = text(entry.getValue());
      assertThat(html).contains("https://survey.example/" + row.token());
      assertThat(text).contains("https://survey.example/" + row.token(), "/u/" + row.token());
      assertThat(entry.getValue().getHeader("List-Unsubscribe", null))
          .contains("/u/" + row.token());
      assertThat(html)
          .contains(row.language().equals("de") ? "Wie war Ihr Kaffee?" : "How was your coffee?");
    }
  }

  @Test
  void mail_hostileCells_areInert() throws Exception {
    boolean marked = false;
    for (MimeMessage mail : MAILS.values()) {
      String html = html(mail);
      assertThat(html)
          .doesNotContainIgnoringCase("<script")
          .doesNotContainIgnoringCase("javascript:");
      marked |= html.contains("&lt;script&gt;");
    }
    assertThat(marked).as("the customer whose name is markup got a mail").isTrue();
  }

  @Test
  void refusedRows_areAFileWithNeutralCells() throws Exception {
    String key =
        end.imports().stream()
            .filter(i -> i.feed().equals("store-visits"))
            .findFirst()
            .orElseThrow()
            .refusedRowsKey();
    try (InputStream in = rig.cloud.bucket().read(key).orElseThrow()) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).hasSize(1 + 29);
      assertThat(lines.getFirst()).isEqualTo("row,field,code,reason,value");
      assertThat(lines)
          .anySatisfy(line ->
              assertThat(line)
                  .startsWith("442,row,row-unreadable,\"has 13 columns, the header has 12"));
    }
  }

  @Test
  void unsubscribeLink_clicked_suppressesTheRecipientOnly() throws Exception {
    Map.Entry<String, MimeMessage> one = MAILS.entrySet().iterator().next();
    String link = one.getValue().getHeader("List-Unsubscribe", null).replaceAll("[<>]", "");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> page =
          http.send(
              HttpRequest.newBuilder(URI.create(link)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(200);
      Invitation row = rig.stores().invitations().load(List.of(one.getKey())).getFirst();
      assertThat(rig.stores().suppressions().among("acme", List.of(row.hash())))
          .as("looking changes nothing")
          .isEmpty();
      HttpResponse<String> done =
          http.send(
              HttpRequest.newBuilder(URI.create(link))
                  .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(done.statusCode()).isEqualTo(200);
      assertThat(rig.stores().suppressions().among("acme", List.of(row.hash())))
          .containsExactly(row.hash());
      assertThat(
              http.send(
                      HttpRequest.newBuilder(URI.create(rig.cloud.publicUrl() + "/healthz"))
                          .build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body())
          .isEqualTo("ok\n");
    }
  }

  @Test
  void journal_ofASentRow_tellsItsStory() {
    Invitation row =
        rig.stores().invitations().load(List.of(MAILS.keySet().iterator().next())).getFirst();
    assertThat(row.journal())
        .extracting("state")
        .containsExactly(InvitationState.ACCEPTED, InvitationState.SENDING, InvitationState.SENT);
    assertThat(row.attempts()).isEqualTo(1);
  }

  @Test
  void logAndEvents_ofTheWholeRun_holdNoAddressOrName() throws Exception {
    String log = Files.readString(folder.resolve("worker-0.log"));
    assertThat(log).doesNotContain("@example.", "@mail.example", "+49");
    assertThat(rig.stores().events().newest(1_000))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.message()).doesNotContain("@"));
  }

  private static String html(MimeMessage mail) throws Exception {
    return String.valueOf(((Multipart) mail.getContent()).getBodyPart(1).getContent());
  }

  private static String text(MimeMessage mail) throws Exception {
    return String.valueOf(((Multipart) mail.getContent()).getBodyPart(0).getContent());
  }
}
