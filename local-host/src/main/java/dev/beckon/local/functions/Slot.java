package dev.beckon.local.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.OutputBinding;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;

/** What one parameter of a function is filled with. */
sealed interface Slot {
  /** The annotations are the app's own, so they are known by name only. */
  String ANNOTATIONS = "com.microsoft.azure.functions.annotation.";

  /** Gets the context of the invocation. */
  record Context() implements Slot {}

  /** Gets the input of a binding. */
  record In(String binding, Type type) implements Slot {}

  /** Takes the value of an output. */
  record Out(String binding) implements Slot {}

  /** Gets a property of the trigger. */
  record Metadata(String property, Type type) implements Slot {}

  /**
   * Finds out, as the worker does.
   *
   * @throws IllegalArgumentException when the worker would not know either
   */
  static Slot of(Parameter parameter) {
    Type type = parameter.getParameterizedType();
    for (Annotation annotation : parameter.getAnnotations()) {
      String kind = annotation.annotationType().getName();
      if (kind.equals(ANNOTATIONS + "BindingName")) {
        return new Metadata(read(annotation, "value"), type);
      }
      if (kind.startsWith(ANNOTATIONS) && has(annotation, "name")) {
        return OutputBinding.class.isAssignableFrom(parameter.getType())
            ? new Out(read(annotation, "name"))
            : new In(read(annotation, "name"), type);
      }
    }
    if (parameter.getType() == ExecutionContext.class) {
      return new Context();
    }
    throw new IllegalArgumentException(
        "the parameter %s has no binding".formatted(parameter.getName()));
  }

  private static boolean has(Annotation annotation, String property) {
    try {
      annotation.annotationType().getMethod(property);
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private static String read(Annotation annotation, String property) {
    try {
      return (String) annotation.annotationType().getMethod(property).invoke(annotation);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(annotation + " has no " + property, e);
    }
  }
}
