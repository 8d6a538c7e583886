package dev.beckon.azurite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {
  private static final String TIME = "127.0.0.1 - - [21/Nov/2026:21:14:36 +0000] ";

  @Test
  void created_blobWritten_isTheDecodedKeyAndWhatWroteIt() {
    assertThat(
            AccessLog.created(
                TIME
                    + "\"PUT /devstoreaccount1/beckon-files/welcome%2Fincoming%2Fa%20b+%C5%BC.csv HTTP/1.1\" 201 -"))
        .hasValue(new AccessLog.Created("beckon-files", "welcome/incoming/a b+ż.csv", "PutBlob"));
    assertThat(
            AccessLog.created(
                TIME
                    + "\"PUT /devstoreaccount1/c/a/b.csv?comp=blocklist&timeout=30 HTTP/1.1\" 201 -"))
        .hasValue(new AccessLog.Created("c", "a/b.csv", "PutBlockList"));
    assertThat(AccessLog.created(TIME + "\"PUT /devstoreaccount1/c/k HTTP/1.1\" 202 -"))
        .hasValue(new AccessLog.Created("c", "k", "CopyBlob"));
    assertThat(
            AccessLog.created(TIME + "\"PUT /devstoreaccount1/c/k?sv=2026&sig=x HTTP/1.1\" 201 -"))
        .hasValue(new AccessLog.Created("c", "k", "PutBlob"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"PUT /devstoreaccount1/c/k HTTP/1.1\" 412 -",
        "\"PUT /devstoreaccount1/c/k?comp=block&blockid=QQ%3D%3D HTTP/1.1\" 201 -",
        "\"PUT /devstoreaccount1/c/k?comp=metadata HTTP/1.1\" 200 -",
        "\"PUT /devstoreaccount1/c?restype=container HTTP/1.1\" 201 -",
        "\"GET /devstoreaccount1/c/k HTTP/1.1\" 200 -",
        "\"DELETE /devstoreaccount1/c/k HTTP/1.1\" 202 -",
        "\"POST /devstoreaccount1/beckon-bulk/messages?messagettl=-1 HTTP/1.1\" 201 312",
        "\"PUT /devstoreaccount1/beckon-bulk HTTP/1.1\" 201 -",
        "\"PUT /devstoreaccount1/beckon-bulk/messages/id?popreceipt=x HTTP/1.1\" 204 -",
        "Azurite Blob service is starting at http://127.0.0.1:0",
      })
  void created_anythingElse_isNothing(String line) {
    assertThat(AccessLog.created(TIME + line)).isEmpty();
  }
}
