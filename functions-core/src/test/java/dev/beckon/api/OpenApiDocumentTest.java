package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.web.RawRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenApiDocumentTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final Pattern CODE =
      Pattern.compile(
          "new Problem\\(\\s*[0-9]{3},\\s*\"([a-z0-9-]+)\"|conflict\\(\\s*\"([a-z0-9-]+)\"");

  private static Plant plant;
  private static ObjectNode document;

  @BeforeAll
  static void read() throws IOException {
    plant = MONGO.plant();
    document =
        (ObjectNode)
            new ObjectMapper()
                .readTree(
                    plant
                        .application
                        .webDoor()
                        .answer(RawRequest.of("GET", "/openapi.json"))
                        .body());
  }

  @AfterAll
  static void close() {
    plant.close();
  }

  private static void operations(BiConsumer<String, JsonNode> each) {
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(member -> {
                  if (!member.getKey().equals("parameters")) {
                    each.accept(
                        member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        member.getValue());
                  }
                }));
  }

  @Test
  void document_operations_areTheRouteTable() {
    Set<String> described = new TreeSet<>();
    operations((route, json) -> described.add(route + " " + json.path("operationId").asText()));
    Set<String> served = new TreeSet<>();
    plant
        .application
        .webDoor()
        .routes()
        .endpoints()
        .forEach(one -> served.add(one.method() + " " + one.path() + " " + one.name()));

    assertThat(described).isEqualTo(served);
  }

  @Test
  void document_operations_sayWhatAPersonHasToKnow() {
    Set<String> tags = new HashSet<>();
    document.path("tags").forEach(tag -> tags.add(tag.path("name").asText()));
    operations((route, json) -> {
      assertThat(json.path("summary").asText()).as(route).hasSizeBetween(5, 80);
      assertThat(json.path("description").asText()).as(route).isNotBlank();
      assertThat(tags).as(route).contains(json.path("tags").path(0).asText());
      assertThat(json.path("responses").properties()).as(route).hasSizeGreaterThan(1);
    });
  }

  @Test
  void document_pathParameters_areDescribed() {
    operations((route, json) -> {
      Set<String> named = new TreeSet<>();
      Matcher names = Pattern.compile("\\{([a-z]+)}").matcher(route);
      while (names.find()) {
        named.add(names.group(1));
      }
      Set<String> described = new TreeSet<>();
      JsonNode path = document.path("paths").path(route.substring(route.indexOf(' ') + 1));
      for (JsonNode list : List.of(path.path("parameters"), json.path("parameters"))) {
        for (JsonNode written : list) {
          JsonNode parameter =
              written.has("$ref")
                  ? document.at(written.path("$ref").asText().substring(1))
                  : written;
          assertThat(parameter.path("description").asText()).as(route).isNotBlank();
          assertThat(parameter.path("schema").isObject()).as(route).isTrue();
          if (parameter.path("in").asText().equals("path")) {
            described.add(parameter.path("name").asText());
          }
        }
      }
      assertThat(described).as(route).isEqualTo(named);
    });
  }

  @Test
  void document_references_leadSomewhereAndNothingIsLeftOver() {
    Set<String> used = new TreeSet<>();
    for (JsonNode reference : document.findValues("$ref")) {
      assertThat(document.at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
      used.add(reference.asText());
    }
    Set<String> defined = new TreeSet<>();
    for (String kind : List.of("schemas", "responses")) {
      document
          .path("components")
          .path(kind)
          .fieldNames()
          .forEachRemaining(name -> defined.add("#/components/" + kind + "/" + name));
    }
    assertThat(used).containsAll(defined);
  }

  @Test
  void document_examples_fitTheirSchemas() {
    SchemaCheck check = new SchemaCheck(document);
    List<String> problems = new ArrayList<>();
    operations((route, json) -> {
      for (JsonNode content : json.findValues("content")) {
        content
            .properties()
            .forEach(type -> {
              JsonNode example = type.getValue().path("example");
              if (!example.isMissingNode() && type.getKey().endsWith("json")) {
                check
                    .problems(type.getValue().path("schema"), example)
                    .forEach(problem -> problems.add(route + ": " + problem));
              }
            });
      }
    });
    assertThat(problems).isEmpty();
  }

  @Test
  void document_problems_areThoseOfTheCode() throws IOException {
    Set<String> told = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/beckon"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        Matcher codes = CODE.matcher(Files.readString(file));
        while (codes.find()) {
          told.add(codes.group(1) == null ? codes.group(2) : codes.group(1));
        }
      }
    }
    told.add("unreadable-request"); // its status is the exception's
    Set<String> explained = new TreeSet<>();
    document.path("x-problems").fieldNames().forEachRemaining(explained::add);

    assertThat(explained).isEqualTo(told);
  }

  @Test
  void page_everyOperationAndProblem_canBeLinkedTo() {
    String page = plant.application.webDoor().answer(RawRequest.of("GET", "/docs")).body();

    operations((route, json) ->
        assertThat(page)
            .contains("id=\"" + json.path("operationId").asText() + "\"")
            .contains("href=\"#" + json.path("operationId").asText() + "\""));
    document
        .path("x-problems")
        .fieldNames()
        .forEachRemaining(code -> assertThat(page).contains("<tr id=\"" + code + "\">"));
    assertThat(page).doesNotContain("<script", "@nav@", "@main@", "src=");
  }
}
