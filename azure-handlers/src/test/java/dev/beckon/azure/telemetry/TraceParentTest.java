package dev.beckon.azure.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.otel.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @ParameterizedTest
  @ValueSource(strings = {"00", "01"})
  void caller_ofEitherFlag_isTraced(String flags) {
    assertThat(TraceParent.of("00-" + TRACE + "-" + SPAN + "-" + flags).caller())
        .isEqualTo(new Caller(TRACE, SPAN, true));
  }

  @Test
  void caller_ofALaterVersion_isReadAsFarAsItIsKnown() {
    assertThat(TraceParent.of("cc-" + TRACE + "-" + SPAN + "-01-what-comes").traceId())
        .isEqualTo(TRACE);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"00-x-y-01", "|4ce102de.1", "Root=1-5759e988-bd862e3fe1be46a994272793"})
  void caller_notSaid_hasNoIds(String text) {
    assertThat(TraceParent.of(text).caller()).isEqualTo(new Caller("", "", true));
  }
}
