package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Scope;
import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.filedrop.ObjectTickets;
import dev.beckon.filedrop.Uploads;
import dev.beckon.json.JsonReader;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Uploads of files into feeds, by requests signed for one file each. Thread-safe. */
final class UploadsApi {
  private static final int BODY = 4 * 1024;
  private static final int LONGEST_NAME = 255;

  private final Uploads uploads;
  private final AccountSource accounts;
  private final Optional<ObjectTickets> tickets;

  UploadsApi(Uploads uploads, AccountSource accounts, Optional<ObjectTickets> tickets) {
    this.uploads = uploads;
    this.accounts = accounts;
    this.tickets = tickets;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(Scope.DISPATCH, "createImport", "POST", "/v1/imports", this::create).live());
  }

  private record Asked(String feed, String fileName, long mostBytes, boolean check) {}

  private WebReply create(Call call) throws ProblemException, UnreadableRequestException {
    Optional<Account> account = accounts.latest(call.caller().account());
    Asked asked = call.json(BODY, body -> asked(body, account));
    ObjectTickets signing =
        tickets.orElseThrow(() ->
            Problems.conflict(
                "uploads-not-offered",
                "this installation's store of files signs no uploads; drop the file in its bucket"));
    Uploads.Offer offer =
        uploads.offer(
            signing,
            call.caller().account(),
            asked.feed(),
            asked.fileName(),
            asked.mostBytes(),
            asked.check(),
            call.caller().name());
    ObjectNode reply = Json.object();
    reply.put("upload", offer.id()).put("feed", asked.feed()).put("fileName", offer.fileName());
    reply.set("request", form(offer.request()));
    return Json.reply(201, reply);
  }

  private static Asked asked(JsonReader body, Optional<Account> account) {
    body.known("feed", "fileName", "size", "check");
    String feed = body.text("feed");
    if (!feed.isEmpty() && account.filter(known -> known.feeds().containsKey(feed)).isEmpty()) {
      body.problem("feed", "is no feed of this account; use an id from the account's feeds");
    }
    String fileName = body.text("fileName");
    if (fileName.length() > LONGEST_NAME) {
      body.problem("fileName", "has more than " + LONGEST_NAME + " characters; shorten it");
    } else if (!fileName.isEmpty() && !Uploads.reads(fileName)) {
      body.problem(
          "fileName",
          "is of a kind that is not read; save the table as .csv or .tsv and send that");
    }
    double size = body.number("size", Uploads.MOST_BYTES);
    if (size < 1 || size > Uploads.MOST_BYTES || size != Math.rint(size)) {
      body.problem(
          "size",
          "is no whole number of bytes from 1 to "
              + Uploads.MOST_BYTES
              + "; cut a larger file into several");
    }
    return new Asked(feed, fileName, (long) size, body.flag("check", false));
  }

  private static ObjectNode form(ObjectTickets.Upload request) {
    ObjectNode form = Json.object();
    form.put("method", request.method()).put("url", request.url().toString());
    form.set("fields", texts(request.fields()));
    form.set("headers", texts(request.headers()));
    return form.put("expiresAt", request.expiresAt().toString())
        .put("maxBytes", request.mostBytes());
  }

  private static ObjectNode texts(Map<String, String> texts) {
    ObjectNode object = Json.object();
    texts.forEach(object::put);
    return object;
  }
}
