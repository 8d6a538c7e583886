package dev.beckon.vendors.sparkpost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendors.HttpCheckContract;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainCheckTest extends HttpCheckContract {

  @Override
  protected VendorFactory factory() {
    return new SparkPostFactory();
  }

  @Override
  protected Map<String, String> settings(String server) {
    return Map.of(
        "url", server, "apiKey", "secret://key", "senderAddress", "survey@mail.example.org");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {\"results\":{\"status\":{\"ownership_verified\":true,\"compliance_status\":\"valid\",\"dkim_status\":\"valid\"}}} | GOOD GOOD",
        "200 | {\"results\":{\"status\":{\"ownership_verified\":true,\"compliance_status\":\"valid\",\"dkim_status\":\"unverified\"}}} | GOOD GOOD NOTICE",
        "200 | {\"results\":{\"status\":{\"ownership_verified\":true,\"compliance_status\":\"pending\",\"dkim_status\":\"valid\"}}} | GOOD WRONG",
        "200 | {\"results\":{\"status\":{\"ownership_verified\":false}}} | GOOD WRONG",
        "200 | <html> | UNKNOWN",
        "401 | {\"errors\":[{\"message\":\"Unauthorized k3y\"}]} | WRONG",
        "403 | {} | UNKNOWN",
        "404 | {} | GOOD WRONG",
        "503 | {} | UNKNOWN",
      })
  void check_answers_areReadByStatusAndBody(int answered, String said, String marks) {
    assertThat(askedFor(answered, said, marks))
        .isEqualTo("GET /api/v1/sending-domains/mail.example.org " + KEY);
  }
}
