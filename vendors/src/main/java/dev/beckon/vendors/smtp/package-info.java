/** Mail over SMTP: our own client, with kept connections, pipelining and verified TLS. */
@NullMarked
package dev.beckon.vendors.smtp;

import org.jspecify.annotations.NullMarked;
