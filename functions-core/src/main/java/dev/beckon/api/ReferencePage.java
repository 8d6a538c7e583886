package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.web.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The OpenAPI document as a page to be read; it needs no script and nothing from anywhere. */
final class ReferencePage {
  private static final List<String> METHODS = List.of("get", "post", "put", "delete");

  private final ObjectNode document;
  private final SchemaText schemas;

  ReferencePage(ObjectNode document) {
    this.document = document;
    this.schemas = new SchemaText(document);
  }

  private record Operation(String method, String path, JsonNode json, List<JsonNode> parameters) {
    String id() {
      return json.path("operationId").asText();
    }
  }

  String html() {
    StringBuilder nav = new StringBuilder();
    StringBuilder main = new StringBuilder();
    for (JsonNode tag : document.path("tags")) {
      String name = tag.path("name").asText();
      nav.append("<b>").append(Markup.text(name)).append("</b>");
      main.append("<h2>").append(Markup.text(name)).append("</h2>");
      paragraph(main, tag.path("description").asText());
      for (Operation operation : operations(name)) {
        link(nav, operation);
        article(main, operation);
      }
    }
    return template()
        .replace("@nav@", nav)
        .replace("@about@", Markup.text(document.at("/info/description").asText()))
        .replace("@server@", Markup.text(document.at("/servers/0/url").asText()))
        .replace("@problems@", problems())
        .replace("@main@", main);
  }

  private static String template() {
    try (InputStream in = ReferencePage.class.getResourceAsStream("openapi/page.html")) {
      return new String(
          Objects.requireNonNull(in, "page.html").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Operation> operations(String tag) {
    List<Operation> found = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(path -> {
          for (String method : METHODS) {
            JsonNode json = path.getValue().path(method);
            if (json.path("tags").path(0).asText().equals(tag)) {
              List<JsonNode> parameters = new ArrayList<>();
              path.getValue().path("parameters").forEach(parameters::add);
              json.path("parameters").forEach(parameters::add);
              found.add(
                  new Operation(method.toUpperCase(Locale.ROOT), path.getKey(), json, parameters));
            }
          }
        });
    return found;
  }

  private static void link(StringBuilder nav, Operation operation) {
    nav.append("<a href=\"#")
        .append(Markup.text(operation.id()))
        .append("\">")
        .append(method(operation))
        .append("<span>")
        .append(Markup.text(operation.json().path("summary").asText()))
        .append("</span></a>");
  }

  private static String method(Operation operation) {
    return "<span class=\"m " + operation.method() + "\">" + operation.method() + "</span>";
  }

  private void article(StringBuilder main, Operation operation) {
    JsonNode json = operation.json();
    main.append("<article id=\"").append(Markup.text(operation.id())).append("\"><h3>");
    main.append(Markup.text(json.path("summary").asText())).append("</h3><div class=\"at\">");
    main.append(method(operation)).append("<span>").append(Markup.text(operation.path()));
    main.append("</span></div><div>");
    if (json.path("security").isEmpty()) {
      main.append("<span class=\"tag\">open to everybody</span>");
    }
    json.path("x-scopes")
        .forEach(scope ->
            main.append("<span class=\"tag\">scope ")
                .append(Markup.text(scope.asText()))
                .append("</span>"));
    if (json.path("x-live-only").asBoolean()) {
      main.append("<span class=\"tag\">live keys only</span>");
    }
    main.append("</div>");
    paragraph(main, json.path("description").asText());
    parameters(main, operation);
    body(main, json.path("requestBody"));
    responses(main, json.path("responses"));
    main.append("</article>");
  }

  private void parameters(StringBuilder main, Operation operation) {
    if (operation.parameters().isEmpty()) {
      return;
    }
    main.append("<h4>Parameters</h4><div class=\"wide\"><table><tbody>");
    for (JsonNode written : operation.parameters()) {
      JsonNode parameter = schemas.resolved(written);
      row(
          main,
          new SchemaText.Row(
              0,
              parameter.path("name").asText(),
              parameter.path("in").asText() + ", " + schemas.type(parameter.path("schema")),
              parameter.path("required").asBoolean(),
              "",
              parameter.path("description").asText()));
    }
    main.append("</tbody></table></div>");
  }

  private void body(StringBuilder main, JsonNode written) {
    JsonNode body = schemas.resolved(written);
    body.path("content")
        .properties()
        .forEach(content -> {
          main.append("<h4>Body: ").append(Markup.text(content.getKey())).append("</h4>");
          fields(main, content.getValue().path("schema"));
          example(main, content.getValue());
        });
  }

  private void responses(StringBuilder main, JsonNode responses) {
    main.append("<h4>Replies</h4>");
    responses
        .properties()
        .forEach(entry -> {
          JsonNode response = schemas.resolved(entry.getValue());
          if (entry.getKey().equals("default")) {
            return;
          }
          main.append("<p><b>").append(Markup.text(entry.getKey())).append("</b> ");
          main.append(inline(response.path("description").asText())).append("</p>");
          if (entry.getKey().startsWith("2")) {
            response
                .path("content")
                .properties()
                .forEach(content -> {
                  JsonNode schema = content.getValue().path("schema");
                  if (!schemas.rows(schema).isEmpty()) {
                    main.append("<details><summary>Fields of the reply</summary>");
                    fields(main, schema);
                    main.append("</details>");
                  }
                  example(main, content.getValue());
                });
          }
        });
    main.append("<p class=\"soft\">Anything else is a <a href=\"#problems\">problem</a>.</p>");
  }

  private void fields(StringBuilder main, JsonNode schema) {
    List<SchemaText.Row> rows = schemas.rows(schema);
    if (rows.isEmpty()) {
      return;
    }
    main.append("<div class=\"wide\"><table><tbody>");
    rows.forEach(row -> row(main, row));
    main.append("</tbody></table></div>");
  }

  private static void row(StringBuilder main, SchemaText.Row row) {
    main.append("<tr><td style=\"padding-left:").append(1.2 * row.depth()).append("rem\"><code>");
    main.append(Markup.text(row.name())).append("</code>");
    main.append(row.required() ? " <span class=\"must\" title=\"must be there\">*</span>" : "");
    main.append("</td><td class=\"soft\">").append(Markup.text(row.type()));
    if (!row.bounds().isEmpty()) {
      main.append("<br><small>").append(Markup.text(row.bounds())).append("</small>");
    }
    main.append("</td><td>").append(inline(row.description())).append("</td></tr>");
  }

  private void example(StringBuilder main, JsonNode content) {
    JsonNode example = content.path("example");
    if (example.isMissingNode()) {
      example = schemas.resolved(content.path("schema")).path("example");
    }
    if (!example.isMissingNode()) {
      main.append("<pre>");
      main.append(Markup.text(example.isTextual() ? example.asText() : example.toPrettyString()));
      main.append("</pre>");
    }
  }

  private String problems() {
    StringBuilder rows = new StringBuilder();
    document
        .path("x-problems")
        .properties()
        .forEach(problem ->
            rows.append("<tr id=\"")
                .append(Markup.text(problem.getKey()))
                .append("\"><td><code>")
                .append(Markup.text(problem.getKey()))
                .append("</code></td><td>")
                .append(inline(problem.getValue().asText()))
                .append("</td></tr>"));
    return rows.toString();
  }

  private static void paragraph(StringBuilder main, String text) {
    for (String paragraph : text.split("\n\n", -1)) {
      if (!paragraph.isBlank()) {
        main.append("<p>").append(inline(paragraph)).append("</p>");
      }
    }
  }

  /** Text in which backticks mark code. */
  private static String inline(String text) {
    StringBuilder html = new StringBuilder();
    boolean code = false;
    for (String part : Markup.text(text).split("`", -1)) {
      html.append(code ? "<code>" + part + "</code>" : part);
      code = !code;
    }
    return html.toString();
  }
}
