package dev.beckon.azure.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What SNS posts: <a
 * href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">message
 * formats</a>. Nothing of it is to be believed before its signature was verified. Immutable.
 */
final class SnsMessage {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * The signed text puts values one below the other. One of several lines could pass for others, so
   * only the first, the message itself, may have more than one.
   */
  private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{1,2048}");

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?Z");

  private static final List<String> NOTIFYING =
      List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
  private static final List<String> CONFIRMING =
      List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

  /** What SNS may say. */
  enum Kind {
    NOTIFICATION("Notification"),
    SUBSCRIPTION("SubscriptionConfirmation"),
    UNSUBSCRIPTION("UnsubscribeConfirmation");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    /** As SNS names it, in the body and in the header. */
    String type() {
      return type;
    }

    /** The fields that are signed, in the order in which they are. */
    private List<String> signed() {
      return this == NOTIFICATION ? NOTIFYING : CONFIRMING;
    }

    static Kind of(String type) throws SnsRefusedException {
      for (Kind kind : values()) {
        if (kind.type.equals(type)) {
          return kind;
        }
      }
      throw new SnsRefusedException("its kind is none that SNS has");
    }
  }

  private final Kind kind;
  private final JsonNode content;
  private final Instant published;
  private final String algorithm;
  private final byte[] signature;

  private SnsMessage(Kind kind, JsonNode content) throws SnsRefusedException {
    this.kind = kind;
    this.content = content;
    this.published = published(content);
    this.algorithm = algorithm(content);
    this.signature = signature(content);
  }

  /**
   * Reads a body.
   *
   * @throws SnsRefusedException when it is nothing that SNS writes
   */
  static SnsMessage read(String body) throws SnsRefusedException {
    JsonNode content;
    try {
      content = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new SnsRefusedException("its body is no JSON");
    }
    Kind kind = Kind.of(content.path("Type").asText(""));
    for (String field : kind.signed()) {
      if (!(field.equals("Subject") && content.path(field).isMissingNode())) {
        require(content, field);
      }
    }
    return new SnsMessage(kind, content);
  }

  private static void require(JsonNode content, String field) throws SnsRefusedException {
    String value = content.path(field).textValue();
    boolean written =
        value != null
            && switch (field) {
              case "Message" -> true;
              case "MessageId" -> ID.matcher(value).matches();
              case "Timestamp" -> TIME.matcher(value).matches();
              default -> LINE.matcher(value).matches();
            };
    if (!written) {
      throw new SnsRefusedException("its " + field + " is missing, or is not as SNS writes it");
    }
  }

  private static Instant published(JsonNode content) throws SnsRefusedException {
    try {
      return Instant.parse(content.path("Timestamp").textValue());
    } catch (DateTimeException e) {
      throw new SnsRefusedException("its Timestamp is no time");
    }
  }

  private static String algorithm(JsonNode content) throws SnsRefusedException {
    return switch (content.path("SignatureVersion").asText("")) {
      case "1" -> "SHA1withRSA";
      case "2" -> "SHA256withRSA";
      default -> throw new SnsRefusedException("its SignatureVersion is neither 1 nor 2");
    };
  }

  private static byte[] signature(JsonNode content) throws SnsRefusedException {
    try {
      return Base64.getDecoder().decode(content.path("Signature").asText(""));
    } catch (IllegalArgumentException e) {
      throw new SnsRefusedException("its Signature is no base64");
    }
  }

  Kind kind() {
    return kind;
  }

  Instant published() {
    return published;
  }

  /** Whether the owner of the key signed this content. */
  boolean isSignedBy(PublicKey key) throws SnsRefusedException {
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(key);
      verifier.update(signed().getBytes(StandardCharsets.UTF_8));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new SnsRefusedException("its signature is none of that key", e);
    }
  }

  /** The text of a field; empty when it is not there. */
  String text(String field) {
    return content.path(field).asText("");
  }

  /** The text that SNS signs, from the values as they came. */
  private String signed() {
    StringBuilder text = new StringBuilder();
    for (String field : kind.signed()) {
      if (content.has(field)) {
        text.append(field).append('\n').append(text(field)).append('\n');
      }
    }
    return text.toString();
  }

  /** Names nothing of the content: keys of files may name people. */
  @Override
  public String toString() {
    return "SnsMessage[" + kind + "]";
  }
}
