package dev.beckon.local.lambda;

import org.apache.hc.core5.http.ExceptionListener;
import org.apache.hc.core5.http.HttpConnection;

/** A function's process that is ended breaks its connections; that is told by its exit instead. */
final class IgnoredBreaks implements ExceptionListener {
  @Override
  public void onError(Exception e) {}

  @Override
  public void onError(HttpConnection connection, Exception e) {}
}
