package dev.beckon.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every place of secrets does. */
public abstract class SecretsContract {

  /** The same at each call of one test. */
  protected abstract Secrets secrets();

  /** Stores a value where the secrets are read from. */
  protected abstract void put(String name, String value) throws Exception;

  /** Moves the clock that the secrets look at. */
  protected abstract void advance(Duration by);

  private String value(String reference) {
    return secrets().resolve(URI.create(reference)).reveal();
  }

  @Test
  void contract_names_mayHoldUnderscoresDotsAndSlashes() throws Exception {
    put("mail_password", "hunter2");
    put("mail/second", "three");
    put("mail.third-1", "ünï\ncode ");

    assertThat(value("secret://mail_password")).isEqualTo("hunter2");
    assertThat(value("secret://mail/second")).isEqualTo("three");
    assertThat(value("secret://mail.third-1")).isEqualTo("ünï\ncode ");
  }

  @Test
  void contract_unknownName_isMissingAndNamed() throws Exception {
    put("other", "hunter2");

    assertThatThrownBy(() -> value("secret://mail/password"))
        .isInstanceOf(SecretMissingException.class)
        .hasMessageContainingAll("secret://mail/password", "add it there")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void contract_noReference_isRefusedWithoutShowingIt() throws Exception {
    put("mail", "one");

    assertThatThrownBy(() -> value("https://hunter2/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void contract_valueReplaced_isTheNewOneAfterFiveMinutesAtTheLatest() throws Exception {
    put("mail", "one");
    assertThat(value("secret://mail")).isEqualTo("one");
    put("mail", "two");

    advance(Duration.ofMinutes(5));

    assertThat(value("secret://mail")).isEqualTo("two");
  }

  @Test
  void contract_valueRefusedWhereItIsUsed_isAskedForAnew() throws Exception {
    put("mail", "one");
    assertThat(value("secret://mail")).isEqualTo("one");
    put("mail", "two");
    advance(Duration.ofSeconds(10));

    secrets().refresh(URI.create("secret://mail"));

    assertThat(value("secret://mail")).isEqualTo("two");
  }
}
