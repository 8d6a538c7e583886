package dev.beckon.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
  private static Route route(String prefix, String template) {
    try {
      return Route.of(
          "name",
          prefix,
          Binding.of(
              new JsonMapper()
                  .readTree("{\"route\": \"%s\", \"methods\": [\"get\"]}".formatted(template))));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void match_paths_findTheirParameters() {
    assertThat(route("", "{*path}").match("GET", "/")).contains(Map.of("path", ""));
    assertThat(route("", "{*path}").match("GET", "/a//b/")).contains(Map.of("path", "a//b"));
    assertThat(route("api", "u/{token}").match("GET", "/api/u/7")).contains(Map.of("token", "7"));
    assertThat(route("api", "u/{token}").match("GET", "/u/7")).isEmpty();
    assertThat(route("", "u/{token}").match("GET", "/u")).isEmpty();
    assertThat(route("", "u/{token}").match("GET", "/u/7/8")).isEmpty();
    assertThat(route("", "").match("GET", "/NAME")).contains(Map.of());
    assertThat(route("", "{*path}").match("POST", "/")).isEmpty();
  }

  @Test
  void route_thatIsNotRead_isRefused() {
    assertThatThrownBy(() -> route("", "a/{id:int}")).hasMessageContaining("{id:int}");
    assertThatThrownBy(() -> route("", "{*all}/x")).hasMessageContaining("not the last");
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b",
    "/a%20b, /a%20b",
    "/a%2Fb, /a%2Fb",
    "/a%41, /aA",
    "/a/../b, /b",
    "/a/%2e%2e/b, /b",
    "/a/./b/., /a/b/",
    "/../.., /",
    "//a, //a",
    "/%c3%b6, /%C3%B6",
    "/%zz, /%zz"
  })
  void path_asSent_isPassedOnAsTheServerReadsIt(String sent, String passed) {
    assertThat(RequestPath.of(sent)).isEqualTo(passed);
  }
}
