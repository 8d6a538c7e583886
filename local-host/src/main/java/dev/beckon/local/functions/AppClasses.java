package dev.beckon.local.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The app's classes, apart from this program's: they see the platform's, their own jars and the two
 * libraries that Azure's Java worker supplies, and nothing else. Thread-safe.
 */
final class AppClasses implements AutoCloseable {
  private final URLClassLoader loader;
  private final FunctionInstanceInjector injector;

  AppClasses(List<Path> jars) {
    this.loader =
        new URLClassLoader(
            "function-app", jars.stream().map(AppClasses::url).toArray(URL[]::new), new Supplied());
    this.injector = injector(loader);
  }

  ClassLoader loader() {
    return loader;
  }

  /** The object an invocation runs on, as the app's own injector or else its constructor has it. */
  Object instance(Class<?> type) throws Exception {
    return injector.getInstance(type);
  }

  private static FunctionInstanceInjector injector(ClassLoader loader) {
    List<FunctionInstanceInjector> found;
    try {
      found =
          ServiceLoader.load(FunctionInstanceInjector.class, loader).stream()
              .map(ServiceLoader.Provider::get)
              .toList();
    } catch (ServiceConfigurationError e) {
      throw new IllegalStateException("META-INF/services: " + e.getMessage(), e);
    }
    if (found.size() > 1) {
      throw new IllegalStateException(
          "META-INF/services names %d injectors; the worker takes one".formatted(found.size()));
    }
    return found.isEmpty() ? new EachTime() : found.getFirst();
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(jar + " is no file: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without an injector the worker makes a new object for every invocation. */
  private static final class EachTime implements FunctionInstanceInjector {
    @Override
    public <T> T getInstance(Class<T> type) throws Exception {
      return type.getDeclaredConstructor().newInstance();
    }
  }

  /** The platform's classes and those of the worker's two libraries. */
  private static final class Supplied extends ClassLoader {
    private static final Set<URL> LIBRARIES =
        Stream.of(ExecutionContext.class, FunctionInstanceInjector.class)
            .map(Supplied::origin)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());

    Supplied() {
      super("worker", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("com.microsoft.azure.functions.")) {
        Class<?> ours = AppClasses.class.getClassLoader().loadClass(name);
        URL origin = origin(ours);
        if (origin != null && LIBRARIES.contains(origin)) {
          return ours;
        }
      }
      throw new ClassNotFoundException(name);
    }

    private static @Nullable URL origin(Class<?> type) {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      return source == null ? null : source.getLocation();
    }
  }
}
