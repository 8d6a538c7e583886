package dev.beckon.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AttendanceTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  /** A thread each: they block. */
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  @Test
  void untilIdle_whileSomebodyIsThere_goesOn() throws Exception {
    try (Attendance attendance = Attendance.start()) {
      Presence presence = Presence.at(attendance.port()).orElseThrow();
      CompletableFuture<Void> idle = waiting(attendance, Duration.ofMillis(1));

      assertThatThrownBy(() -> idle.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
      presence.close();
      idle.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void stop_endsTheWait() throws Exception {
    Attendance attendance = Attendance.start();
    CompletableFuture<Void> idle = waiting(attendance, LONG);
    Presence presence = Presence.at(attendance.port()).orElseThrow();
    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(() -> presence.stop(30_000), THREADS);

    idle.get(30, TimeUnit.SECONDS);
    attendance.close();
    stopped.get(30, TimeUnit.SECONDS);
  }

  @Test
  void at_somebodyElsesPort_isEmpty() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Presence.at(mute.getLocalPort())).isEmpty();
    }
    int free;
    try (ServerSocket closed = new ServerSocket(0)) {
      free = closed.getLocalPort();
    }
    assertThat(Presence.at(free)).isEmpty();
  }

  private static CompletableFuture<Void> waiting(Attendance attendance, Duration idle) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            attendance.untilIdle(idle);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        THREADS);
  }
}
