package dev.beckon.local.demo;

import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One page with some of the mails an SMTP server received, as their readers see them. */
final class MailPage {
  private static final int SHOWN = 12;

  private MailPage() {}

  /**
   * Writes the page.
   *
   * @param mails folder of {@code .eml} files
   * @return how many mails it shows; 0 when there are none, and then no page is written
   */
  static int write(Path mails, Path page) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.isDirectory(mails) ? Files.list(mails) : Stream.empty()) {
      files = all.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
    }
    if (files.isEmpty()) {
      return 0;
    }
    StringBuilder cards = new StringBuilder();
    int shown = 0;
    for (int i = 0; i < files.size() && shown < SHOWN; i += Math.max(1, files.size() / SHOWN)) {
      cards.append(card(files.get(i)));
      shown++;
    }
    Files.writeString(
        page, PAGE.replace("@count@", Integer.toString(shown)).replace("@cards@", cards));
    return shown;
  }

  private static String card(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), in);
      String html = html(mail);
      return CARD.replace("@subject@", escape(mail.getSubject()))
          .replace("@from@", escape(String.valueOf(mail.getFrom()[0])))
          .replace("@to@", escape(String.valueOf(mail.getRecipients(Message.RecipientType.TO)[0])))
          .replace("@unsubscribe@", escape(mail.getHeader("List-Unsubscribe", null)))
          .replace("@body@", escape(html));
    } catch (MessagingException e) {
      throw new IOException("a mail that was received cannot be read: " + file, e);
    }
  }

  private static String html(MimeMessage mail) throws MessagingException, IOException {
    if (mail.getContent() instanceof Multipart parts) {
      for (int i = parts.getCount() - 1; i >= 0; i--) {
        BodyPart part = parts.getBodyPart(i);
        if (part.isMimeType("text/html")) {
          return String.valueOf(part.getContent());
        }
      }
    }
    return "<pre>" + escape(String.valueOf(mail.getContent())) + "</pre>";
  }

  private static String escape(@Nullable String text) {
    return text == null
        ? ""
        : text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
  }

  private static final String CARD =
      """
      <article><header><h2 dir="auto">@subject@</h2><dl><dt>From</dt><dd>@from@</dd><dt>To</dt><dd>@to@</dd>
      <dt>List-Unsubscribe</dt><dd>@unsubscribe@</dd></dl></header>
      <iframe sandbox="allow-popups" title="the mail" srcdoc="@body@"></iframe></article>
      """;

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <title>Beckon: mails of this run</title>
      <style>
      :root{color-scheme:light dark;--bg:#f2f2f0;--card:#fff;--ink:#23211f;--dim:#6d6963;--line:#dedbd5}
      @media(prefers-color-scheme:dark){:root{--bg:#171615;--card:#22201e;--ink:#eee9e2;--dim:#a59f97;--line:#39352f}}
      body{margin:0;padding:2rem clamp(1rem,4vw,3rem);background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
      h1{font-size:1.6rem;margin:0}h1+p{margin:.25rem 0 2rem;color:var(--dim)}
      main{display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr))}
      article{background:var(--card);border:1px solid var(--line);border-radius:14px;overflow:hidden;display:flex;flex-direction:column}
      header{padding:1rem 1.25rem;border-bottom:1px solid var(--line)}h2{font-size:1.05rem;margin:0 0 .5rem;overflow-wrap:anywhere}
      dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem .75rem;margin:0;font-size:.85rem}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
      iframe{border:0;width:100%;height:620px;background:#fff}
      </style></head><body><h1>@count@ mails of this run</h1><p>As the SMTP server received them. Scripts are off; nothing is loaded from anywhere.</p>
      <main>@cards@</main></body></html>
      """;
}
