package dev.beckon.azure;

import com.microsoft.azure.functions.ExecutionContext;
import java.util.logging.Logger;

/** What the worker tells a function of its invocation. */
record TestContext(String getFunctionName) implements ExecutionContext {
  @Override
  public Logger getLogger() {
    return Logger.getLogger("invocation");
  }

  @Override
  public String getInvocationId() {
    return "a5d3c7e2-0000-4000-8000-000000000001";
  }
}
