package dev.beckon.local.functions;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * The path of a request as Azure's server passes it on: decoded but for {@code %2F}, freed of dot
 * segments, and encoded anew. What was sent may look otherwise.
 */
final class RequestPath {
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%";

  private RequestPath() {}

  static String of(String raw) {
    return encoded(withoutDots(decoded(raw)));
  }

  private static String decoded(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%'
          && i + 2 < raw.length()
          && HexFormat.isHexDigit(raw.charAt(i + 1))
          && HexFormat.isHexDigit(raw.charAt(i + 2))) {
        int value = HexFormat.fromHexDigits(raw, i + 1, i + 3);
        if (value == '/' || value == 0) {
          bytes.writeBytes(raw.substring(i, i + 3).getBytes(StandardCharsets.US_ASCII));
        } else {
          bytes.write(value);
        }
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String withoutDots(String path) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i]) {
        case "." -> {
          if (last) {
            kept.addLast("");
          }
        }
        case ".." -> {
          kept.pollLast();
          if (last) {
            kept.addLast("");
          }
        }
        default -> kept.addLast(segments[i]);
      }
    }
    return "/" + String.join("/", kept);
  }

  private static String encoded(String path) {
    StringBuilder text = new StringBuilder();
    for (byte value : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (value & 0xff);
      if (PLAIN.indexOf(c) >= 0) {
        text.append(c);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(value));
      }
    }
    return text.toString();
  }
}
