package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.access.KeyGrant;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.filedrop.Import;
import dev.beckon.invitation.Invitation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The handlers on the in-process core, called with event JSON as Lambda's runtime calls them. */
final class HandlersBed implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String BUCKET = "beckon-drop";

  /** The key in S3's own notifications among the fixtures, decoded. */
  static final String NOTIFIED = "welcome/incoming/Zażółć list 1+2 (final).csv";

  /** The key in EventBridge's events among the fixtures. */
  static final String BRIDGED = "welcome/incoming/a b+c%20ü.csv";

  final Plant plant;
  final AwsApplication application;

  HandlersBed(MongoHost mongo) {
    plant = mongo.plant();
    plant.application.configure(Plant.ACCOUNT.replace("\"stays\"", "\"welcome\""));
    application = new AwsApplication(plant.application, plant.clock, BUCKET);
  }

  static String event(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(HandlersBed.class.getResourceAsStream("/events/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static JsonNode call(RequestStreamHandler handler, String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, context());
    return JSON.readTree(out.toByteArray());
  }

  /** Through the serialisers the runtime has built in for these two types. */
  static JsonNode call(RequestHandler<SQSEvent, SQSBatchResponse> handler, String event)
      throws IOException {
    ClassLoader loader = HandlersBed.class.getClassLoader();
    SQSBatchResponse response =
        handler.handleRequest(
            LambdaEventSerializers.serializerFor(SQSEvent.class, loader).fromJson(event),
            context());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LambdaEventSerializers.serializerFor(SQSBatchResponse.class, loader).toJson(response, out);
    return JSON.readTree(out.toByteArray());
  }

  /** Of a context the handlers read the remaining time alone. */
  static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            HandlersBed.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                method.getReturnType() == int.class
                    ? 120_000
                    : method.getReturnType() == String.class ? "" : null);
  }

  /** What a caller with a live key of its own writes under {@code Authorization}. */
  String key() {
    KeyGrant grant =
        new KeyGrant(
            "crm",
            KeyKind.LIVE,
            EnumSet.allOf(Scope.class),
            Set.of(),
            KeyGrant.USUAL_PER_MINUTE,
            null);
    return "Bearer " + plant.application.keys().issue("acme", grant, "test").text().reveal();
  }

  void put(String key) {
    plant.objects.write(
        key,
        "email,Vorname\nada@example.org,Ada\nbob@example.org,Bob\n"
            .getBytes(StandardCharsets.UTF_8));
  }

  List<Import> imports() {
    return plant.application.stores().imports().newest(10);
  }

  Invitation invitation(int row) {
    return plant
        .application
        .stores()
        .invitations()
        .load(List.of(Invitation.id(imports().getFirst().id(), row)))
        .getFirst();
  }

  List<String> eventCodes() {
    return plant.application.stores().events().newest(20).stream()
        .map(dev.beckon.events.Event::code)
        .toList();
  }

  @Override
  public void close() {
    plant.close();
  }
}
