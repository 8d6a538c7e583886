package dev.beckon.local.functions;

import com.microsoft.azure.functions.OutputBinding;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One function of the app, ready to be called by many threads at once. */
final class AppFunction {
  private final FunctionJson json;
  private final Binding trigger;
  private final Method method;
  private final List<Slot> slots;
  private final AppClasses classes;

  AppFunction(
      FunctionJson json, Binding trigger, Method method, List<Slot> slots, AppClasses classes) {
    this.json = json;
    this.trigger = trigger;
    this.method = method;
    this.slots = List.copyOf(slots);
    this.classes = classes;
  }

  /**
   * What a function left behind.
   *
   * @param returned null without a return value
   * @param outputs what it set, by binding
   */
  record Result(@Nullable Object returned, Map<String, Object> outputs) {}

  String name() {
    return json.name();
  }

  Binding trigger() {
    return trigger;
  }

  /** The binding of an output. */
  Binding output(String name) {
    return json.bindings().stream()
        .filter(binding -> binding.isOut() && binding.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Calls the function.
   *
   * @throws Exception what the function threw, errors wrapped
   */
  Result call(Invocation invocation) throws Exception {
    Map<String, Output> outputs = new LinkedHashMap<>();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes.loader());
    try {
      @Nullable Object[] arguments = new @Nullable Object[slots.size()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = argument(slots.get(i), invocation, outputs);
      }
      Object on =
          Modifier.isStatic(method.getModifiers())
              ? null
              : classes.instance(method.getDeclaringClass());
      Object returned = method.invoke(on, arguments);
      Map<String, Object> values = new LinkedHashMap<>();
      outputs.forEach((name, output) -> {
        if (output.value != null) {
          values.put(name, output.value);
        }
      });
      return new Result(returned, values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception thrown) {
        throw thrown;
      }
      throw e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private @Nullable Object argument(Slot slot, Invocation invocation, Map<String, Output> outputs) {
    return switch (slot) {
      case Slot.Context context -> invocation.context(name());
      case Slot.In in -> invocation.trigger().as(in.type());
      case Slot.Out out -> outputs.computeIfAbsent(out.binding(), any -> new Output());
      case Slot.Metadata metadata ->
          Objects.requireNonNull(
                  invocation.metadata().get(metadata.property()),
                  () -> "the trigger has no " + metadata.property())
              .as(metadata.type());
    };
  }

  private static final class Output implements OutputBinding<Object> {
    private @Nullable Object value;

    @Override
    @SuppressWarnings("NullAway") // the library's interface is not annotated
    public @Nullable Object getValue() {
      return value;
    }

    @Override
    public void setValue(Object set) {
      this.value = set;
    }
  }
}
