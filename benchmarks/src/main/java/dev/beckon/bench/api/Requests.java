package dev.beckon.bench.api;

import dev.beckon.bench.worker.MadeUp;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bytes of requests, each unlike all before. Immutable. */
final class Requests {
  private static final String DISPATCH = "mail-0";
  private static final int MODELS = 1_000;

  private final LoadOrder order;
  private final List<String> fields;

  Requests(LoadOrder order) {
    this.order = order;
    this.fields = MadeUp.rows(MODELS).stream().map(Requests::fields).toList();
  }

  private static String fields(Row row) {
    StringBuilder json = new StringBuilder();
    row.fields()
        .forEach((name, value) ->
            json.append(json.isEmpty() ? "\"" : ",\"")
                .append(name)
                .append("\":\"")
                .append(value)
                .append('"'));
    return json.toString();
  }

  /** The n-th request of a connection. */
  byte[] request(int lane, int n) {
    return switch (order.kind()) {
      case HAND_IN -> handIn(lane, n);
      case READ -> read(lane + n * order.connections());
    };
  }

  private byte[] handIn(int lane, int n) {
    String own = order.name() + "-" + lane + "-" + n;
    StringBuilder body = new StringBuilder("{\"invitations\":[");
    for (int row = 0; row < order.rows(); row++) {
      body.append(row == 0 ? "" : ",")
          .append("{\"recipients\":{\"")
          .append(Channel.EMAIL.label())
          .append("\":\"guest.")
          .append(own)
          .append('.')
          .append(row)
          .append("@example.org\"},\"language\":\"en\",\"reference\":\"order ")
          .append(row)
          .append("\",\"fields\":{")
          .append(fields.get((n + row) % MODELS))
          .append("}}");
    }
    byte[] bytes = body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    String head =
        head("POST", "/v1/dispatches/" + DISPATCH + "/invitations", order.key())
            + "Content-Type: application/json\r\nIdempotency-Key: "
            + own
            + "\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[start.length + bytes.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(bytes, 0, whole, start.length, bytes.length);
    return whole;
  }

  private byte[] read(int n) {
    String id = Invitation.id(LoadOrder.PLANTED, 1 + Math.floorMod(n, order.planted()));
    return (head("GET", "/v1/invitations/" + id, order.key()) + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The n-th request that brings a key nobody has. */
  byte[] wrong(int n) {
    String key = order.key().substring(0, order.key().length() - 6) + "%06d".formatted(n);
    return (head("GET", "/v1/batches", key) + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static String head(String method, String path, String key) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
        + key
        + "\r\n";
  }

  /** The status of a right answer. */
  int right() {
    return order.kind() == LoadOrder.Kind.HAND_IN ? 202 : 200;
  }
}
