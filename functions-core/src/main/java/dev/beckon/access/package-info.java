/** Who may ask for what: API keys, tokens of an identity provider, and how often. */
@NullMarked
package dev.beckon.access;

import org.jspecify.annotations.NullMarked;
