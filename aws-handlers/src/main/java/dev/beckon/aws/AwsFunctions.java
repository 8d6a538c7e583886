package dev.beckon.aws;

import dev.beckon.app.EntryPoint;

/** Which handler answers which entry point on AWS: what provisions functions reads it here. */
public final class AwsFunctions {
  private AwsFunctions() {}

  /** The handler's class, made by Lambda through its public constructor without arguments. */
  public static Class<?> handler(EntryPoint entryPoint) {
    return switch (entryPoint) {
      case FILE_DROP -> ObjectCreatedHandler.class;
      case CHUNK -> ChunkHandler.class;
      case DISPATCH_PRIORITY, DISPATCH_BULK -> DispatchHandler.class;
      case SWEEP -> SweepHandler.class;
      case DEAD_LETTER -> DeadLetterHandler.class;
      case HTTP -> HttpDoorHandler.class;
    };
  }
}
