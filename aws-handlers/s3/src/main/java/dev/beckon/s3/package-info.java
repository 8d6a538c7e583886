/** Objects in Amazon S3, and what S3 tells of them, for whichever cloud the functions run in. */
@NullMarked
package dev.beckon.s3;

import org.jspecify.annotations.NullMarked;
