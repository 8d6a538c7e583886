package dev.beckon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangedAccountTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  @Test
  void dispatch_accountChanged_usesTheNewVersionWithoutARestart() {
    try (Plant plant = MONGO.plant()) {
      plant.application.configure(Plant.ACCOUNT);
      plant.drop("stays/incoming/a.csv", "email,first_name\nada@example.org,Ada\n");

      plant.application.configure(Plant.ACCOUNT.replace("Hello", "Welcome"));
      plant.drop("stays/incoming/b.csv", "email,first_name\neve@example.org,Eve\n");

      assertThat(plant.vendor.given())
          .extracting(OutboundMessage::content)
          .extracting(content -> ((Content.Email) content).subject())
          .containsExactly("Hello Ada", "Welcome Eve");
    }
  }
}
