/** The guide's variant of Azure: files lie in an S3 bucket, and an SNS topic tells of them. */
@NullMarked
package dev.beckon.azure.sns;

import org.jspecify.annotations.NullMarked;
