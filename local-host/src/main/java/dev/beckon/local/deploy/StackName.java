package dev.beckon.local.deploy;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which stack is meant and what its application is told.
 *
 * @param prefix tells installations of one AWS account apart
 * @param context further values of the CDK application, such as {@code publicUrl}
 */
public record StackName(Profile profile, String prefix, Map<String, String> context) {
  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9-]{0,19}");

  /** What an installation is for; prod keeps its data when it is removed. */
  public enum Profile {
    dev,
    qa,
    prod
  }

  public StackName {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "--prefix must be lower-case letters, digits and dashes, beginning with a letter, at most 20");
    }
    context = Map.copyOf(context);
  }

  /** The stack's name in CloudFormation. */
  public String stack() {
    return prefix + "-" + profile;
  }

  /** Everything the CDK application is told. */
  Map<String, String> told() {
    Map<String, String> told = new TreeMap<>(context);
    told.put("profile", profile.name());
    told.put("prefix", prefix);
    return told;
  }
}
