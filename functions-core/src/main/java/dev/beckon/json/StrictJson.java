package dev.beckon.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON that came from outside: a key may stand once, nothing may follow, and depth and
 * numbers are bounded. Thread-safe.
 */
public final class StrictJson {
  /** Deeper than anything that is written by hand. */
  private static final int DEEPEST = 32;

  private static final int LONGEST_NUMBER = 100;
  private static final int LONGEST_NAME = 1_000;

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxNameLength(LONGEST_NAME)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Text that is not JSON as it is wanted here. Its message repeats nothing of it. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  /**
   * @throws MalformedException naming the place
   */
  public JsonNode parse(String json) throws MalformedException {
    try {
      JsonNode root = mapper.readTree(json);
      if (root.isMissingNode()) {
        throw new MalformedException("the document: is empty; send a JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new MalformedException(
          place(e.getLocation()) + "not JSON, nested too deeply, or a key stands twice");
    }
  }

  /** The parser gives no place when a limit of it was passed. */
  private static String place(@Nullable JsonLocation location) {
    return location == null
        ? "the document: "
        : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
  }
}
