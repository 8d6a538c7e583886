package dev.beckon.aws.platform;

import dev.beckon.privacy.KeyWrapper;
import dev.beckon.privacy.RestWhileDown;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/**
 * A symmetric key of AWS KMS as master key: it never leaves KMS, and every use of it stands in
 * CloudTrail with the account and the day, which are its encryption context. Thread-safe.
 *
 * <p>A wrapped key is 1 byte format and KMS's ciphertext. The format differs from that of keys a
 * process wraps itself, so neither is tried on the other's.
 */
final class KmsKeys implements KeyWrapper {
  private static final byte FORMAT = 2;

  private final KmsClient client;
  private final String key;
  private final RestWhileDown rest;

  /**
   * @param key the key's ARN
   */
  KmsKeys(KmsClient client, String key, Clock clock) {
    this.client = client;
    this.key = key;
    this.rest = new RestWhileDown("kms:" + key, clock);
  }

  @Override
  public byte[] wrap(String account, LocalDate day, byte[] plain) {
    byte[] sealed =
        call(() ->
            client
                .encrypt(request ->
                    request
                        .keyId(key)
                        .plaintext(SdkBytes.fromByteArray(plain))
                        .encryptionContext(context(account, day)))
                .ciphertextBlob()
                .asByteArray());
    return ByteBuffer.allocate(1 + sealed.length).put(FORMAT).put(sealed).array();
  }

  @Override
  public Optional<byte[]> unwrap(String account, LocalDate day, byte[] wrapped) {
    if (wrapped.length < 2 || wrapped[0] != FORMAT) {
      return Optional.empty();
    }
    SdkBytes sealed = SdkBytes.fromByteArray(Arrays.copyOfRange(wrapped, 1, wrapped.length));
    return call(() -> {
      try {
        return Optional.of(
            client
                .decrypt(request ->
                    request
                        .keyId(key)
                        .ciphertextBlob(sealed)
                        .encryptionContext(context(account, day)))
                .plaintext()
                .asByteArray());
      } catch (IncorrectKeyException | InvalidCiphertextException e) {
        return Optional.empty(); // it answered
      }
    });
  }

  private static Map<String, String> context(String account, LocalDate day) {
    return Map.of("beckon:account", account, "beckon:day", day.toString());
  }

  private <T> T call(Supplier<T> kms) {
    return rest.call(kms, AwsErrors::kind);
  }
}
