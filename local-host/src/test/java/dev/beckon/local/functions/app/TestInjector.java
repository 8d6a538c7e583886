package dev.beckon.local.functions.app;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;

/** Has the one object of the app. */
public final class TestInjector implements FunctionInstanceInjector {
  private final TestFunctions functions = new TestFunctions("injector");

  @Override
  public <T> T getInstance(Class<T> type) {
    return type.cast(functions);
  }
}
