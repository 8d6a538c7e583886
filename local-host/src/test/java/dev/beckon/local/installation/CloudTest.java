package dev.beckon.local.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.config.RuntimeConfig;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudTest {

  @ParameterizedTest
  @CsvSource({
    "https://sqs.eu-central-1.amazonaws.com/000000000000/beckon-bulk, files,                    '',    AWS",
    "http://127.0.0.1:9324/000000000000/beckon-bulk,                  files,                    '',    AWS",
    "https://acme.queue.core.windows.net/beckon-bulk,                 https://acme.blob.core.windows.net/beckon-files, '', AZURE",
    "https://acme.queue.core.usgovcloudapi.net/beckon-bulk,           https://a.blob.core.usgovcloudapi.net/f, '', AZURE",
    "https://acme.queue.core.windows.net/beckon-bulk,                 s3://files?region=eu-central-1, '', AZURE",
    "http://127.0.0.1:10001/devstoreaccount1/beckon-bulk,             http://127.0.0.1:10000/devstoreaccount1/beckon-files, AccountName=devstoreaccount1, AZURE",
  })
  void of_queuesTell_whereverFilesLie(String queue, String bucket, String storage, Cloud cloud) {
    Map<String, String> variables = new HashMap<>();
    variables.put("BECKON_MONGO_URI", "mongodb://127.0.0.1");
    variables.put("BECKON_BUCKET", bucket);
    variables.put("BECKON_FILES_QUEUE", queue);
    variables.put("BECKON_CHUNK_QUEUE", queue);
    variables.put("BECKON_PRIORITY_QUEUE", queue);
    variables.put("BECKON_BULK_QUEUE", queue);
    variables.put("BECKON_PUBLIC_URL", "http://127.0.0.1");
    variables.put("BECKON_SECRETS", "file:secrets.json");
    variables.put("BECKON_STORAGE", storage);

    assertThat(Cloud.of(RuntimeConfig.of(variables))).isEqualTo(cloud);
  }
}
