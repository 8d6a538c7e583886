/** An installation on AWS, as code: one stack from the settings of an operator. */
@NullMarked
package dev.beckon.infra;

import org.jspecify.annotations.NullMarked;
