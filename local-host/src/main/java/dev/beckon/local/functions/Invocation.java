package dev.beckon.local.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.RetryContext;
import com.microsoft.azure.functions.RpcException;
import com.microsoft.azure.functions.TraceContext;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;

/**
 * What the host hands over with one call of a function.
 *
 * @param id anew each time
 * @param trigger what the trigger's parameter gets
 * @param metadata what {@code @BindingName} asks for
 * @param traceParent the W3C's header, of the caller or anew
 */
record Invocation(String id, Input trigger, Map<String, Input> metadata, String traceParent) {

  static Invocation of(Input trigger, Map<String, Input> metadata) {
    return new Invocation(UUID.randomUUID().toString(), trigger, metadata, newTrace());
  }

  static String newTrace() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "00-%016x%016x-%016x-01"
        .formatted(random.nextLong(), random.nextLong() | 1, random.nextLong() | 1);
  }

  ExecutionContext context(String function) {
    return new Context(id, function, traceParent);
  }

  private record Context(String id, String function, String traceParent)
      implements ExecutionContext {

    @Override
    public Logger getLogger() {
      return Logger.getLogger("Function." + function + ".User");
    }

    @Override
    public String getInvocationId() {
      return id;
    }

    @Override
    public String getFunctionName() {
      return function;
    }

    @Override
    public TraceContext getTraceContext() {
      return new Trace(traceParent);
    }

    @Override
    public RetryContext getRetryContext() {
      return new NoRetry();
    }
  }

  private record Trace(String parent) implements TraceContext {
    @Override
    public String getTraceparent() {
      return parent;
    }

    @Override
    public String getTracestate() {
      return "";
    }

    @Override
    public Map<String, String> getAttributes() {
      return Map.of();
    }
  }

  /** Queues repeat messages by themselves; the host's own repetition is not used. */
  private record NoRetry() implements RetryContext {
    @Override
    public int getRetrycount() {
      return 0;
    }

    @Override
    public int getMaxretrycount() {
      return 0;
    }

    @Override
    public RpcException getException() {
      return new RpcException() {
        @Override
        public String getSource() {
          return "";
        }

        @Override
        public String getStacktrace() {
          return "";
        }

        @Override
        public String getMessage() {
          return "";
        }
      };
    }
  }
}
