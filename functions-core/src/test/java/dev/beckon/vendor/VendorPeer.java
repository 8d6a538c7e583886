package dev.beckon.vendor;

import java.util.List;

/** A loopback server that plays a vendor and misbehaves on request. Thread-safe. */
public interface VendorPeer extends AutoCloseable {

  /** How the peer treats whatever comes next. */
  enum Mood {
    /** Accepts every message, except the recipient named to {@link #refuse}. */
    ACCEPT,
    /** Says to slow down; takes nothing. */
    THROTTLE,
    /** Says it is out of order; takes nothing. */
    UNAVAILABLE,
    /** Refuses our credentials, repeating them in its answer as some do. */
    WRONG_CREDENTIALS,
    /** Takes the message and answers something that is not its protocol. */
    GARBLE,
    /** Takes the message and never answers. */
    HANG,
    /** Takes the message and closes the connection. */
    HANG_UP
  }

  /**
   * A message as the peer understood it.
   *
   * @param reference our reference, from the field the vendor returns in its events
   * @param request the running number of the request it came in
   */
  record Received(String reference, String to, String text, int request) {}

  int port();

  void mood(Mood mood);

  /** Refuses this recipient for good while accepting others. */
  void refuse(String address);

  /** Answers every request with this HTTP status; only for peers that speak HTTP. */
  default void status(int status) {
    throw new UnsupportedOperationException("this peer does not speak HTTP");
  }

  /** The messages accepted so far, in order of arrival. */
  List<Received> accepted();

  /** Stops: connections are refused from now on. */
  @Override
  void close();
}
