package dev.beckon.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.TestClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What secrets of every service do that is asked as seldom as can be, however it fails. */
public abstract class CachedSecretsContract extends SecretsContract {
  private static final URI MAIL = URI.create("secret://mail");
  private static final URI SMS = URI.create("secret://sms");

  private final TestClock clock = new TestClock();
  private Secrets secrets;

  @BeforeEach
  void readWithACache() {
    secrets = new CachedSecrets(name -> source().ask(name), clock);
  }

  /** The same at each call of one test. */
  protected abstract SecretSource source();

  /** What the service was asked, in that order. */
  protected abstract List<String> calls();

  /** How {@link #calls()} shows that a secret was asked for. */
  protected abstract String callFor(String name);

  /** Forgets a secret. */
  protected abstract void remove(String name);

  /** Lets nobody read a secret. */
  protected abstract void deny(String name);

  /** Has every call fail by an error of the service; how an operator is told of it. */
  protected abstract String breakDown();

  /** Ends what {@link #breakDown()} began. */
  protected abstract void mend();

  @Override
  protected final Secrets secrets() {
    return secrets;
  }

  @Override
  protected final void advance(Duration by) {
    clock.advance(by);
  }

  private String mail() {
    return secrets.resolve(MAIL).reveal();
  }

  /** The secret {@code mail} is not to be had, by the fault of what is stored. */
  protected final void assertMissing(String... said) {
    failsBy(SecretMissingException.class, said);
  }

  /** The secret {@code mail} is not to be had for now. */
  protected final void assertUnreachable(String... said) {
    failsBy(SecretUnreachableException.class, said);
  }

  /** Also lets the time pass in which the service would not be asked again. */
  private void failsBy(Class<? extends Exception> kind, String... said) {
    assertThatThrownBy(this::mail)
        .isInstanceOf(kind)
        .hasMessageContaining(MAIL.toString())
        .hasMessageContainingAll(said);
    advance(Duration.ofSeconds(10));
  }

  @Test
  void contract_withinFiveMinutes_isAskedForOnce() throws Exception {
    put("mail", "one");
    mail();
    advance(Duration.ofSeconds(299));

    assertThat(mail()).isEqualTo("one");
    assertThat(calls()).containsExactly(callFor("mail"));
  }

  @Test
  void contract_storedFromAFile_losesTheLastLineBreakOnly() throws Exception {
    put("mail", " one\n\r\n");

    assertThat(mail()).isEqualTo(" one\n");
  }

  @Test
  void contract_nothingButBlanksInIt_isMissing() throws Exception {
    put("mail", " \n");

    assertMissing("holds no text");
  }

  @Test
  void contract_serviceDown_keepsTheLastValueForAnHour() throws Exception {
    put("mail", "one");
    mail();
    String told = breakDown();

    advance(Duration.ofMinutes(59));
    assertThat(mail()).isEqualTo("one");

    advance(Duration.ofMinutes(1));
    assertUnreachable(told);

    mend();
    assertThat(mail()).isEqualTo("one");
  }

  @Test
  void contract_removedSinceItWasRead_isMissing() throws Exception {
    put("mail", "one");
    mail();
    remove("mail");
    advance(Duration.ofMinutes(5));

    assertMissing("mail is not there");
  }

  @Test
  void contract_oneSecretFails_othersAreReadAndItIsAskedForSeldom() throws Exception {
    deny("mail");
    put("sms", "two");
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(this::mail).isInstanceOf(SecretUnreachableException.class);
    }

    assertThat(secrets.resolve(SMS).reveal()).isEqualTo("two");
    assertThat(calls()).containsExactly(callFor("mail"), callFor("sms"));
  }

  @Test
  void contract_oneSecretSlow_delaysNoOther() throws Exception {
    put("mail", "one");
    put("sms", "two");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answering = new CountDownLatch(1);
    Secrets slow = new CachedSecrets(name -> slowMail(name, asked, answering), clock);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Secret> mail = threads.submit(() -> slow.resolve(MAIL));
      try {
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(threads.submit(() -> slow.resolve(SMS)).get(1, TimeUnit.MINUTES).reveal())
            .isEqualTo("two");
        assertThat(mail.isDone()).isFalse();
      } finally {
        answering.countDown();
      }
      assertThat(mail.get(1, TimeUnit.MINUTES).reveal()).isEqualTo("one");
    }
  }

  private SecretSource.Answer slowMail(
      String name, CountDownLatch asked, CountDownLatch answering) {
    if (name.equals("mail")) {
      asked.countDown();
      try {
        answering.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return source().ask(name);
  }

  @Test
  void contract_refusedAgainAndAgain_isAskedForOnceInTenSeconds() throws Exception {
    put("mail", "one");
    mail();
    for (int i = 0; i < 30; i++) {
      advance(Duration.ofSeconds(1));
      secrets.refresh(MAIL);
      mail();
    }

    assertThat(calls()).hasSize(4);
  }
}
