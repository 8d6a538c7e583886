package dev.beckon.filedrop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FileNamesTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final Plant plant = MONGO.plant();

  @AfterEach
  void close() {
    plant.close();
  }

  @Test
  void created_upperCaseNameWithDots_isAcceptedAndKeepsItsName() {
    plant.application.configure(Plant.ACCOUNT);

    drop("Guests.of.May.CSV", "ada@example.org");

    assertThat(plant.vendor.given()).hasSize(1);
    assertThat(processed()).hasSize(1).allMatch(key -> key.endsWith("-Guests.of.May.CSV"));
  }

  @Test
  void created_sameNameTwice_keepsBothFiles() {
    plant.application.configure(Plant.ACCOUNT);

    drop("guests.csv", "ada@example.org");
    drop("guests.csv", "eve@example.org");

    assertThat(plant.vendor.given()).hasSize(2);
    assertThat(processed()).hasSize(2).allMatch(key -> key.endsWith("-guests.csv"));
  }

  /** Nobody shall look for a file that was left lying because of a sign in its name. */
  @Test
  void created_lineBreakInTheName_isAccepted() {
    plant.application.configure(Plant.ACCOUNT);

    drop("guests\nof May.csv", "ada@example.org");

    assertThat(plant.vendor.given()).hasSize(1);
  }

  /** One event's key that fails never keeps the other files of the same event waiting. */
  @Test
  void created_oneKeyFails_theOthersAreTakenFirst() {
    plant.application.configure(Plant.ACCOUNT);
    plant.objects.write("stays/incoming/a.csv", content("ada@example.org"));
    plant.objects.write("stays/incoming/b.csv", content("eve@example.org"));
    plant.cuts.before(
        "info",
        () -> {
          throw new IllegalStateException("the bucket is away");
        });
    List<String> keys = List.of("stays/incoming/a.csv", "stays/incoming/b.csv");

    assertThatThrownBy(() -> plant.application.fileDrop(keys, List.of(), plant.deadline()))
        .as("the event is delivered again")
        .hasMessageContaining("away");
    plant.runQueues();

    assertThat(processed()).hasSize(1).allMatch(key -> key.endsWith("-b.csv"));
  }

  private void drop(String name, String address) {
    assertThat(plant.drop("stays/incoming/" + name, content(address))).isZero();
  }

  private static byte[] content(String address) {
    return ("email,first_name\n" + address + ",Ada\n").getBytes(UTF_8);
  }

  private List<String> processed() {
    return plant.objects.list().keySet().stream()
        .filter(key -> key.startsWith("stays/processed/"))
        .toList();
  }
}
