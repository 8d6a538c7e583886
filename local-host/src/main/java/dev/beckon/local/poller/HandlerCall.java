package dev.beckon.local.poller;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A handler with its event and result as JSON, converted as Lambda's Java runtime does. */
interface HandlerCall {

  Object handler();

  String call(String eventJson, Context context) throws IOException;

  /** Finds how to call a handler; a class that is none is an {@link IllegalArgumentException}. */
  static HandlerCall of(Object handler) {
    if (handler instanceof RequestStreamHandler streams) {
      return new Streams(streams);
    }
    if (handler instanceof RequestHandler<?, ?> typed) {
      Type[] types = typesOf(handler.getClass());
      return typed(typed, types[0], types[1]);
    }
    throw new IllegalArgumentException(
        handler.getClass().getName() + " is neither a RequestHandler nor a RequestStreamHandler");
  }

  /** Bytes in, bytes out. */
  record Streams(RequestStreamHandler handler) implements HandlerCall {
    @Override
    public String call(String eventJson, Context context) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      handler.handleRequest(
          new ByteArrayInputStream(eventJson.getBytes(StandardCharsets.UTF_8)), out, context);
      return out.toString(StandardCharsets.UTF_8);
    }
  }

  /** An event object in, a result object out. */
  record Typed<I, O>(
      RequestHandler<I, O> handler, PojoSerializer<I> events, PojoSerializer<O> results)
      implements HandlerCall {
    @Override
    public String call(String eventJson, Context context) {
      O result = handler.handleRequest(events.fromJson(eventJson), context);
      if (result == null) {
        return "null";
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      results.toJson(result, out);
      return out.toString(StandardCharsets.UTF_8);
    }
  }

  private static <I, O> HandlerCall typed(RequestHandler<I, O> handler, Type input, Type output) {
    return new Typed<I, O>(handler, serializer(input), serializer(output));
  }

  @SuppressWarnings("unchecked") // the type was read from the very handler it is used with
  private static <T> PojoSerializer<T> serializer(Type type) {
    if (type instanceof Class<?> raw
        && LambdaEventSerializers.isLambdaSupportedEvent(raw.getName())) {
      return (PojoSerializer<T>)
          LambdaEventSerializers.serializerFor(raw, HandlerCall.class.getClassLoader());
    }
    return (PojoSerializer<T>) JacksonFactory.getInstance().getSerializer(type);
  }

  /** The two type arguments of RequestHandler, wherever in the hierarchy they are given. */
  private static Type[] typesOf(Class<?> handler) {
    Map<Type, Type> known = new HashMap<>();
    Deque<Type> open = new ArrayDeque<>();
    open.add(handler);
    while (!open.isEmpty()) {
      Type type = open.remove();
      @Nullable Class<?> raw = null;
      if (type instanceof ParameterizedType parameterized) {
        raw = (Class<?>) parameterized.getRawType();
        TypeVariable<?>[] variables = raw.getTypeParameters();
        Type[] arguments = parameterized.getActualTypeArguments();
        for (int i = 0; i < variables.length; i++) {
          known.put(variables[i], known.getOrDefault(arguments[i], arguments[i]));
        }
      } else if (type instanceof Class<?> plain) {
        raw = plain;
      }
      if (raw != null) {
        open.addAll(List.of(raw.getGenericInterfaces()));
        if (raw.getGenericSuperclass() != null) {
          open.add(raw.getGenericSuperclass());
        }
      }
    }
    TypeVariable<?>[] wanted = RequestHandler.class.getTypeParameters();
    return new Type[] {
      known.getOrDefault(wanted[0], Object.class), known.getOrDefault(wanted[1], Object.class)
    };
  }
}
