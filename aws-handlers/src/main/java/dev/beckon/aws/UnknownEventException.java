package dev.beckon.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.privacy.Scrubber;
import java.util.stream.Collectors;

/** An event of a kind the function does not serve. Names the fields found, never their values. */
final class UnknownEventException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int MOST_FIELDS = 15;

  UnknownEventException(JsonNode event) {
    super(
        "expected an S3 notification, EventBridge's 'Object Created', either one inside SNS or"
            + " SQS, or a hint on the files queue; found "
            + shape(event));
  }

  private static String shape(JsonNode event) {
    if (!event.isObject()) {
      return "no JSON object but " + event.getNodeType();
    }
    return "an object with the fields "
        + event
            .propertyStream()
            .limit(MOST_FIELDS)
            .map(field -> Scrubber.scrub(field.getKey()))
            .collect(Collectors.joining(", ", "[", "]"));
  }
}
