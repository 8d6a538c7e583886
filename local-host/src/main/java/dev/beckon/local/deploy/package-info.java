/** Brings an installation to AWS and takes it away again, by the CDK application in infra-cdk. */
@NullMarked
package dev.beckon.local.deploy;

import org.jspecify.annotations.NullMarked;
