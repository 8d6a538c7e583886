package dev.beckon.notices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ToldByTheTimerTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final String ACCOUNT =
      Plant.ACCOUNT.replace(
          "\"name\": \"Acme\",",
          "\"name\": \"Acme\", \"notices\":"
              + " {\"ops\": {\"to\": [\"ops@acme.example\"], \"vendor\": \"other\"}},");

  @Test
  void sweep_refusedImport_isToldOnce() {
    try (Plant plant = MONGO.plant()) {
      plant.application.configure(ACCOUNT);
      plant.application.sweep(plant.deadline());
      plant.drop("stays/incoming/guests.csv", "no,such\nheader,here\n");
      for (int i = 0; i < 3; i++) {
        plant.clock.advance(Duration.ofMinutes(20));
        plant.application.sweep(plant.deadline());
      }

      assertThat(plant.vendor.given()).hasSize(1);
      OutboundMessage mail = plant.vendor.given().getFirst();
      assertThat(mail.to().address()).isEqualTo("ops@acme.example");
      assertThat(mail.content())
          .isInstanceOfSatisfying(
              Content.Email.class,
              email -> {
                assertThat(email.subject()).isEqualTo("[Beckon acme] 1 error: import-refused");
                assertThat(email.text())
                    .contains("stays", "GET https://beckon.example/v1/events?level=ERROR&since=");
              });
    }
  }
}
