package dev.beckon.api;

import dev.beckon.web.Markup;
import dev.beckon.web.WebReply;
import java.util.Map;

/** A small page for a person who followed a link. */
final class HtmlPage {
  /** Characters of one answer. */
  private static final int SHOWN = 300;

  private HtmlPage() {}

  /**
   * A page that shows what was said, with a button that posts it to where the page came from.
   *
   * @param said may come from a request: it is escaped, and cut where it is long
   */
  static WebReply confirming(String title, String text, Map<String, String> said, String button) {
    StringBuilder list = new StringBuilder("<dl>");
    said.forEach((question, answer) ->
        list.append("<dt>")
            .append(Markup.text(question))
            .append("</dt><dd>")
            .append(Markup.text(cut(answer)))
            .append("</dd>"));
    list.append("</dl><form method=\"post\"><button type=\"submit\">")
        .append(Markup.text(button))
        .append("</button></form>");
    return of(200, title, text, list.toString());
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
  }

  /**
   * A page of texts that are all ours.
   *
   * @param action HTML below them
   */
  static WebReply of(int status, String title, String text, String action) {
    String html =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="robots" content="noindex"><title>%1$s</title>
        <style>
        :root{color-scheme:light dark}
        body{margin:0;min-height:100vh;display:grid;place-items:center;font:17px/1.5 system-ui,sans-serif;background:#f4f1ec;color:#2b2622}
        main{max-width:26rem;margin:1.5rem;padding:2.25rem;border-radius:16px;background:#fff;box-shadow:0 8px 30px #0001}
        h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.2}p{margin:0 0 1.25rem}
        dl{margin:0 0 1.25rem}dt{font-size:.85rem;opacity:.7}dd{margin:0 0 .6rem;font-weight:600;overflow-wrap:anywhere}
        button{font:inherit;font-weight:600;padding:.7rem 1.4rem;border:0;border-radius:10px;background:#7a3e1d;color:#fff;cursor:pointer}
        button:focus-visible{outline:3px solid #d9a066;outline-offset:2px}
        @media(prefers-color-scheme:dark){body{background:#1b1816;color:#eee}main{background:#26211e}}
        </style></head><body><main><h1>%1$s</h1><p>%2$s</p>%3$s</main></body></html>
        """
            .formatted(title, text, action);
    return new WebReply(status, "text/html; charset=utf-8", html, Map.of());
  }
}
