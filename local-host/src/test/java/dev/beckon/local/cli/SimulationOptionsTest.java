package dev.beckon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands of the simulation say to values they cannot work with. */
class SimulationOptionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          produce -m 0                       | --messages must be from 1 to 10,000,000, not 0
          produce -m many                    | '--messages'
          produce -l 0                       | --length must be from 1 to 1,000, not 0
          produce -l 1001                    | --length must be from 1 to 1,000, not 1,001
          send -w 50                         | write a length of time as 50ms, 2s
          send -w soon                       | write a length of time as 50ms, 2s
          send -w 2m                         | --wait, in seconds, must be from 0 to 60, not 120
          send -f 5                          | --failure-rate must be from 0 to 1, not 5
          send -f -0.1                       | --failure-rate must be from 0 to 1, not -0.1
          send -f NaN                        | --failure-rate must be from 0 to 1, not NaN
          send -c 0                          | --concurrency must be from 1 to 1,000, not 0
          send --stop-at-failure-rate 0      | --stop-at-failure-rate must be
          send --linger -1s                  | write a length of time as 50ms, 2s
          monitor -t 0                       | --every, in seconds, must be from 0.1 to 3,600, not 0
          monitor -t often                   | --every: write seconds, or
          monitor --chart run.svg            | a chart is a .html or a .png file, not run.svg
          monitor --no-chart --chart a.html  | give either --chart or --no-chart
          monitor --env nowhere.env          | --env: cannot read nowhere.env
          stop now                           | 'now'
          """)
  void options_unusable_areNamedWithTheRemedy(String typed, String said) {
    Shell.Seen seen = Shell.run(typed.split(" ", -1));

    assertThat(seen.code()).isEqualTo(2);
    assertThat(seen.err()).contains(said).contains("--help");
    assertThat(seen.out()).isEmpty();
  }

  @Test
  void help_ofEach_namesItsExitCodes() {
    for (String command : new String[] {"produce", "send", "monitor"}) {
      Shell.Seen seen = Shell.run(command, "--help");

      assertThat(seen.code()).isZero();
      assertThat(seen.out()).contains("Exit codes:", "the command line is not right", "--env=FILE");
    }
    assertThat(Shell.run("send", "--help").out()).contains("5 % of them fail", "IN_DOUBT");
  }

  @Test
  void environment_incomplete_isToldWhole(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("some.env"), "BECKON_BUCKET=drop\n");

    Shell.Seen seen = Shell.run("monitor", "--env=" + file);

    assertThat(seen.code()).isEqualTo(1);
    assertThat(seen.err()).contains("BECKON_MONGO_URI is missing", "BECKON_BULK_QUEUE is missing");
  }

  @Test
  void installation_notThere_isToldInPlainWords(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("gone.env"),
            """
            BECKON_MONGO_URI=mongodb://127.0.0.1:1
            BECKON_BUCKET=drop
            BECKON_FILES_QUEUE=http://127.0.0.1:1/q/files
            BECKON_CHUNK_QUEUE=http://127.0.0.1:1/q/chunks
            BECKON_PRIORITY_QUEUE=http://127.0.0.1:1/q/priority
            BECKON_BULK_QUEUE=http://127.0.0.1:1/q/bulk
            BECKON_PUBLIC_URL=http://127.0.0.1:1
            BECKON_SQS_ENDPOINT=http://127.0.0.1:1
            BECKON_S3_ENDPOINT=http://127.0.0.1:1
            BECKON_SECRETS=file:%s
            AWS_ACCESS_KEY_ID=local
            AWS_SECRET_ACCESS_KEY=local
            AWS_REGION=eu-west-1
            """
                .formatted(
                    Files.writeString(
                        folder.resolve("secrets.json"),
                        "{\"beckon-master-key\":\"%1$s\",\"beckon-hash-key\":\"%1$s\"}"
                            .formatted("A".repeat(43) + "="))));

    Shell.Seen seen = Shell.run("monitor", "--env=" + file);

    assertThat(seen.code()).isEqualTo(1);
    assertThat(seen.err()).contains("the store of this installation does not answer");
  }
}
