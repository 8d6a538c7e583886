package dev.beckon.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.filedrop.ImportFigures;
import dev.beckon.filedrop.ImportStore;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.filedrop.SignedRequests;
import dev.beckon.filedrop.Uploads;
import dev.beckon.invitation.InvitationState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file sent to the bucket by a signed form goes the whole way that a dropped one goes. */
class UploadTest {
  private static final String FILE =
      """
      email,first_name,last_name,language,city,store
      lena.krueger@example.com,Lena,Krüger,de,Berlin,Hackescher Markt
      nobody,Nob,Ody,de,Berlin,Hackescher Markt
      oscar.whitaker@example.org,Oscar,Whitaker,en,Dublin,Portobello
      """;

  @TempDir Path folder;

  @Test
  void upload_bySignedForm_isImportedAndSent() throws Exception {
    try (Rig rig = Rig.start(folder, 0, 0, Duration.ZERO)) {
      rig.worker();
      Uploads.Offer offer = offer(rig);
      assertThat(SignedRequests.send(tampered(offer.request()), FILE.getBytes(UTF_8)))
          .isEqualTo(403);
      assertThat(SignedRequests.send(offer.request(), "x".repeat(2_000).getBytes(UTF_8)))
          .isEqualTo(400);
      assertThat(rig.stores().imports().newest(9)).isEmpty();

      assertThat(SignedRequests.send(offer.request(), FILE.getBytes(UTF_8))).isEqualTo(204);
      rig.await(1);

      ImportFigures figures = rig.cloud.application().imports().importFigures();
      String account = rig.stores().accounts().ofFeed("store-visits").orElseThrow().id();
      ImportFigures.Standing standing =
          figures.of(
              figures
                  .page(new ImportStore.Wanted(account, null, null, offer.id()), null, 2)
                  .getFirst()
                  .dropped()
                  .id());
      assertThat(standing.percent()).isEqualTo(100);
      assertThat(standing.dropped().givenName()).isEqualTo("Gäste.csv");
      assertThat(standing.states()).containsOnly(Map.entry(InvitationState.SENT, 2L));
      assertThat(standing.refused().values()).containsExactly(1);
      assertThat(rig.cloud.smtp().ledger().total()).isEqualTo(2);
    }
  }

  private static Uploads.Offer offer(Rig rig) {
    return rig.cloud
        .application()
        .imports()
        .uploads()
        .offer(
            rig.cloud.tickets(),
            rig.stores().accounts().ofFeed("store-visits").orElseThrow().id(),
            "store-visits",
            "Gäste.csv",
            1_000,
            false,
            "ann");
  }

  private static ObjectTickets.Upload tampered(ObjectTickets.Upload upload) {
    Map<String, String> fields = new HashMap<>(upload.fields());
    fields.put("key", "deliveries/incoming/other.csv");
    return new ObjectTickets.Upload(
        upload.method(),
        upload.url(),
        fields,
        upload.headers(),
        upload.expiresAt(),
        upload.mostBytes());
  }
}
