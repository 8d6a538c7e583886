package dev.beckon.azure;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.beckon.config.RuntimeConfig;
import java.lang.reflect.Constructor;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the functions' objects for the worker, which asks for one before each invocation: each
 * once, all on one application. Thread-safe.
 */
public final class AzureInjector implements FunctionInstanceInjector {
  private final ConcurrentMap<Class<?>, Object> instances = new ConcurrentHashMap<>();
  private final Supplier<AzureApplication> starting;
  private @Nullable AzureApplication application;

  /** Called by the worker, once per process. */
  public AzureInjector() {
    this(() -> AzureApplication.start(RuntimeConfig.fromEnvironment()));
  }

  AzureInjector(Supplier<AzureApplication> starting) {
    this.starting = starting;
  }

  /**
   * The object of a class of functions.
   *
   * @throws dev.beckon.config.ConfigurationException naming every problem; the next call starts
   *     again, for what failed may have passed
   */
  @Override
  public <T> T getInstance(Class<T> functionClass) throws ReflectiveOperationException {
    Object made = instances.get(functionClass);
    if (made == null) {
      AzureApplication started = application();
      Constructor<T> constructor = functionClass.getDeclaredConstructor(AzureApplication.class);
      T fresh = constructor.newInstance(started);
      Object earlier = instances.putIfAbsent(functionClass, fresh);
      made = earlier == null ? fresh : earlier;
    }
    return functionClass.cast(made);
  }

  private synchronized AzureApplication application() {
    AzureApplication started = application;
    if (started == null) {
      started = starting.get();
      application = started;
    }
    return started;
  }
}
