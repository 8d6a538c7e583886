package dev.beckon.local.functions;

import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value on its way into a parameter, converted as Azure's Java worker converts it. */
@FunctionalInterface
interface Input {

  /**
   * The value as a parameter wants it.
   *
   * @throws IllegalArgumentException when the worker cannot make one of the other either
   */
  @Nullable Object as(Type type);

  /** A text. */
  record Text(String value) implements Input {
    @Override
    public @Nullable Object as(Type type) {
      return Conversion.optional(
          type, plain -> plain == String.class ? value : Conversion.fromJson(value, plain));
    }
  }

  /** A document. */
  record Json(String value) implements Input {
    @Override
    public @Nullable Object as(Type type) {
      return Conversion.optional(
          type, plain -> plain == String.class ? value : Conversion.fromJson(value, plain));
    }
  }

  /**
   * Bytes. Of bytes for a text the worker makes base64 and reads that as lenient JSON, which ends
   * at the first {@code /} or {@code =}: most such bodies fail.
   */
  record Bytes(BinaryData value) implements Input {
    @Override
    public @Nullable Object as(Type type) {
      return Conversion.optional(type, this::plain);
    }

    private Object plain(Class<?> type) {
      String base64 = Base64.getEncoder().encodeToString(value.toBytes());
      if (type == byte[].class) {
        return value.toBytes();
      }
      if (type != String.class || base64.contains("/") || base64.contains("=")) {
        throw Conversion.impossible("bytes", type);
      }
      return base64;
    }
  }

  /** Nothing, which only an optional can hold; anything else gets null. */
  enum Nothing implements Input {
    NOTHING;

    @Override
    public @Nullable Object as(Type type) {
      return Conversion.raw(type) == Optional.class ? Optional.empty() : null;
    }
  }

  /** What the conversions share. */
  final class Conversion {
    private static final ObjectMapper RELAXED =
        JsonMapper.builder()
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private Conversion() {}

    static Class<?> raw(Type type) {
      return switch (type) {
        case Class<?> plain -> plain;
        case ParameterizedType generic -> (Class<?>) generic.getRawType();
        default -> Object.class;
      };
    }

    /** The type between the angle brackets; Object without. */
    static Type argument(Type type) {
      return type instanceof ParameterizedType generic
          ? generic.getActualTypeArguments()[0]
          : Object.class;
    }

    static @Nullable Object optional(Type type, ToType conversion) {
      return raw(type) == Optional.class
          ? Optional.ofNullable(conversion.to(raw(argument(type))))
          : conversion.to(raw(type));
    }

    static @Nullable Object fromJson(String text, Class<?> type) {
      try {
        return RELAXED.readValue(text, type);
      } catch (JsonProcessingException e) {
        throw impossible("a text", type);
      }
    }

    static IllegalArgumentException impossible(String what, Class<?> type) {
      return new IllegalArgumentException(
          "Azure's Java worker makes no " + type.getTypeName() + " of " + what);
    }
  }

  /** Makes a value of a plain type. */
  @FunctionalInterface
  interface ToType {
    @Nullable Object to(Class<?> type);
  }
}
