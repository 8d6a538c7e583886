/** The store on MongoDB: the only importer of its driver. Single-document atomicity throughout. */
@NullMarked
package dev.beckon.mongo;

import org.jspecify.annotations.NullMarked;
