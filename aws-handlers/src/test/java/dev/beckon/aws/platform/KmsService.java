package dev.beckon.aws.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * As much of AWS KMS as is used: symmetric keys, a ciphertext that names its key, the encryption
 * context authenticated.
 */
final class KmsService extends JsonService {
  /** What CloudTrail would show of each call. */
  record Use(String operation, String key, String context) {}

  private final Map<String, byte[]> keys = new ConcurrentHashMap<>();
  final List<Use> trail = new CopyOnWriteArrayList<>();

  KmsService() throws IOException {}

  /** Makes a key; its ARN. */
  String key(int number) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) number);
    String arn = "arn:aws:kms:eu-central-1:000000000000:key/key-" + number;
    keys.put(arn, bytes);
    return arn;
  }

  void delete(String arn) {
    keys.remove(arn);
  }

  @Override
  protected ObjectNode answer(String operation, JsonNode request) {
    if (operation.equals("CreateKey")) {
      ObjectNode made = JSON.createObjectNode();
      made.putObject("KeyMetadata").put("KeyId", "made").put("Arn", key(10 + keys.size()));
      return made;
    }
    String arn = request.path("KeyId").asText();
    byte[] key = keys.get(arn);
    if (key == null) {
      throw new Refusal(400, "NotFoundException", "Key '" + arn + "' does not exist");
    }
    JsonNode context = request.path("EncryptionContext");
    trail.add(new Use(operation, arn, context.toString()));
    return switch (operation) {
      case "Encrypt" -> {
        byte[] plain = Base64.getDecoder().decode(request.path("Plaintext").asText());
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, context, plain);
        byte[] name = arn.getBytes(StandardCharsets.US_ASCII);
        byte[] blob = Arrays.copyOf(name, name.length + sealed.length);
        System.arraycopy(sealed, 0, blob, name.length, sealed.length);
        yield named(arn).put("CiphertextBlob", Base64.getEncoder().encodeToString(blob));
      }
      case "Decrypt" -> {
        byte[] blob = Base64.getDecoder().decode(request.path("CiphertextBlob").asText());
        byte[] name = arn.getBytes(StandardCharsets.US_ASCII);
        if (blob.length < name.length + 16) {
          throw new Refusal(400, "InvalidCiphertextException", "");
        }
        if (!Arrays.equals(name, Arrays.copyOf(blob, name.length))) {
          throw new Refusal(
              400, "IncorrectKeyException", "The key ID in the request does not match");
        }
        byte[] sealed = Arrays.copyOfRange(blob, name.length, blob.length);
        byte[] plain = crypt(Cipher.DECRYPT_MODE, key, context, sealed);
        yield named(arn).put("Plaintext", Base64.getEncoder().encodeToString(plain));
      }
      default -> throw new Refusal(400, "UnknownOperationException", operation);
    };
  }

  private static ObjectNode named(String arn) {
    return JSON.createObjectNode()
        .put("KeyId", arn)
        .put("EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
  }

  /** A constant nonce: nothing here is a secret. */
  private static byte[] crypt(int mode, byte[] key, JsonNode context, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, new byte[12]));
      cipher.updateAAD(sorted(context).getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new Refusal(400, "InvalidCiphertextException", "");
    }
  }

  private static String sorted(JsonNode context) {
    return context.properties().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue().asText())
        .sorted()
        .toList()
        .toString();
  }
}
