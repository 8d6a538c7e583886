package dev.beckon.aws.platform;

import dev.beckon.account.Secret;
import dev.beckon.account.SecretMissingException;
import dev.beckon.account.SecretUnreachableException;
import dev.beckon.account.Secrets;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * Secrets from AWS Secrets Manager: {@code secret://mail} is the text stored as {@code
 * <prefix>mail}.
 *
 * <p>A value is asked for again after five minutes, and sooner when it was refused where it is
 * used. What Secrets Manager said last holds for up to an hour while it cannot be asked. Each
 * secret is asked for by itself, one call at a time: one that fails delays no other. Thread-safe.
 */
final class AwsSecrets implements Secrets {
  private static final Logger log = LoggerFactory.getLogger(AwsSecrets.class);

  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration KEPT = Duration.ofHours(1);

  /** How soon a call that failed, or was asked for out of turn, is made again. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final SecretsManagerClient client;
  private final String prefix;
  private final Clock clock;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /**
   * @param prefix stands before every name, such as {@code beckon-prod/}; may be empty
   */
  AwsSecrets(SecretsManagerClient client, String prefix, Clock clock) {
    this.client = client;
    this.prefix = prefix;
    this.clock = clock;
  }

  @Override
  public Secret resolve(URI reference) {
    return entry(reference).value();
  }

  @Override
  public void refresh(URI reference) {
    entry(reference).refused();
  }

  private Entry entry(URI reference) {
    return entries.computeIfAbsent(Secrets.name(reference), name -> new Entry(reference, name));
  }

  private record Failure(boolean missing, String why, @Nullable Throwable cause) {}

  /** One secret as it was last answered. */
  private final class Entry {
    private final URI reference;
    private final String name;
    private @Nullable Secret secret;
    private Instant readAt = Instant.MIN;
    private Instant askedAt = Instant.MIN;
    private @Nullable Failure failure;
    private boolean refused;

    Entry(URI reference, String name) {
      this.reference = reference;
      this.name = prefix + name;
    }

    synchronized void refused() {
      refused = true;
    }

    synchronized Secret value() {
      Instant now = clock.instant();
      boolean fresh = failure == null && !refused && now.isBefore(readAt.plus(FRESH));
      if (!fresh && !now.isBefore(askedAt.plus(AGAIN))) {
        ask(now);
      }
      Failure failed = failure;
      Secret known = secret;
      if (failed != null && failed.missing()) {
        throw new SecretMissingException(reference, failed.why());
      }
      if (known != null && (failed == null || now.isBefore(readAt.plus(KEPT)))) {
        return known;
      }
      throw new SecretUnreachableException(
          reference,
          failed == null ? "it was never asked for" : failed.why(),
          failed == null ? null : failed.cause());
    }

    private void ask(Instant now) {
      askedAt = now;
      refused = false;
      try {
        GetSecretValueResponse answer = client.getSecretValue(request -> request.secretId(name));
        String text = answer.secretString();
        failure =
            text == null || text.isBlank()
                ? new Failure(true, place("holds no text there"), null)
                : null;
        if (failure == null) {
          secret = new Secret(withoutLastLineBreak(text));
          readAt = now;
        }
      } catch (ResourceNotFoundException e) {
        failure = new Failure(true, place("is not there, or has no value yet"), null);
      } catch (InvalidRequestException e) {
        failure = new Failure(true, place("is marked for deletion: restore it"), null);
      } catch (SdkException e) {
        failure = new Failure(false, why(e), e);
        log.warn("secret={} why='{}' kept={}", reference, why(e), secret != null);
      }
    }

    private String place(String how) {
      return "AWS Secrets Manager (" + name + " " + how + ")";
    }

    private String why(SdkException e) {
      if (e instanceof SecretsManagerException answered) {
        String code = AwsErrors.code(answered);
        if (AwsErrors.isDenied(answered) || code.equals("DecryptionFailure")) {
          return "AWS Secrets Manager does not let us read "
              + name
              + " ("
              + code
              + "): the function's role needs secretsmanager:GetSecretValue on it, and kms:Decrypt"
              + " where it is encrypted with a key of yours";
        }
        if (answered.isThrottlingException()) {
          return "AWS Secrets Manager is asked too often (" + code + ")";
        }
        return "AWS Secrets Manager failed at " + name + " (" + code + ")";
      }
      return "AWS Secrets Manager cannot be reached, or there are no AWS credentials ("
          + e.getClass().getSimpleName()
          + ")";
    }
  }

  /** Files end with one, and so do secrets that were stored from files. */
  private static String withoutLastLineBreak(String text) {
    int end = text.length();
    if (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
      if (end > 0 && text.charAt(end - 1) == '\r') {
        end--;
      }
    }
    return text.substring(0, end);
  }
}
