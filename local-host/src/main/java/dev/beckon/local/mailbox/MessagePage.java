package dev.beckon.local.mailbox;

import dev.beckon.local.servers.MessageBirdServer.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One page with some of the messages that servers received, as their readers see them. */
public final class MessagePage {
  private static final int MAILS = 6;
  private static final int TEXTS = 12;

  private final int mostMails;
  private final int mostTexts;

  private final StringBuilder sections = new StringBuilder();
  private int shown;

  /** Shows as many as one likes to look at after a run. */
  public MessagePage() {
    this(MAILS, TEXTS);
  }

  /** Shows so many of each section, evenly over all that are given. */
  public MessagePage(int mostMails, int mostTexts) {
    this.mostMails = mostMails;
    this.mostTexts = mostTexts;
  }

  /** Adds mails under a heading; nothing when there are none. */
  public void mails(String heading, String note, List<Letter> mails) {
    section(heading, note, Spread.over(mails, mostMails).stream().map(MessagePage::card).toList());
  }

  /** Adds texts under a heading; nothing when there are none. */
  public void texts(String heading, String note, List<Text> texts) {
    section(
        heading, note, Spread.over(texts, mostTexts).stream().map(MessagePage::bubble).toList());
  }

  /** Writes the page unless it is empty, and tells how many messages it shows. */
  public int write(Path page) throws IOException {
    if (shown > 0) {
      Files.writeString(page, html());
    }
    return shown;
  }

  /** The page as it is now. */
  public String html() {
    return PAGE.replace("@count@", Integer.toString(shown))
        .replace("@sections@", sections.toString());
  }

  /** So many mails are worth reading for a section. */
  public static int mostMails() {
    return MAILS;
  }

  private void section(String heading, String note, List<String> cards) {
    if (!cards.isEmpty()) {
      shown += cards.size();
      sections.append(
          SECTION
              .replace("@heading@", escape(heading))
              .replace("@note@", escape(note))
              .replace("@cards@", String.join("", cards)));
    }
  }

  private static String card(Letter mail) {
    String body = mail.html().isEmpty() ? "<pre>" + escape(mail.text()) + "</pre>" : mail.html();
    return CARD.replace("@subject@", escape(mail.subject()))
        .replace("@from@", escape(mail.from()))
        .replace("@to@", escape(mail.to()))
        .replace("@unsubscribe@", escape(mail.unsubscribe()))
        .replace("@body@", escape(body));
  }

  private static String bubble(Text text) {
    String alphabet = text.datacoding().equals("plain") ? "GSM alphabet" : "unicode";
    return BUBBLE
        .replace("@from@", escape(text.originator()))
        .replace("@to@", escape("+" + text.to()))
        .replace("@coding@", text.body().length() + " characters, " + alphabet)
        .replace("@body@", escape(text.body()));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static final String SECTION =
      """
      <section><h2>@heading@</h2><p>@note@</p><div class="cards">@cards@</div></section>
      """;

  private static final String CARD =
      """
      <article><header><h3 dir="auto">@subject@</h3><dl><dt>From</dt><dd>@from@</dd><dt>To</dt><dd>@to@</dd>
      <dt>List-Unsubscribe</dt><dd>@unsubscribe@</dd></dl></header>
      <iframe sandbox="allow-popups" title="the mail" srcdoc="@body@"></iframe></article>
      """;

  private static final String BUBBLE =
      """
      <article class="text"><header><h3>@from@</h3><span>@to@</span></header><p dir="auto">@body@</p><footer>@coding@</footer></article>
      """;

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <title>Beckon: messages of this run</title>
      <style>
      :root{color-scheme:light dark;--bg:#f2f2f0;--card:#fff;--ink:#23211f;--dim:#6d6963;--line:#dedbd5;--bubble:#e7efe4}
      @media(prefers-color-scheme:dark){:root{--bg:#171615;--card:#22201e;--ink:#eee9e2;--dim:#a59f97;--line:#39352f;--bubble:#26332a}}
      body{margin:0;padding:2rem clamp(1rem,4vw,3rem);background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
      h1{font-size:1.6rem;margin:0}h1+p,h2+p{margin:.25rem 0 1.25rem;color:var(--dim)}
      section{margin-top:2.5rem}h2{font-size:1.2rem;margin:0}
      .cards{display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr));align-items:start}
      article{background:var(--card);border:1px solid var(--line);border-radius:14px;overflow:hidden;display:flex;flex-direction:column}
      header{padding:1rem 1.25rem;border-bottom:1px solid var(--line)}h3{font-size:1.05rem;margin:0 0 .5rem;overflow-wrap:anywhere}
      dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem .75rem;margin:0;font-size:.85rem}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
      iframe{border:0;width:100%;height:620px;background:#fff}
      .text header{display:flex;justify-content:space-between;align-items:baseline;padding:.75rem 1rem}.text h3{margin:0;font-size:.95rem}
      .text span,.text footer{color:var(--dim);font-size:.8rem}.text footer{padding:0 1rem .75rem}
      .text p{margin:1rem;padding:.75rem 1rem;background:var(--bubble);border-radius:4px 16px 16px 16px;overflow-wrap:anywhere;white-space:pre-line}
      </style></head><body><h1>@count@ messages of this run</h1><p>As the servers received them. Scripts are off; nothing is loaded from anywhere.</p>
      <main>@sections@</main></body></html>
      """;
}
