package dev.beckon.local.cli;

import dev.beckon.local.deploy.StackName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./beckon synth}. */
@Command(
    name = "synth",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes the templates that deploy would apply; needs no account and changes nothing.",
      "",
      "./beckon synth aws --profile prod, or ./beckon synth azure, which needs az and the Bicep compiler it brings."
    })
final class SynthCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Mixin StackOptions options = new StackOptions();

  @Override
  public Integer call() throws Exception {
    StackName name = options.name();
    PrintWriter out = spec.commandLine().getOut();
    if (options.cloud == StackOptions.Cloud.azure) {
      Path compiled = StackOptions.file(name, ".arm.json");
      options.azure().synth(compiled);
      out.println(compiled);
      out.flush();
      return 0;
    }
    Path output = StackOptions.file(name, ".cdk");
    int code = StackOptions.cdk().synth(name, output);
    if (code == 0) {
      out.println(output.resolve(name.stack() + ".template.json"));
      out.flush();
    }
    return code == 0 ? 0 : 1;
  }
}
