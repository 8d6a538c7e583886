package dev.beckon.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages sound texts and bytes as people, editors and wires do, and as an attacker would. */
public final class Mangler {
  private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|[^\\w\\s]");

  /** Texts that have broken something somewhere. */
  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "\0",
          "\n",
          "\r\n",
          "\t",
          "\u001b[31m",
          "\u202e",
          "\ufeff",
          "\ud800",
          "\udc00\ud800",
          "\ud83d\ude00",
          "e\u0301",
          "\"",
          "'",
          "\\",
          "{",
          "}",
          "[",
          "]",
          "{{",
          "}}",
          "{%",
          "%}",
          "%",
          "%zz",
          "&#0;",
          "<script>",
          "-1",
          "0",
          "1e999",
          "NaN",
          "9223372036854775808",
          "99999999999999999999999999999999",
          "0.0000000000000000000000000000001",
          "true",
          "null",
          "PT-1S",
          "P106751991167300D",
          "PT9223372036854775807S",
          "P",
          "../../etc/passwd",
          "secret://",
          "secret://a b",
          "secret:x",
          "http://",
          "https://[::1",
          "a.b",
          "$where",
          "__proto__",
          "parcel/",
          "\u0130");

  private final Random random;

  public Mangler(Random random) {
    this.random = random;
  }

  /** A text or a very long one. */
  public String hostile() {
    if (random.nextInt(20) == 0) {
      return hostileOnce().repeat(1 + random.nextInt(20_000));
    }
    return random.nextInt(40) == 0 ? "a".repeat(1 << (8 + random.nextInt(10))) : hostileOnce();
  }

  private String hostileOnce() {
    return HOSTILE.get(random.nextInt(HOSTILE.size()));
  }

  /** A sound text with one to four kinds of damage. */
  public String text(String sound) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sound);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    for (int n = 1 + random.nextInt(1 + random.nextInt(4)); n > 0; n--) {
      damage(tokens);
    }
    return String.join("", tokens);
  }

  private void damage(List<String> tokens) {
    if (tokens.isEmpty()) {
      tokens.add(hostile());
      return;
    }
    int at = random.nextInt(tokens.size());
    int other = random.nextInt(tokens.size());
    switch (random.nextInt(9)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, tokens.get(other));
      case 2 -> Collections.swap(tokens, at, other);
      case 3 -> tokens.set(at, hostile());
      case 4 -> tokens.add(at, hostile());
      case 5 -> tokens.subList(at, tokens.size()).clear();
      case 6 -> tokens.add(at, tokens.get(at).repeat(1 << random.nextInt(12)));
      case 7 -> {
        List<String> some =
            List.copyOf(tokens.subList(Math.min(at, other), Math.max(at, other) + 1));
        for (int n = 1 + random.nextInt(8); n > 0 && tokens.size() < 50_000; n--) {
          tokens.addAll(at, some);
        }
      }
      default -> {
        String token = tokens.get(at);
        int cut = random.nextInt(token.length() + 1);
        tokens.set(
            at, token.substring(0, cut) + (char) random.nextInt(0x10000) + token.substring(cut));
      }
    }
  }

  /** Sound bytes with one to four kinds of damage. */
  public byte[] bytes(byte[] sound) {
    byte[] bytes = sound.clone();
    for (int n = 1 + random.nextInt(1 + random.nextInt(4)); n > 0; n--) {
      bytes = damage(bytes);
    }
    return bytes;
  }

  private byte[] damage(byte[] bytes) {
    int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    return switch (random.nextInt(7)) {
      case 0 -> cut(bytes, 0, at, new byte[0]);
      case 1 -> insert(bytes, at, new byte[1 + random.nextInt(3)]);
      case 2 -> {
        byte[] noise = new byte[1 + random.nextInt(8)];
        random.nextBytes(noise);
        yield insert(bytes, at, noise);
      }
      case 3 -> insert(bytes, at, hostile().getBytes(StandardCharsets.UTF_8));
      // an overlong form, a lone surrogate, a code point beyond the last, a lead without its tail
      case 4 ->
          insert(
              bytes,
              at,
              new byte[][] {
                    {(byte) 0xc0, (byte) 0xaf},
                    {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                    {(byte) 0xf7, (byte) 0xbf, (byte) 0xbf, (byte) 0xbf},
                    {(byte) 0xe2, (byte) 0x82}
                  }
                  [random.nextInt(4)]);
      case 5 -> {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
          flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
      default -> {
        int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        byte[] part = cut(bytes, from, Math.min(bytes.length, from + 200), new byte[0]);
        yield insert(bytes, at, part);
      }
    };
  }

  private static byte[] insert(byte[] bytes, int at, byte[] more) {
    byte[] head = cut(bytes, 0, at, more);
    return cut(head, 0, head.length, cut(bytes, at, bytes.length, new byte[0]));
  }

  /** Some of the bytes and more behind them. */
  private static byte[] cut(byte[] bytes, int from, int to, byte[] more) {
    byte[] joined = new byte[to - from + more.length];
    System.arraycopy(bytes, from, joined, 0, to - from);
    System.arraycopy(more, 0, joined, to - from, more.length);
    return joined;
  }
}
