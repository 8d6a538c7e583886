package dev.beckon.local.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function app as the build stages it and Azure unpacks it: host.json, a folder with a
 * function.json for each function, a jar and its libraries. Loaded, and checked as a whole.
 */
final class StagedApp implements AutoCloseable {
  private final HostJson host;
  private final List<AppFunction> functions;
  private final AppClasses classes;

  private StagedApp(HostJson host, List<AppFunction> functions, AppClasses classes) {
    this.host = host;
    this.functions = functions;
    this.classes = classes;
  }

  /**
   * Loads an app.
   *
   * @throws StagedAppException naming every fault of the folder
   */
  static StagedApp load(Path folder, AppSettings settings) {
    Faults faults = new Faults();
    if (!Files.isDirectory(folder)) {
      faults.add("folder", "does not exist");
      faults.complain(folder.toString());
    }
    HostJson host = HostJson.read(folder.resolve("host.json"), faults);
    List<FunctionJson> described = described(folder, faults);
    AppClasses classes = faults.tried("libraries", () -> new AppClasses(jars(folder, described)));
    List<AppFunction> functions = new ArrayList<>();
    if (classes != null) {
      TriggerRules rules = new TriggerRules(settings, faults);
      for (FunctionJson json : described) {
        AppFunction function = function(json, classes, rules, faults);
        if (function != null) {
          functions.add(function);
        }
      }
    }
    try {
      faults.complain(folder.toString());
    } catch (StagedAppException e) {
      if (classes != null) {
        classes.close();
      }
      throw e;
    }
    return new StagedApp(host, List.copyOf(functions), Objects.requireNonNull(classes));
  }

  HostJson host() {
    return host;
  }

  List<AppFunction> functions() {
    return functions;
  }

  private static List<FunctionJson> described(Path folder, Faults faults) {
    List<FunctionJson> described = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (Path each : list(folder)) {
      if (!Files.exists(each.resolve("function.json"))) {
        continue;
      }
      FunctionJson json =
          faults.tried(each.getFileName() + "/function.json", () -> FunctionJson.read(each));
      if (json == null) {
        continue;
      }
      if (!names.add(json.name().toLowerCase(Locale.ROOT))) {
        faults.add(json.name(), "another function has this name but for its case");
      }
      described.add(json);
    }
    if (described.isEmpty()) {
      faults.add("folder", "has no function");
    }
    return described;
  }

  private static @Nullable AppFunction function(
      FunctionJson json, AppClasses classes, TriggerRules rules, Faults faults) {
    Binding trigger = rules.trigger(json);
    if (!Files.isRegularFile(json.jar())) {
      faults.add(json.name(), "scriptFile is missing: " + json.jar());
      return null;
    }
    Method method = faults.tried(json.name(), () -> method(json, classes));
    if (method == null || trigger == null) {
      return null;
    }
    List<Slot> slots = new ArrayList<>();
    Arrays.stream(method.getParameters())
        .forEach(parameter -> {
          Slot slot = faults.tried(json.name(), () -> Slot.of(parameter));
          if (slot != null) {
            slots.add(slot);
          }
        });
    rules.check(json, trigger, slots);
    return new AppFunction(json, trigger, method, slots, classes);
  }

  private static Method method(FunctionJson json, AppClasses classes)
      throws ClassNotFoundException {
    List<Method> found;
    try {
      found =
          Arrays.stream(Class.forName(json.className(), false, classes.loader()).getMethods())
              .filter(method -> method.getName().equals(json.methodName()) && !method.isBridge())
              .toList();
    } catch (ClassNotFoundException e) {
      throw new ClassNotFoundException(
          "entryPoint " + json.entryPoint() + " names a class that is in no jar", e);
    } catch (LinkageError e) {
      throw new ClassNotFoundException(
          "entryPoint " + json.entryPoint() + " does not load: " + e, e);
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "entryPoint %s names %d public methods instead of one"
              .formatted(json.entryPoint(), found.size()));
    }
    return found.getFirst();
  }

  private static List<Path> jars(Path folder, List<FunctionJson> described) {
    Set<Path> jars = new LinkedHashSet<>();
    described.forEach(json -> jars.add(json.jar()));
    Path lib = folder.resolve("lib");
    if (Files.isDirectory(lib)) {
      list(lib).stream().filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
    }
    return List.copyOf(jars);
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    classes.close();
  }
}
