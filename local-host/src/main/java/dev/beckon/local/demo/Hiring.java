package dev.beckon.local.demo;

import java.io.IOException;

/** Starts what does the work on a cloud. */
@FunctionalInterface
interface Hiring<S extends CloudSide> {
  Workers on(LocalCloud<S> cloud) throws IOException;
}
