package dev.beckon.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Telemetry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class JsonLinesTest {
  private static final Logger OURS = LoggerFactory.getLogger("dev.beckon.dispatch.Dispatcher");
  private static final Logger FOREIGN = LoggerFactory.getLogger("org.example.driver");

  @Test
  void line_ofOurs_hasItsFieldsAndThoseOfTheWork() throws IOException {
    try (LogLines log = new LogLines("INFO")) {
      Telemetry.NONE.run(
          "parcel",
          Map.of(Tag.PARCEL, "b1.0.0", Tag.ACCOUNT, "acme", Tag.REQUEST_ID, "r-1"),
          () -> OURS.info("parcel={} said=\"so\"\nand more", "b1.0.0"));
      OURS.info("afterwards");
      OURS.debug("too much");

      List<JsonNode> lines = log.lines();
      assertThat(lines).hasSize(2);
      JsonNode line = lines.getFirst();
      assertThat(Instant.parse(line.path("timestamp").asText())).isBefore(Instant.MAX);
      assertThat(line.path("level").asText()).isEqualTo("INFO");
      assertThat(line.path("logger").asText()).isEqualTo("dev.beckon.dispatch.Dispatcher");
      assertThat(line.path("message").asText()).isEqualTo("parcel=b1.0.0 said=\"so\"\nand more");
      assertThat(line.path("installation").asText()).isEqualTo("beckon-dev");
      assertThat(line.path("parcel").asText()).isEqualTo("b1.0.0");
      assertThat(line.path("account").asText()).isEqualTo("acme");
      assertThat(line.path("requestId").asText()).isEqualTo("r-1");
      assertThat(lines.getLast().has("parcel")).as("the work is over").isFalse();
    }
  }

  @Test
  void line_withAThrowable_tellsKindAndPlaceAndNotItsWords() throws IOException {
    try (LogLines log = new LogLines("INFO")) {
      try {
        Integer.parseInt("canary@example.org");
      } catch (NumberFormatException e) {
        OURS.error("it failed", e);
      }

      assertThat(log.text()).doesNotContain("canary").doesNotContain("For input string");
      assertThat(log.lines().getFirst().path("error").asText())
          .contains("java.lang.NumberFormatException");
    }
  }

  @Test
  void line_ofALibrary_isScrubbedAndOnlyOfWarnings() throws IOException {
    try (LogLines log = new LogLines("DEBUG")) {
      FOREIGN.info("connected");
      FOREIGN.warn("could not write {to: 'canary@example.org', mobile: '+4915123456789'}");

      assertThat(log.lines()).hasSize(1);
      assertThat(log.text()).doesNotContain("canary@").doesNotContain("15123456789");
    }
  }
}
