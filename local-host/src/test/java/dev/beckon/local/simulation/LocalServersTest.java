package dev.beckon.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers that commands start, share and end where no installation is named. */
class LocalServersTest {
  @TempDir Path folder;

  @AfterEach
  void stop() {
    new LocalServers(folder.resolve(".beckon")).stop();
  }

  @Test
  void commands_withoutInstallation_shareServersThatTheFirstStarted() throws Exception {
    try (Typed monitor = Typed.in(folder, "monitor", "-t", "0.3", "--chart", "run.html");
        Typed produce = Typed.in(folder, "produce", "-m", "100")) {
      assertThat(produce.code()).as(produce.text()).isZero();
      monitor.says("waiting 100");
      try (Typed send = Typed.in(folder, "send", "-w", "1ms", "-c", "8")) {
        assertThat(send.code()).as(send.text()).isZero();
        assertThat(send.text()).contains("nothing is left to be sent");
      }
      assertThat(monitor.code()).as(monitor.text()).isZero();
      assertThat((monitor.text() + produce.text()).split("Starting local servers", -1)).hasSize(2);
    }
    assertThat(folder.resolve("run.html")).content().contains("100 of 100 messages");

    try (Typed stop = Typed.in(folder, "stop");
        Typed again = Typed.in(folder, "stop")) {
      assertThat(stop.code()).isZero();
      assertThat(again.code()).isZero();
      assertThat(stop.text() + again.text()).contains("the local servers are stopped");
    }
    assertThat(folder.resolve(".beckon/simulation.env")).doesNotExist();
  }

  @Test
  void servers_killed_areStartedAnew() throws Exception {
    Path left = Files.createDirectories(folder.resolve(".beckon")).resolve("simulation.env");
    Files.writeString(left, "SIMULATION_PORT=1\nBECKON_MONGO_URI=mongodb://127.0.0.1:1\n");

    try (Typed produce = Typed.in(folder, "produce", "-m", "1")) {
      assertThat(produce.code()).as(produce.text()).isZero();
      assertThat(produce.text()).contains("Starting local servers", "accepted 1, refused 0");
    }
  }

  @Test
  void servers_withoutACommand_endByThemselves() throws Exception {
    try (Typed servers = Typed.in(folder, "servers", ".beckon", "--idle", "1s")) {
      assertThat(servers.code()).as(servers.text()).isZero();
    }
    assertThat(folder.resolve(".beckon/simulation.env")).doesNotExist();
  }
}
