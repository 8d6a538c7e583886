package dev.beckon.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import software.constructs.IConstruct;

/** Findings of the AwsSolutions rules that are meant to be, with the reason an auditor reads. */
final class Accepted {
  private static final String WILDCARDS = "AwsSolutions-IAM5";

  private Accepted() {}

  /** Accepts a finding on a construct and on what it is made of. */
  static void finding(IConstruct construct, String rule, String reason) {
    accept(construct, NagPackSuppression.builder().id(rule).reason(reason).build());
  }

  /** Accepts the wildcards in the permissions of functions and of people, these and no others. */
  static void folders(IConstruct construct) {
    accept(
        construct,
        NagPackSuppression.builder()
            .id(WILDCARDS)
            .reason(
                "Objects of named folders of one bucket: feeds' folders come first in a key, and"
                    + " accounts name their feeds.")
            .appliesTo(
                List.of(
                    matching("\\*\\/(incoming|check|processed|checked|rejected|cancelled)\\/\\*"),
                    matching("\\.beckon\\/\\*")))
            .build());
    accept(
        construct,
        NagPackSuppression.builder()
            .id(WILDCARDS)
            .reason(
                "Secrets of this installation, by the beginning of their names: accounts name the"
                    + " secrets of their vendors.")
            .appliesTo(List.of(matching(":secret:[a-z0-9-]+\\/\\*")))
            .build());
  }

  /** Accepts the wildcards that AWS leaves no other way for. */
  static void unscopable(IConstruct construct, boolean inNetwork) {
    accept(
        construct,
        NagPackSuppression.builder()
            .id(WILDCARDS)
            .reason(
                inNetwork
                    ? "X-Ray and the network interfaces that Lambda makes know no resources that a"
                        + " permission could name beforehand."
                    : "X-Ray knows no resources that a permission could name.")
            .appliesTo(List.of("Resource::*"))
            .build());
  }

  private static RegexAppliesTo matching(String end) {
    return RegexAppliesTo.builder().regex("/^Resource::.*" + end + "$/").build();
  }

  private static void accept(IConstruct construct, NagPackSuppression suppression) {
    NagSuppressions.addResourceSuppressions(construct, List.of(suppression), true);
  }
}
