package dev.beckon.azure.telemetry;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.TraceContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the Java worker tells a function of its invocation, and what it takes of its logger. */
public final class TestInvocation implements ExecutionContext {
  public static final String TRACE = "5759e988bd862e3fe1be46a994272793";

  private final String id;
  private final String function;
  private final String parent;
  private final Logger logger = Logger.getAnonymousLogger();
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  /** Called by a host that keeps nothing of the trace itself, as its own telemetry does. */
  public TestInvocation(String id, String function) {
    this(id, function, "00-" + TRACE + "-53995c3f42cd8ad8-00");
  }

  public TestInvocation(String id, String function, String parent) {
    this.id = id;
    this.function = function;
    this.parent = parent;
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(new Keeper());
  }

  private final class Keeper extends Handler {
    @Override
    public void publish(LogRecord written) {
      records.add(written);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** What the host was given for this invocation. */
  public List<LogRecord> records() {
    return List.copyOf(records);
  }

  public List<String> messages() {
    return records.stream().map(LogRecord::getMessage).toList();
  }

  @Override
  public Logger getLogger() {
    return logger;
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
    return new TraceContext() {
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
    };
  }
}
