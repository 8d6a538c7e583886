package dev.beckon.infra;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.constructs.Construct;

/**
 * What people and other systems need, as policies to attach to their own roles: none of them needs
 * a user of this installation, or a right of a function.
 */
final class PeoplePolicies extends Construct {
  private final ManagedPolicy dropper;
  private final ManagedPolicy operator;

  PeoplePolicies(Construct scope, String id, Settings settings, Permissions permissions) {
    super(scope, id);
    dropper =
        ManagedPolicy.Builder.create(this, "FileDropper")
            .managedPolicyName(settings.stackName() + "-file-dropper")
            .description(
                "Drops files into the feeds of " + settings.stackName() + ", and reads nothing")
            .statements(permissions.ofFileDropper())
            .build();
    operator =
        ManagedPolicy.Builder.create(this, "Operator")
            .managedPolicyName(settings.stackName() + "-operator")
            .description("Runs ./beckon against " + settings.stackName())
            .statements(new ArrayList<>(permissions.ofOperator()))
            .build();
    List.of(dropper, operator).forEach(Accepted::folders);
  }

  ManagedPolicy dropper() {
    return dropper;
  }

  ManagedPolicy operator() {
    return operator;
  }
}
