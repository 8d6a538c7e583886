package dev.beckon.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What went wrong, for a program and the person behind it (RFC 9457).
 *
 * @param code stable kebab-case word
 * @param title what is wrong in general, the same for every problem of a code
 * @param detail what is wrong this time and what helps; never repeats what was sent
 * @param faults what is wrong in the request, by path; empty when it is not about a part of it
 */
public record Problem(int status, String code, String title, String detail, List<Fault> faults) {
  /** The document would not be read to its end. */
  private static final int MOST_FAULTS = 100;

  public Problem {
    faults = List.copyOf(faults);
  }

  public Problem(int status, String code, String title, String detail) {
    this(status, code, title, detail, List.of());
  }

  /**
   * One thing that is wrong.
   *
   * @param path of the field, such as {@code invitations[3].recipients.email}
   */
  public record Fault(String path, String reason, String remedy) {
    private static final String USUAL = "correct it and send the request again";

    /** Of a line such as {@code policy.expires: is not a duration; write it as P7D}. */
    public static Fault of(String line) {
      int colon = line.indexOf(": ");
      String path = colon < 0 ? "" : line.substring(0, colon);
      String told = colon < 0 ? line : line.substring(colon + 2);
      int cut = Math.max(told.lastIndexOf("; "), told.lastIndexOf(": "));
      return cut < 0
          ? new Fault(path, told, USUAL)
          : new Fault(path, told.substring(0, cut), told.substring(cut + 2));
    }
  }

  /** As it is sent. */
  public WebReply reply() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "/docs#" + code)
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("code", code);
    if (!faults.isEmpty()) {
      ArrayNode list = json.putArray("errors");
      faults.stream()
          .limit(MOST_FAULTS)
          .forEach(fault ->
              list.addObject()
                  .put("path", fault.path())
                  .put("reason", fault.reason())
                  .put("remedy", fault.remedy()));
      json.put("errorCount", faults.size());
    }
    return new WebReply(status, "application/problem+json", json.toString(), Map.of());
  }
}
