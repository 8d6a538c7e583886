package dev.beckon.local.cli;

import dev.beckon.config.ConfigKey;
import dev.beckon.local.cloud.Ports;
import dev.beckon.local.serve.Serve;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs everything on this machine until Ctrl-C, as a place to work: the HTTP API, its pages, the handlers"
          + " and every server they need.",
      "",
      "Nothing leaves this machine: mails and texts end at servers on loopback and are shown on a page of their"
          + " own. The other commands (find, journal, keys …) find it by themselves in this folder. BECKON_ variables"
          + " of the environment are handed on."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon serve                                  the sample account, at http://127.0.0.1:8080",
      "  ./beckon serve --port 9000 --account mine.json  an account of your own",
      "  ./beckon serve --mongo mongodb://127.0.0.1      what is stored outlives it",
      "  ./beckon serve --cloud azure                    the staged function app, on Azure Storage's emulator"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int LONGEST_END_SECONDS = 30;

  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description =
          "Where the API answers; the five ports after it are the page of messages, the mail server and the stubs of"
              + " vendors. 0 takes free ones (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address of this machine on which the API answers, without TLS; all else stays on loopback"
              + " (default: ${DEFAULT-VALUE}).")
  String host = "";

  @Option(
      names = "--account",
      paramLabel = "FILE",
      description =
          "An account's document, stored at the start (default: the sample's, unless the store holds it).")
  @Nullable Path account;

  @Option(names = "--empty", description = "Load no account.")
  boolean empty;

  @Option(
      names = "--cloud",
      paramLabel = "NAME",
      defaultValue = "aws",
      description =
          "Whose queues, bucket and functions: aws or azure; azure needs Node.js (default: ${DEFAULT-VALUE}).")
  String cloud = "";

  @Option(
      names = "--runtime",
      paramLabel = "NAME",
      description =
          "On AWS: local, requests answered in this process and one worker process for the rest, or lambda, each entry"
              + " point in its own process under Lambda's runtime client, requests too, one at a time (default: local).")
  @Nullable String runtime;

  @Option(
      names = "--mongo",
      paramLabel = "URI",
      description =
          "A MongoDB server instead of one in memory; then what is stored, and the bucket, outlive this command.")
  @Nullable String mongo;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".beckon/serve",
      description =
          "Takes logs, mails, the bucket of --mongo and the keys under which addresses are stored: without that"
              + " file they cannot be read again (default: ${DEFAULT-VALUE}).")
  Path data = Path.of("");

  @Option(
      names = "--memory",
      paramLabel = "MB",
      defaultValue = "512",
      description =
          "Heap of the worker process, of each function or of the functions host (default: ${DEFAULT-VALUE}).")
  int memory;

  @Override
  public Integer call() throws Exception {
    if (empty && account != null) {
      throw wrong("give either --account or --empty");
    }
    if (account != null && !Files.isReadable(account)) {
      throw wrong("--account: cannot read " + account);
    }
    Path home = Path.of(System.getProperty("beckon.home", "."));
    Path sample = home.resolve("samples").resolve("account.json");
    Path loaded = account == null ? sample : account;
    Serve serve =
        new Serve(
            new Serve.Options(
                address(),
                ports(),
                empty ? null : loaded,
                account != null,
                Runners.named(spec.commandLine(), cloud, runtime),
                mongo,
                data,
                memory,
                home,
                handedOn()),
            spec.commandLine().getOut());
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ended(end, ended), "serve-end"));
    try {
      serve.run(end);
      return 0;
    } finally {
      ended.countDown();
    }
  }

  /** Keeps the process until all is stopped in order. */
  private static void ended(CountDownLatch end, CountDownLatch ended) {
    end.countDown();
    try {
      if (!ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("beckon: not everything could be stopped in order");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private InetAddress address() {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (cloud.equals("azure") && !address.isLoopbackAddress()) {
        throw wrong("--host: the functions host answers on loopback only; leave it out");
      }
      return address;
    } catch (UnknownHostException e) {
      throw wrong("--host: this is no address of this machine; write it as 127.0.0.1 or 0.0.0.0");
    }
  }

  private Ports ports() {
    try {
      return Ports.from(port);
    } catch (IllegalArgumentException e) {
      throw wrong("--port: " + e.getMessage());
    }
  }

  private static Map<String, String> handedOn() {
    return System.getenv().entrySet().stream()
        .filter(variable -> variable.getKey().startsWith(ConfigKey.PREFIX))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
