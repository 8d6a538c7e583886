package dev.beckon.local.doctor;

import dev.beckon.check.Finding;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * One look at one part of an installation.
 *
 * @param area what it is about, in a word or two
 * @param look may take its time and may fail
 */
record Check(String area, Callable<List<Finding>> look) {}
