package dev.beckon.filedrop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.beckon.filedrop.ObjectTickets.Upload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends what tickets say, as {@code curl -F} and {@code curl -T} do. */
public final class SignedRequests {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String BOUNDARY = "------------------------8d2f4a61c3b7e905";

  private SignedRequests() {}

  /** Sends an upload; the status it is answered with. */
  public static int send(Upload upload, byte[] file) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(upload.url());
    upload.headers().forEach(request::header);
    if (upload.fields().isEmpty()) {
      request.method(upload.method(), BodyPublishers.ofByteArray(file));
    } else {
      request
          .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
          .method(upload.method(), BodyPublishers.ofByteArrays(form(upload, file)));
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  /** Fetches an address; empty unless it is answered with 200. */
  public static Optional<byte[]> fetch(URI url) throws IOException, InterruptedException {
    HttpResponse<byte[]> reply =
        CLIENT.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
    return reply.statusCode() == 200 ? Optional.of(reply.body()) : Optional.empty();
  }

  private static List<byte[]> form(Upload upload, byte[] file) {
    List<byte[]> parts = new ArrayList<>();
    upload
        .fields()
        .forEach((name, value) ->
            parts.add(
                ("--"
                        + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\""
                        + name
                        + "\"\r\n\r\n"
                        + value
                        + "\r\n")
                    .getBytes(UTF_8)));
    parts.add(
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"mine.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n")
            .getBytes(UTF_8));
    parts.add(file);
    parts.add(("\r\n--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
    return parts;
  }
}
