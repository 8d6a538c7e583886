package dev.beckon.filedrop;

import java.util.Map;
import java.util.stream.Collectors;

/** A check's report as a page that needs nothing from anywhere. */
final class CheckPage {
  private CheckPage() {}

  static String of(CheckReport report) {
    String remarks =
        report.remarks().stream()
            .map(remark -> "<p class=\"note\">" + escape(remark) + "</p>")
            .collect(Collectors.joining());
    return PAGE.replace("@figures@", figures(report))
        .replace("@remarks@", remarks)
        .replace("@reasons@", reasons(report))
        .replace("@columns@", columns(report))
        .replace("@rowCount@", Integer.toString(report.samples().size()))
        .replace("@id@", escape(report.checked().id()))
        .replace("@feed@", escape(report.checked().feed()))
        .replace("@dispatch@", escape(report.dispatch()))
        .replace("@file@", escape(report.checked().fileName()))
        // Last: a value of a row that looks like one of our places is text by then.
        .replace("@samples@", samples(report));
  }

  private static String figures(CheckReport report) {
    StringBuilder cards = new StringBuilder();
    card(cards, "rows read", report.rows(), "");
    card(cards, "would go out", report.stored().getOrDefault("ACCEPTED", 0), "good");
    card(cards, "refused", report.refusedRows(), report.refusedRows() > 0 ? "bad" : "");
    card(cards, "duplicates", report.stored().getOrDefault("DUPLICATE", 0), "");
    card(cards, "suppressed", report.stored().getOrDefault("SUPPRESSED", 0), "");
    card(cards, "left out by sampling", report.stored().getOrDefault("SAMPLED_OUT", 0), "");
    return cards.toString();
  }

  private static void card(StringBuilder cards, String name, long number, String tone) {
    cards
        .append("<div class=\"figure ")
        .append(tone)
        .append("\"><b>")
        .append(String.format("%,d", number))
        .append("</b><span>")
        .append(name)
        .append("</span></div>");
  }

  private static String reasons(CheckReport report) {
    if (report.refused().isEmpty()) {
      return "<p>No row is refused.</p>";
    }
    String codes =
        report.refused().entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(code -> "<li><b>" + code.getValue() + "</b> " + escape(code.getKey()) + "</li>")
            .collect(Collectors.joining());
    String first =
        report.refusals().stream()
            .map(refusal ->
                "<tr><td>"
                    + refusal.row()
                    + "</td><td>"
                    + escape(refusal.field())
                    + "</td><td>"
                    + escape(refusal.message())
                    + "</td></tr>")
            .collect(Collectors.joining());
    return "<ul class=\"codes\">"
        + codes
        + "</ul><table><thead><tr><th>Row</th><th>Field</th><th>What to do</th></tr></thead><tbody>"
        + first
        + "</tbody></table>";
  }

  private static String columns(CheckReport report) {
    return report.columns().stream()
        .map(column ->
            "<tr><td>"
                + escape(column.header())
                + "</td><td>"
                + escape(column.use())
                + "</td></tr>")
        .collect(Collectors.joining());
  }

  private static String samples(CheckReport report) {
    return report.samples().stream()
        .map(sample ->
            "<article><header>Row "
                + sample.row()
                + " · "
                + escape(sample.channel())
                + " · "
                + escape(sample.language())
                + "</header><h3 dir=\"auto\">"
                + escape(sample.subject())
                + "</h3><pre dir=\"auto\">"
                + escape(sample.text())
                + "</pre></article>")
        .collect(Collectors.joining());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>Check of @file@</title>
      <style>
      :root{color-scheme:light dark;--bg:#f2f2f0;--card:#fff;--ink:#23211f;--dim:#6d6963;--line:#dedbd5;--good:#1d6b45;--bad:#a8321f}
      @media(prefers-color-scheme:dark){:root{--bg:#171615;--card:#22201e;--ink:#eee9e2;--dim:#a59f97;--line:#39352f;--good:#7ac79d;--bad:#f0907d}}
      body{margin:0 auto;max-width:70rem;padding:2rem clamp(1rem,4vw,3rem);background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
      h1{font-size:1.6rem;margin:0;overflow-wrap:anywhere}h1+p{margin:.25rem 0 1.5rem;color:var(--dim)}h2{font-size:1.15rem;margin:2.25rem 0 .75rem}
      .figures{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr))}
      .figure{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.8rem 1rem}
      .figure b{display:block;font-size:1.6rem;line-height:1.2;font-variant-numeric:tabular-nums}.figure span{color:var(--dim);font-size:.85rem}
      .good b{color:var(--good)}.bad b{color:var(--bad)}.note{border-left:3px solid var(--bad);padding-left:.75rem}
      table{border-collapse:collapse;width:100%;background:var(--card);border:1px solid var(--line);border-radius:12px;overflow:hidden}
      th,td{text-align:left;vertical-align:top;padding:.45rem .9rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
      thead th{border-top:0;color:var(--dim);font-size:.85rem;font-weight:600}
      .codes{display:flex;flex-wrap:wrap;gap:.4rem 1.25rem;list-style:none;padding:0;margin:0 0 .75rem}
      .samples{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr))}
      article{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1rem 1.25rem}
      article header{color:var(--dim);font-size:.85rem}h3{font-size:1rem;margin:.35rem 0 .6rem;overflow-wrap:anywhere}
      pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}footer{color:var(--dim);font-size:.85rem;margin-top:2.5rem}
      </style></head><body>
      <h1>Check of @file@</h1><p>Import @id@ · feed @feed@ · dispatch @dispatch@ · nothing was stored or sent</p>
      <div class="figures">@figures@</div>@remarks@
      <h2>Refused rows</h2>@reasons@
      <h2>Columns</h2><table><thead><tr><th>In the file</th><th>Used as</th></tr></thead><tbody>@columns@</tbody></table>
      <h2>How @rowCount@ of the rows would read</h2><div class="samples">@samples@</div>
      <footer>The links hold a sample token and lead nowhere. People who were asked too recently are only found when the file is imported.
      This page holds personal values of the rows shown.</footer>
      </body></html>
      """;
}
