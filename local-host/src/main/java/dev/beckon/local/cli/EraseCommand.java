package dev.beckon.local.cli;

import dev.beckon.account.Account;
import dev.beckon.account.TestTwin;
import dev.beckon.app.Application;
import dev.beckon.filedrop.ImportFiles;
import dev.beckon.intake.RecipientReader;
import dev.beckon.invitation.Recipient;
import dev.beckon.local.installation.Installation;
import dev.beckon.operations.Erasure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Erases a recipient from an installation. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Erases a recipient: takes out of every invitation what leads to the person, and keeps them from"
          + " being asked again. Without --go it only shows what there is.",
      "What is being sent settles first; the timer erases it within minutes."
    })
final class EraseCommand implements Callable<Integer> {
  private static final String SEALED = " (encrypted; the bucket's rule deletes it after 7 days)";

  @Mixin InstallationOptions installation = new InstallationOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Option(
      names = "--recipient",
      required = true,
      interactive = true,
      arity = "0..1",
      echo = true,
      prompt = "Recipient: ",
      paramLabel = "ADDRESS",
      description =
          "E-mail address, or number with its country code. Without ADDRESS it is asked for, which keeps"
              + " it out of the shell's history.")
  String recipient = "";

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "Only this account (default: every account).")
  @Nullable String account;

  @Option(names = "--go", description = "Erase; a repeat erases what is left.")
  boolean go;

  @Option(
      names = "--delete-files",
      description =
          "Also delete the dropped files, refused rows and chunks of the imports that held the recipient;"
              + " those of everybody else in them go, too.")
  boolean deleteFiles;

  @Override
  public Integer call() {
    List<Recipient> recipients = recipients();
    PrintWriter out = spec.commandLine().getOut();
    try (Installation opened = installation.open()) {
      Application application = opened.application();
      long rows = 0;
      List<Erasure.Found> all = new ArrayList<>();
      for (String id : withTwins(application, recipients)) {
        Erasure.Found found =
            go
                ? application.erasure().erase(id, recipients, System.getProperty("user.name", "?"))
                : application.erasure().look(id, recipients);
        if (go && deleteFiles) {
          application.erasure().deleteFiles(found);
        }
        print(found, out);
        rows += found.rows();
        all.add(found);
      }
      out.println(end(rows, all));
      out.flush();
    }
    return 0;
  }

  private List<Recipient> recipients() {
    try {
      return new RecipientReader().read(recipient, null);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--recipient: " + e.getMessage());
    }
  }

  /** A person whose address was used in a test is in the account's test twin as well. */
  private List<String> withTwins(Application application, List<Recipient> recipients) {
    List<String> all = new ArrayList<>(accounts(application));
    accounts(application).stream()
        .map(TestTwin::of)
        .filter(twin -> application.erasure().look(twin, recipients).rows() > 0)
        .forEach(all::add);
    return all;
  }

  private List<String> accounts(Application application) {
    List<String> known =
        application.stores().accounts().all().stream().map(Account::id).sorted().toList();
    String only = account;
    if (only == null) {
      return known;
    }
    if (!known.contains(only)) {
      throw new ParameterException(
          spec.commandLine(), "--account: there is no account " + only + "; known are " + known);
    }
    return List.of(only);
  }

  private void print(Erasure.Found found, PrintWriter out) {
    out.println("account " + found.account() + ": " + invitations(found.rows()));
    found.states().forEach((batch, states) -> out.println("  batch " + batch + ": " + states));
    for (ImportFiles.Files files : found.files()) {
      String fate = fate(files);
      for (String key : files.keys()) {
        boolean sealed = key.startsWith(".beckon/");
        out.println("  file " + key + (fate.isEmpty() && sealed ? SEALED : fate));
      }
    }
  }

  private String fate(ImportFiles.Files files) {
    if (!deleteFiles) {
      return "";
    }
    if (!files.ended()) {
      return " (kept: its rows are still being accepted; run the command again later)";
    }
    return go ? " (deleted)" : " (would be deleted)";
  }

  private String end(long rows, List<Erasure.Found> all) {
    long underWay = all.stream().mapToLong(Erasure.Found::underWay).sum();
    boolean kept = !deleteFiles && all.stream().anyMatch(found -> !found.files().isEmpty());
    String files =
        kept
            ? " The files above hold everybody of their import, this recipient too: delete them yourself, or"
                + " with --delete-files."
            : "";
    String none = rows == 0 ? " No invitation leads to this recipient." : "";
    if (!go) {
      String would =
          rows == 0
              ? " --go keeps the recipient from being asked."
              : " --go erases " + invitations(rows) + ".";
      return "Nothing was changed." + none + would + files;
    }
    return (rows == 0 ? "Done:" + none : "Erased " + invitations(rows) + ".")
        + " The recipient will not be asked again."
        + (underWay > 0 ? " " + underWay + " being sent just now: the timer erases them." : "")
        + files;
  }

  private static String invitations(long rows) {
    return rows == 1 ? "1 invitation" : Table.number(rows) + " invitations";
  }
}
