package dev.beckon.local.cloud;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * On which ports a local cloud is reached by people, programs and a stored account; 0 takes a free
 * one.
 */
public record Ports(
    int door, int mailbox, int smtp, int sparkPost, int messageBird, int simulator) {

  /** So many from the first one on. */
  private static final int NUMBER = 6;

  public static final Ports FREE = new Ports(0, 0, 0, 0, 0, 0);

  /**
   * Six in a row, so that an account that was stored with them holds at the next start too.
   *
   * @param door 0 takes free ones for all
   */
  public static Ports from(int door) {
    if (door == 0) {
      return FREE;
    }
    if (door < 1 || door > 0xFFFF - NUMBER + 1) {
      throw new IllegalArgumentException(
          "the port must be 0, for free ones, or from 1 to "
              + (0xFFFF - NUMBER + 1)
              + ": the "
              + (NUMBER - 1)
              + " after it are taken too");
    }
    return new Ports(door, door + 1, door + 2, door + 3, door + 4, door + 5);
  }

  /**
   * Looks whether all of them can be taken, before anything is started that would have to be
   * stopped again.
   *
   * @throws IllegalStateException naming the port that is in use, and what to do
   */
  public void check(InetAddress doorAddress) {
    Map<Integer, String> others = new LinkedHashMap<>();
    others.put(mailbox, "the page of messages");
    others.put(smtp, "the mail server");
    others.put(sparkPost, "SparkPost's stub");
    others.put(messageBird, "MessageBird's stub");
    others.put(simulator, "the simulator");
    check(doorAddress, door, "the HTTP API");
    others.forEach((port, what) -> check(InetAddress.getLoopbackAddress(), port, what));
  }

  private static void check(InetAddress address, int port, String what) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new IllegalStateException(
          "port %d of %s, for %s, cannot be taken (%s); name another first port with --port, such as --port %d: six in a row are needed"
              .formatted(
                  port,
                  address.getHostAddress(),
                  what,
                  e.getMessage(),
                  port > 50_000 ? 18080 : port + 100),
          e);
    }
  }
}
