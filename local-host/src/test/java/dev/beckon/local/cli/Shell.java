package dev.beckon.local.cli;

import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.demo.Rig;
import dev.beckon.local.installation.EnvironmentFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gives commands to a rig's installation, as a person at a terminal does. */
public final class Shell {
  private final Path environment;

  /**
   * What a person sees.
   *
   * @param out of standard output
   * @param err of standard error
   */
  public record Seen(int code, String out, String err) {}

  /** A shell whose variables of the installation lie in a file of this folder. */
  public Shell(Rig rig, Path folder) throws IOException {
    this(rig.cloud, folder);
  }

  /** The same on a cloud without an account. */
  Shell(LocalCloud<?> cloud, Path folder) throws IOException {
    this.environment = folder.resolve("installation.env");
    new EnvironmentFile(environment).write(cloud.workerEnvironment());
  }

  /** Runs a command on the installation. */
  public Seen beckon(String... arguments) {
    return typing("", arguments);
  }

  /** The same, with what is typed when the command asks. */
  public Seen typing(String typed, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--env=" + environment);
    return run(typed, all);
  }

  /** Runs a command that needs no installation, or names it itself. */
  public static Seen run(String... arguments) {
    return run("", List.of(arguments));
  }

  private static Seen run(String typed, List<String> all) {
    InputStream in = System.in;
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    ByteArrayOutputStream failed = new ByteArrayOutputStream();
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    System.setOut(new PrintStream(seen, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(failed, true, StandardCharsets.UTF_8));
    int code;
    try {
      code = Main.run(all.toArray(String[]::new));
    } finally {
      System.setIn(in);
      System.setOut(out);
      System.setErr(err);
    }
    return new Seen(
        code, seen.toString(StandardCharsets.UTF_8), failed.toString(StandardCharsets.UTF_8));
  }
}
