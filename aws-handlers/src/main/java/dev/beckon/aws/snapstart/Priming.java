package dev.beckon.aws.snapstart;

import dev.beckon.app.Rehearsal;
import dev.beckon.privacy.Failures;
import dev.beckon.vendor.VendorCatalog;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the classes and warms the code that the first event will need, before the snapshot. It
 * reaches no network, and what it makes is thrown away. A part that fails costs time later and
 * nothing else.
 */
public final class Priming {
  private static final Logger log = LoggerFactory.getLogger(Priming.class);

  /** Twice makes the interpreter's choices; more would be compiled after the restore anyway. */
  private static final int TIMES = 2;

  private Priming() {}

  public static void run(VendorCatalog catalog) {
    Map<String, Part> parts =
        Map.of(
            "core", () -> Rehearsal.run(catalog, "simulator"),
            "sdk", SdkCalls::play,
            "tls", Priming::greet);
    for (Map.Entry<String, Part> part : parts.entrySet()) {
      long began = System.nanoTime();
      try {
        for (int i = 0; i < TIMES; i++) {
          part.getValue().run();
        }
        log.info(
            "primed={} ms={}",
            part.getKey(),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
      } catch (Exception e) {
        log.warn("primed={} failed: {}", part.getKey(), Failures.tell(e));
      }
    }
  }

  @FunctionalInterface
  private interface Part {
    void run() throws Exception;
  }

  /** The first message of a handshake that nobody answers: providers, suites, the trust store. */
  private static void greet() throws GeneralSecurityException, SSLException {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine("beckon.example", 443);
    engine.setUseClientMode(true);
    engine.beginHandshake();
    engine.wrap(
        ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
    engine.closeOutbound();
  }
}
