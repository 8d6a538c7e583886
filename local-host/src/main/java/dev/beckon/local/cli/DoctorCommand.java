package dev.beckon.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.check.Finding.Mark;
import dev.beckon.local.doctor.Doctor;
import dev.beckon.local.doctor.Report;
import dev.beckon.vendors.Vendors;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./beckon doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Looks over an installation and says what is wrong with it and what to do.",
      "",
      "Configuration, secrets, queues, bucket, HTTP door, store and its indexes, accounts, every vendor account's"
          + " key and sender, work left lying. Sends nothing to anybody and prints no secret. Writes an object and"
          + " a document of its own and deletes them."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon doctor                               the demo that runs in this folder",
      "  ./beckon doctor --env .beckon/beckon-dev.env  what ./beckon deploy aws deployed"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing has to be mended",
      "1:something has to be mended",
      "2:the command line is not right"
    })
final class DoctorCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      defaultValue = "20s",
      converter = Times.LengthConverter.class,
      description = "How long each of three rounds of checks may take (default: ${DEFAULT-VALUE}).")
  Duration limit = Duration.ZERO;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Mixin InstallationOptions installation = new InstallationOptions();

  @Override
  public Integer call() {
    Report report = Doctor.examine(installation.variables(), Vendors.catalog(), limit);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? Json.text(json(report)) : text(report));
    out.flush();
    return report.isSound() ? 0 : 1;
  }

  /** One line a finding, its remedy below where there is one. */
  static String text(Report report) {
    int width = report.entries().stream().mapToInt(entry -> entry.area().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Report.Entry entry : report.entries()) {
      text.append(sign(entry.finding().mark()))
          .append(' ')
          .append(entry.area())
          .append(" ".repeat(width - entry.area().length() + 2))
          .append(entry.finding().what())
          .append('\n');
      if (!entry.finding().remedy().isEmpty()) {
        text.append(" ".repeat(width + 4))
            .append("→ ")
            .append(entry.finding().remedy())
            .append('\n');
      }
    }
    long wrong = report.count(Mark.WRONG);
    return text.append('\n')
        .append(wrong == 0 ? "nothing has to be mended" : wrong + " to mend")
        .append(", ")
        .append(report.count(Mark.NOTICE))
        .append(" to know (!), ")
        .append(report.count(Mark.UNKNOWN))
        .append(" that cannot be told from here (?)\n")
        .toString();
  }

  private static String sign(Mark mark) {
    return switch (mark) {
      case GOOD -> "✔";
      case NOTICE -> "!";
      case UNKNOWN -> "?";
      case WRONG -> "✘";
    };
  }

  private static ObjectNode json(Report report) {
    ObjectNode root = Json.object().put("sound", report.isSound());
    ArrayNode findings = root.putArray("findings");
    for (Report.Entry entry : report.entries()) {
      findings
          .addObject()
          .put("area", entry.area())
          .put("mark", entry.finding().mark().name().toLowerCase(Locale.ROOT))
          .put("what", entry.finding().what())
          .put("remedy", entry.finding().remedy());
    }
    return root;
  }
}
