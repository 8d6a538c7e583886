package dev.beckon.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MongoConnectionTest {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mongodb://lovelace:can@ary@db.example/admin",
        "mongodb://lovelace:can:ary@db.example/admin",
        "mongodb://lovelace:can%ary@db.example/admin",
        "mongodb://lovelace:can/ary@db.example/admin",
        "postgres://lovelace:canary@db.example/admin",
        "",
      })
  void constructor_unreadableAddress_namesTheRemedyAndNoPassword(String uri) {
    Throwable thrown = catchThrowable(() -> new MongoConnection(uri, "beckon").close());

    StringWriter printed = new StringWriter();
    thrown.printStackTrace(new PrintWriter(printed));
    assertThat(thrown)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("percent-encoded (@ is %40)");
    assertThat(printed.toString()).doesNotContain("lovelace").doesNotContain("ary@");
  }

  @Test
  void migrate_again_leavesTheIndexesAsTheyAre() {
    assertThatCode(() -> server.connection().migrate()).doesNotThrowAnyException();
  }
}
