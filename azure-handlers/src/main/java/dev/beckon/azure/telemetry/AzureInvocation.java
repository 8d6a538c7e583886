package dev.beckon.azure.telemetry;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.TraceContext;
import dev.beckon.telemetry.Tag;
import java.util.EnumMap;
import java.util.Map;

/**
 * An invocation as the Functions host began it: until this is closed, lines that say its id go to
 * its own logger.
 */
public final class AzureInvocation implements AutoCloseable {
  private final InvocationLogs logs;
  private final ExecutionContext context;
  private final TraceParent called;

  private AzureInvocation(InvocationLogs logs, ExecutionContext context, TraceParent called) {
    this.logs = logs;
    this.context = context;
    this.called = called;
  }

  /** Begins before anything is logged of it, and is closed after its figures went out. */
  public static AzureInvocation begin(ExecutionContext context) {
    InvocationLogs logs = InvocationLogs.ofProcess();
    TraceContext trace = context.getTraceContext();
    logs.bind(context.getInvocationId(), context.getLogger());
    return new AzureInvocation(
        logs, context, TraceParent.of(trace == null ? null : trace.getTraceparent()));
  }

  /** What the host says called it; empty for nothing. */
  public String parent() {
    return called.text();
  }

  /** What its lines and spans say of it. */
  public Map<Tag, String> about() {
    Map<Tag, String> about = new EnumMap<>(Tag.class);
    about.put(Tag.FUNCTION, context.getFunctionName());
    about.put(Tag.REQUEST_ID, context.getInvocationId());
    if (!called.traceId().isEmpty()) {
      about.put(Tag.TRACE_ID, called.traceId());
    }
    return about;
  }

  @Override
  public void close() {
    logs.release(context.getInvocationId());
  }
}
