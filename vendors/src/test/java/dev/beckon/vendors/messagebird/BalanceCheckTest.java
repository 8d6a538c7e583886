package dev.beckon.vendors.messagebird;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendors.HttpCheckContract;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceCheckTest extends HttpCheckContract {

  @Override
  protected VendorFactory factory() {
    return new MessageBirdFactory();
  }

  @Override
  protected Map<String, String> settings(String server) {
    return Map.of("url", server + "/messages", "accessKey", "secret://key", "originator", "Beckon");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {\"payment\":\"prepaid\",\"type\":\"credits\",\"amount\":9.2} | GOOD UNKNOWN",
        "200 | {\"payment\":\"prepaid\",\"type\":\"euros\",\"amount\":0} | WRONG UNKNOWN",
        "200 | {\"payment\":\"postpaid\",\"type\":\"euros\",\"amount\":0} | GOOD UNKNOWN",
        "200 | <html> | UNKNOWN UNKNOWN",
        "401 | {\"errors\":[{\"code\":2,\"description\":\"Request not allowed (incorrect access_key) k3y\"}]} | WRONG",
        "500 | {} | UNKNOWN",
      })
  void check_answers_areReadByStatusAndBody(int answered, String said, String marks) {
    assertThat(askedFor(answered, said, marks)).isEqualTo("GET /balance AccessKey " + KEY);
  }
}
