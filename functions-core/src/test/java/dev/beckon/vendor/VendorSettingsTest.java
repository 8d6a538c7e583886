package dev.beckon.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.account.Secret;
import dev.beckon.vendor.Setting.Type;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorSettingsTest {
  private static final List<Setting> DECLARED =
      List.of(
          Setting.required("host", Type.TEXT, "the name of the server"),
          Setting.withDefault("port", Type.INTEGER, "25", "the port"),
          Setting.withDefault("failures", Type.SHARE, "0.05", "share that fails"),
          Setting.withDefault("timeout", Type.DURATION, "PT30S", "time to wait"),
          Setting.optional("proxy", Type.URI, "where to go through"),
          Setting.optional("password", Type.SECRET, "the password"),
          Setting.optional("note", Type.TEXT, "a note"));

  private static VendorSettings read(Map<String, String> configured) {
    return VendorSettings.read(
        DECLARED, configured, reference -> new Secret("value of " + reference));
  }

  @Test
  void read_requiredOnly_takesDefaults() {
    VendorSettings settings = read(Map.of("host", " mail.example "));

    assertThat(settings.text("host")).isEqualTo("mail.example");
    assertThat(settings.integer("port")).isEqualTo(25);
    assertThat(settings.share("failures")).isEqualTo(0.05);
    assertThat(settings.duration("timeout")).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.optionalUri("proxy")).isEmpty();
    assertThat(settings.optionalSecret("password")).isEmpty();
    assertThat(settings.optionalText("note")).isEmpty();
    assertThatThrownBy(() -> settings.uri("proxy"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("proxy");
  }

  @Test
  void read_everything_isTyped() {
    VendorSettings settings =
        read(
            Map.of(
                "host",
                "h",
                "port",
                "2525",
                "failures",
                "1",
                "timeout",
                "PT1M",
                "proxy",
                "https://proxy.example/x",
                "password",
                "secret://pw",
                "note",
                "n"));

    assertThat(settings.integer("port")).isEqualTo(2525);
    assertThat(settings.share("failures")).isEqualTo(1);
    assertThat(settings.duration("timeout")).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.uri("proxy")).isEqualTo(URI.create("https://proxy.example/x"));
    assertThat(settings.optionalSecret("password").orElseThrow().reveal())
        .isEqualTo("value of secret://pw");
    assertThat(settings)
        .hasToString("VendorSettings[failures, host, note, password, port, proxy, timeout]");
  }

  @Test
  void problems_several_areAllNamedWithTheirRemedy() {
    List<String> problems =
        VendorSettings.problems(
            DECLARED, Map.of("port", "many", "hots", "x", "timeout", "30s", "failures", "2"));

    assertThat(problems)
        .hasSize(5)
        .anyMatch(problem -> problem.equals("host: missing; give the name of the server"))
        .anyMatch(problem -> problem.startsWith("port: 'many' is not a whole number"))
        .anyMatch(problem -> problem.startsWith("timeout: '30s' is not a duration"))
        .anyMatch(problem -> problem.startsWith("failures: '2' is not a number from 0 to 1"))
        .anyMatch(problem -> problem.startsWith("hots: no such setting; known are [host,"));
    assertThatThrownBy(() -> read(Map.of("port", "many")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("host: missing", "port: 'many'");
  }

  @ParameterizedTest
  @CsvSource({
    "port, 1.5",
    "port, 99999999999",
    "failures, NaN",
    "failures, -0.1",
    "timeout, PT-1S",
    "proxy, /relative",
    "proxy, 'http://a b'",
    "password, secret://a b",
  })
  void problems_malformedValue_namesTheSetting(String name, String value) {
    assertThat(VendorSettings.problems(DECLARED, Map.of("host", "h", name, value)))
        .singleElement()
        .asString()
        .startsWith(name + ": ");
  }

  @Test
  void problems_secretItselfForItsReference_isNotRepeated() {
    assertThat(VendorSettings.problems(DECLARED, Map.of("host", "h", "password", "canary")))
        .singleElement()
        .asString()
        .contains("password", "secret://name")
        .doesNotContain("canary");
  }
}
