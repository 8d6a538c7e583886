package dev.beckon.local.cloud;

import java.io.IOException;

/** Starts what does the work on a cloud. */
@FunctionalInterface
public interface Hiring<S extends CloudSide> {
  Workers on(LocalCloud<S> cloud) throws IOException;
}
