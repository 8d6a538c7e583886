package dev.beckon.local.serve;

import dev.beckon.account.Account;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.local.Parts;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.cloud.Ports;
import dev.beckon.local.cloud.Runner;
import dev.beckon.local.cloud.Site;
import dev.beckon.local.installation.AccountFile;
import dev.beckon.local.installation.Announcement;
import dev.beckon.local.mailbox.MailboxServer;
import dev.beckon.local.servers.Kept;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Everything on one machine, until it is told to end. */
public final class Serve {
  private static final Duration LOOK_AFTER_WORKERS = Duration.ofSeconds(1);

  private final Options options;
  private final PrintWriter out;

  /**
   * What is served.
   *
   * @param host the address on which the HTTP API answers
   * @param account loaded at the start; null loads none but what the store holds
   * @param again whether the account is stored anew where the store holds one of that id
   * @param store of a server that is there already; null starts one in memory
   * @param data takes everything that is written to disk
   * @param megabytes heap of what runs the handlers
   * @param home the checkout
   * @param variables of the environment that are handed on to the core and its handlers
   */
  public record Options(
      InetAddress host,
      Ports ports,
      @Nullable Path account,
      boolean again,
      Runner runner,
      @Nullable String store,
      Path data,
      int megabytes,
      Path home,
      Map<String, String> variables) {
    public Options {
      variables = Map.copyOf(variables);
    }
  }

  public Serve(Options options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Serves until {@code end} is counted down.
   *
   * @throws IllegalStateException naming a port or a folder that is in use
   */
  public void run(CountDownLatch end) throws IOException, InterruptedException {
    options.ports().check(options.host());
    Files.createDirectories(options.data());
    try (Parts parts = new Parts()) {
      parts.keep(FolderLock.of(options.data()));
      forgetMails();
      Site site = parts.keep(Site.start(plan(), this::say));
      LocalCloud<?> cloud = site.cloud();
      MailboxServer messages =
          parts.keep(MailboxServer.start(options.ports().mailbox(), cloud.mailbox()));
      String account = account(cloud);
      parts.keep(Announcement.of(cloud.workerEnvironment()));
      out.print(
          new Welcome(
                  cloud.publicUrl(), messages.url().toString(), account, options.store() == null)
              .text());
      out.flush();
      while (!end.await(LOOK_AFTER_WORKERS.toMillis(), TimeUnit.MILLISECONDS)) {
        if (site.workers().revive()) {
          say(
              "what runs the handlers had ended and was started again; its log lies in "
                  + options.data());
        }
      }
      say("Ending …");
    }
  }

  private Site.Plan plan() {
    return new Site.Plan(
        options.runner(),
        new LocalCloud.Options(
            options.data(),
            0,
            0,
            Duration.ZERO,
            options.host(),
            options.ports(),
            options.store(),
            Kept.NEWEST,
            options.variables()),
        options.megabytes(),
        options.home(),
        options.store() == null ? null : options.data().resolve("objects"));
  }

  /** The id of the account that is there now; empty when there is none or many. */
  private String account(LocalCloud<?> cloud) throws IOException {
    Path file = options.account();
    if (file != null) {
      String document = AccountFile.read(file, cloud.placeholders(), Map.of());
      String id = AccountFile.id(document);
      if (options.again() || cloud.application().stores().accounts().find(id).isEmpty()) {
        try {
          Account stored = cloud.application().configure(document);
          say(
              "Account "
                  + stored.id()
                  + " is loaded from "
                  + file
                  + ", version "
                  + stored.version()
                  + ".");
        } catch (InvalidAccountException e) {
          throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
      } else {
        say("Account " + id + " is as the store holds it; --account FILE stores a file's.");
      }
      return id;
    }
    return "";
  }

  /** Those of an earlier run are not what this one's servers received. */
  private void forgetMails() throws IOException {
    Path folder = options.data().resolve("mails");
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> mails = Files.newDirectoryStream(folder, "*.{eml,part}")) {
        for (Path mail : mails) {
          Files.delete(mail);
        }
      }
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
