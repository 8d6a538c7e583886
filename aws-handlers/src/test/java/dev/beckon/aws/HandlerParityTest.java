package dev.beckon.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.beckon.app.EntryPoint;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandlerParityTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/beckon/aws");
  private static final int MOST_LINES = 60;

  @ParameterizedTest
  @EnumSource
  void handler_ofEveryEntryPoint_isWhatLambdaCanMakeAndCall(EntryPoint point) throws Exception {
    Class<?> handler = AwsFunctions.handler(point);

    assertThat(Modifier.isPublic(handler.getModifiers())).isTrue();
    assertThat(Modifier.isPublic(handler.getConstructor().getModifiers())).isTrue();
    assertThat(Files.readAllLines(SOURCES.resolve(handler.getSimpleName() + ".java")))
        .hasSizeLessThan(MOST_LINES);
    switch (point) {
      case CHUNK, DISPATCH_PRIORITY, DISPATCH_BULK, DEAD_LETTER ->
          assertThat(typesOf(handler)).containsExactly(SQSEvent.class, SQSBatchResponse.class);
      // several kinds of event, or one that no type of the runtime reads
      case FILE_DROP, SWEEP, HTTP ->
          assertThat(RequestStreamHandler.class).isAssignableFrom(handler);
    }
  }

  @Test
  void handlers_inThisRoom_allServeAnEntryPoint() throws IOException {
    Set<String> serving =
        Stream.of(EntryPoint.values())
            .map(point -> AwsFunctions.handler(point).getSimpleName() + ".java")
            .collect(Collectors.toSet());
    try (Stream<Path> sources = Files.list(SOURCES)) {
      assertThat(sources.map(source -> source.getFileName().toString()))
          .filteredOn(name -> name.endsWith("Handler.java"))
          .containsExactlyInAnyOrderElementsOf(serving);
    }
  }

  private static List<Object> typesOf(Class<?> handler) {
    return Arrays.stream(handler.getGenericInterfaces())
        .filter(ParameterizedType.class::isInstance)
        .map(ParameterizedType.class::cast)
        .filter(type -> type.getRawType() == RequestHandler.class)
        .flatMap(type -> Arrays.<Object>stream(type.getActualTypeArguments()))
        .toList();
  }
}
