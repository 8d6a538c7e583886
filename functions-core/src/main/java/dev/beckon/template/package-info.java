/**
 * Message templates in a loop-free subset of Liquid and survey links, compiled once and rendered
 * many times.
 */
@NullMarked
package dev.beckon.template;

import org.jspecify.annotations.NullMarked;
