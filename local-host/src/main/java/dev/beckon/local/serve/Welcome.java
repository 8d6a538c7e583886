package dev.beckon.local.serve;

/**
 * What somebody is told who has started it.
 *
 * @param account empty when none is loaded
 * @param fleeting whether everything is gone at the end
 */
record Welcome(String url, String messages, String account, boolean fleeting) {

  String text() {
    String id = account.isEmpty() ? "ACCOUNT" : account;
    StringBuilder text = new StringBuilder("\n");
    line(text, "Beckon is ready", url);
    line(text, "the API, to read", url + "/docs (for programs: " + url + "/openapi.json)");
    line(text, "messages sent", messages + " (for programs: " + messages + "/messages.json)");
    if (account.isEmpty()) {
      line(text, "an account", "./beckon configure FILE");
    }
    line(
        text,
        "a first key",
        "./beckon keys create --account "
            + id
            + " --name me --kind live --scope dispatch --scope read --scope configure --scope operate");
    line(text, "requests to try", "samples/http");
    line(
        text,
        "what is stored",
        fleeting
            ? "is gone at the end; with --mongo URI it stays"
            : "stays in the store and in the folder of --data");
    return text.append("\nNothing leaves this machine. Press Ctrl-C to end.\n").toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-18s %s%n".formatted(name, value));
  }
}
