package dev.beckon.dispatch;

import dev.beckon.account.Dispatch;
import dev.beckon.invitation.Channel;
import dev.beckon.privacy.LinkSignatures;
import dev.beckon.vendor.Content;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders all messages of a dispatch for one sample recipient, as dispatch does. Thread-safe. */
public final class DispatchPreview {
  /** Stands where the token of an invitation would. */
  private static final String SAMPLE_TOKEN = "sample-token";

  /** Characters of all messages together. */
  private static final int MOST = 2_000_000;

  private final URI publicUrl;
  private final LinkSignatures signatures;

  public DispatchPreview(URI publicUrl, LinkSignatures signatures) {
    this.publicUrl = publicUrl;
    this.signatures = signatures;
  }

  /**
   * One message.
   *
   * @param subject null where the channel has none
   * @param html null where there is no such part
   */
  public record Message(
      Channel channel,
      String language,
      @Nullable String subject,
      String text,
      @Nullable String html) {
    int length() {
      return text.length() + (html == null ? 0 : html.length());
    }

    /** Shows no personal value. */
    @Override
    public String toString() {
      return "Message[" + channel.label() + ", " + language + "]";
    }
  }

  /**
   * All messages.
   *
   * @param problems why others are missing, as {@code path: what is wrong; what helps}
   */
  public record Shown(List<Message> messages, List<String> problems) {
    public Shown {
      messages = List.copyOf(messages);
      problems = List.copyOf(problems);
    }
  }

  /**
   * @throws dev.beckon.account.InvalidAccountException when its templates do not compile
   */
  public Shown of(Dispatch dispatch, Map<String, String> fields) {
    Renderer renderer = new Renderer(dispatch, publicUrl, signatures);
    List<Message> messages = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    long length = 0;
    List<String> languages = new ArrayList<>(dispatch.templates().keySet());
    languages.sort(
        Comparator.comparing((String language) -> !language.equals(dispatch.defaultLanguage()))
            .thenComparing(Comparator.naturalOrder()));
    for (String language : languages) {
      for (Channel channel : channels(dispatch, language)) {
        String path = "templates." + language + "." + channel.label();
        try {
          Message message = message(renderer, fields, language, channel);
          length += message.length();
          if (length > MOST) {
            problems.add(
                path + ": the messages before it fill the reply; preview with shorter fields");
            return new Shown(messages, problems);
          }
          messages.add(message);
        } catch (RuntimeException e) {
          // of rendering, which keeps values out of its words
          problems.add(path + ": cannot be rendered for this row; " + e.getMessage());
        }
      }
    }
    return new Shown(messages, problems);
  }

  private static List<Channel> channels(Dispatch dispatch, String language) {
    return dispatch.templates().getOrDefault(language, Map.of()).keySet().stream()
        .sorted()
        .toList();
  }

  private static Message message(
      Renderer renderer, Map<String, String> fields, String language, Channel channel) {
    return switch (renderer.render(fields, SAMPLE_TOKEN, language, channel)) {
      case Content.Email mail ->
          new Message(channel, language, mail.subject(), mail.text(), mail.html());
      case Content.Sms text -> new Message(channel, language, null, text.text(), null);
      case Content.BulkEmail bulk -> throw new IllegalStateException("rendered for many");
    };
  }
}
