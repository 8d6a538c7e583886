package dev.beckon.bench.limits;

import dev.beckon.bench.measure.Measured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes the same prepared request again and again over bare sockets. */
public final class HttpLimit implements Measured {
  private static final int RECIPIENTS = 2_000;
  private static final String RECIPIENT =
      "{\"reference\":\"bulk.0001-000000001\",\"address\":{\"email\":\"guest.1@example.org\"},"
          + "\"substitution_data\":{\"v1\":\"Ada\",\"v2\":\"M&uuml;ller\",\"v3\":\"Amsel Coffee, Lange Reihe\",\"v4\":\"Hamburg\","
          + "\"v5\":\"2026-11-01\",\"v6\":\"AA-20001\",\"v7\":\"3.50\",\"v8\":\"https://survey.example/0123456789abcdef012345?lang=en\"}},";

  private final Lanes lanes;
  private final byte[] request;
  private final int perRequest;
  private final int size;

  private HttpLimit(int port, int connections, String path, String body, int perRequest, int size) {
    this.lanes = new Lanes(port, connections);
    this.request = request(port, path, body);
    this.perRequest = perRequest;
    this.size = size;
  }

  /**
   * One recipient a request.
   *
   * @param wait latency asked of the sink, in milliseconds
   */
  public static HttpLimit single(int port, int wait, int connections, int size) {
    String body =
        "{\"messages\":[{\"reference\":\"text.0001-000000001\",\"to\":\"+4915120000001\",\"text\":\"Hello Ada, thank you for visiting Amsel Coffee, Lange Reihe on 2026-11-01. How was it? https://survey.example/0123456789abcdef012345\"}]}";
    return new HttpLimit(port, connections, "/wait-" + wait + "/single", body, 1, size);
  }

  /** 2,000 recipients a request. */
  public static HttpLimit bulk(int port, int connections, int size) {
    return new HttpLimit(
        port,
        connections,
        "/bulk",
        "{\"recipients\":[" + RECIPIENT.repeat(RECIPIENTS) + "{}]}",
        RECIPIENTS,
        size);
  }

  private static byte[] request(int port, String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Done run() throws InterruptedException, IOException {
    long done =
        lanes.share(
            size / perRequest,
            (socket, share) -> {
              byte[] answer = new byte[4_096];
              for (int i = 0; i < share; i++) {
                socket.getOutputStream().write(request);
                Lanes.answer(socket.getInputStream(), answer);
              }
            });
    return Done.of(done * perRequest);
  }

  @Override
  public void close() {
    lanes.close();
  }
}
