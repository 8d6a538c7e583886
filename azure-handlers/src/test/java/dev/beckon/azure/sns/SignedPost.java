package dev.beckon.azure.sns;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A message as SNS posts it, which a test may then change before or after it is signed. */
final class SignedPost {
  static final String TOPIC = "arn:aws:sns:eu-central-1:111122223333:S3EventNotification";
  static final String CERTIFICATE =
      "https://" + FakeSns.HOST + "/SimpleNotificationService-0123456789abcdef.pem";
  static final String TOKEN = "2336412f37fb687f5d51e6e2425929f52e8e353134fe72d5";

  private static final ObjectMapper JSON = new ObjectMapper();

  final ObjectNode content = JSON.createObjectNode();

  private SignedPost(String type, Instant published) {
    content
        .put("Type", type)
        .put("MessageId", UUID.randomUUID().toString())
        .put("TopicArn", TOPIC)
        .put("Timestamp", time(published))
        .put("SigningCertURL", CERTIFICATE);
  }

  static String time(Instant instant) {
    String text = instant.toString();
    return text.contains(".") ? text : text.replace("Z", ".000Z");
  }

  static SignedPost notification(String event, Instant published) {
    SignedPost post = new SignedPost("Notification", published);
    post.content
        .put("Subject", "Amazon S3 Notification")
        .put("Message", event)
        .put("UnsubscribeURL", "https://" + FakeSns.HOST + "/?Action=Unsubscribe");
    return post;
  }

  static SignedPost confirmation(String type, Instant published) {
    SignedPost post = new SignedPost(type, published);
    post.content
        .put("Message", "You have chosen to subscribe.\nVisit the SubscribeURL.")
        .put("Token", TOKEN)
        .put(
            "SubscribeURL",
            "https://"
                + FakeSns.HOST
                + "/?Action=ConfirmSubscription&TopicArn="
                + TOPIC
                + "&Token="
                + TOKEN);
    return post;
  }

  SignedPost with(String field, String value) {
    content.put(field, value);
    return this;
  }

  SignedPost without(String field) {
    content.remove(field);
    return this;
  }

  String kind() {
    return content.path("Type").asText();
  }

  /** Signs what it holds now, as the guide to SNS's signatures says. */
  SignedPost signed(PrivateKey key, int version) {
    StringBuilder text = new StringBuilder();
    for (String field :
        kind().equals("Notification")
            ? List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
            : List.of(
                "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")) {
      if (content.has(field)) {
        text.append(field).append("\n").append(content.path(field).asText()).append("\n");
      }
    }
    try {
      Signature signature = Signature.getInstance(version == 1 ? "SHA1withRSA" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
      content
          .put("SignatureVersion", Integer.toString(version))
          .put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  String body() {
    return content.toString();
  }
}
