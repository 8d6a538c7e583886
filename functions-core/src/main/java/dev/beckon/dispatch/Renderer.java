package dev.beckon.dispatch;

import dev.beckon.account.Dispatch;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.account.MessageSource;
import dev.beckon.invitation.Channel;
import dev.beckon.privacy.LinkSignatures;
import dev.beckon.template.Lifter;
import dev.beckon.template.Mode;
import dev.beckon.template.SurveyLinks;
import dev.beckon.template.Template;
import dev.beckon.template.TemplateException;
import dev.beckon.template.Values;
import dev.beckon.vendor.Content;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The compiled templates and links of one dispatch. Immutable, thread-safe; built once per account
 * version.
 */
public final class Renderer {
  private static final String SURVEY_LINK = "survey_link";
  private static final String UNSUBSCRIBE_LINK = "unsubscribe_link";
  private static final String ANSWER_LINK = "answer_link";
  private static final String LANGUAGE = "language";
  private static final Set<String> BUILT_IN =
      Set.of(SURVEY_LINK, UNSUBSCRIBE_LINK, ANSWER_LINK, LANGUAGE);

  private record Parts(@Nullable Template subject, Template text, @Nullable Template html) {}

  /** What one recipient's templates and links may ask for. */
  private record Names(Values values, Values ofLinks) {}

  private final Map<String, Map<Channel, Parts>> parts = new HashMap<>();
  private final Map<String, MailLift> lifts = new HashMap<>();
  private final SurveyLinks surveyLinks;
  private final SurveyLinks unsubscribeLinks;
  private final SurveyLinks answerLinks;
  private final UnaryOperator<String> signing;

  /**
   * Compiles a dispatch.
   *
   * @param publicUrl where the HTTP door answers; unsubscribe and answer links begin with it
   * @throws InvalidAccountException naming every problem by path, with line and column
   */
  public Renderer(Dispatch dispatch, URI publicUrl, LinkSignatures signatures) {
    this(dispatch, publicUrl, signatures::of);
  }

  /**
   * @param signing makes the signature of a token, once for each message that shows it
   */
  private Renderer(Dispatch dispatch, URI publicUrl, UnaryOperator<String> signing) {
    this.signing = signing;
    List<String> problems = new ArrayList<>();
    Set<String> names = new HashSet<>(BUILT_IN);
    names.addAll(dispatch.fields().keySet());
    String path = "dispatches." + dispatch.id();
    dispatch
        .templates()
        .forEach((language, byChannel) -> {
          Map<Channel, Parts> compiled = new EnumMap<>(Channel.class);
          byChannel.forEach((channel, source) -> {
            String at = path + ".templates." + language + "." + channel.label();
            Parts ready = compile(source, channel, names, at, problems);
            if (ready != null) {
              compiled.put(channel, ready);
            }
          });
          parts.put(language, compiled);
        });
    this.surveyLinks = links(dispatch, dispatch.fields().keySet(), path, problems);
    String door = publicUrl.toString().replaceAll("/+$", "");
    this.unsubscribeLinks = SurveyLinks.toToken(door + "/u/");
    this.answerLinks = SurveyLinks.toSignedToken(door + "/a/");
    if (!problems.isEmpty()) {
      throw new InvalidAccountException(problems);
    }
    parts.forEach((language, byChannel) -> {
      Parts mail = byChannel.get(Channel.EMAIL);
      if (mail != null && mail.subject() != null) {
        lifts.put(language, lift(mail.subject(), mail, language));
      }
    });
  }

  /** What keeps a dispatch from being compiled, by path; empty when nothing does. */
  public static List<String> problems(Dispatch dispatch, URI publicUrl) {
    try {
      UnaryOperator<String> none =
          token -> {
            throw new IllegalStateException("nothing is rendered in a check");
          };
      return new Renderer(dispatch, publicUrl, none).parts.isEmpty()
          ? List.of("dispatches." + dispatch.id() + ".templates: there are none")
          : List.of();
    } catch (InvalidAccountException e) {
      return e.problems();
    }
  }

  /**
   * Renders one recipient's message.
   *
   * @throws RuntimeException when the result would be longer than allowed
   */
  Content render(Map<String, String> fields, String token, String language, Channel channel) {
    Parts ready = parts(language, channel);
    Names names = names(fields, token, language);
    Template subject = ready.subject();
    if (subject == null) {
      return new Content.Sms(ready.text().render(names.values()));
    }
    Template html = ready.html();
    return new Content.Email(
        subject.render(names.values()),
        ready.text().render(names.values()),
        html == null ? null : html.render(names.values()),
        URI.create(unsubscribeLinks.link(names.ofLinks())));
  }

  /**
   * Makes the values of one recipient's message beside what it shares with all others; only mails
   * have such a form.
   *
   * @throws RuntimeException when the result would be longer than allowed
   */
  Content lift(Map<String, String> fields, String token, String language, Channel channel) {
    MailLift lift = channel == Channel.EMAIL ? lifts.get(language) : null;
    if (lift == null) {
      return render(fields, token, language, channel);
    }
    Names names = names(fields, token, language);
    return lift.mail(names.values(), names.ofLinks());
  }

  private MailLift lift(Template subject, Parts mail, String language) {
    Lifter lifter =
        new Lifter(
            Map.of(
                SURVEY_LINK, surveyLinks,
                UNSUBSCRIBE_LINK, unsubscribeLinks,
                ANSWER_LINK, answerLinks),
            Map.of(LANGUAGE, language));
    return new MailLift(lifter, subject, mail.text(), mail.html(), unsubscribeLinks);
  }

  private Parts parts(String language, Channel channel) {
    Parts ready = parts.getOrDefault(language, Map.of()).get(channel);
    if (ready == null) {
      throw new IllegalStateException("no template for " + channel.label() + " in " + language);
    }
    return ready;
  }

  private Names names(Map<String, String> fields, String token, String language) {
    Values ofLinks =
        name ->
            switch (name) {
              case "token" -> token;
              case SurveyLinks.SIGNATURE -> signing.apply(token);
              case LANGUAGE -> language;
              default -> fields.get(name);
            };
    Values values =
        name ->
            switch (name) {
              case SURVEY_LINK -> surveyLinks.link(ofLinks);
              case UNSUBSCRIBE_LINK -> unsubscribeLinks.link(ofLinks);
              case ANSWER_LINK -> answerLinks.link(ofLinks);
              case LANGUAGE -> language;
              default -> fields.get(name);
            };
    return new Names(values, ofLinks);
  }

  private static @Nullable Parts compile(
      MessageSource source, Channel channel, Set<String> names, String at, List<String> problems) {
    String subjectSource = source.subject();
    Template subject = null;
    if (channel == Channel.EMAIL) {
      if (subjectSource == null) {
        problems.add(at + ".subject: is missing");
      } else {
        subject = compile(subjectSource, Mode.SUBJECT, names, at + ".subject", problems);
      }
    }
    Template text = compile(source.text(), Mode.TEXT, names, at + ".text", problems);
    String htmlSource = source.html();
    Template html =
        htmlSource == null ? null : compile(htmlSource, Mode.HTML, names, at + ".html", problems);
    return text == null ? null : new Parts(subject, text, html);
  }

  private static @Nullable Template compile(
      String source, Mode mode, Set<String> names, String at, List<String> problems) {
    try {
      return Template.compile(source, mode, names);
    } catch (TemplateException e) {
      e.problems().forEach(problem -> problems.add(at + ": " + problem));
      return null;
    }
  }

  private static SurveyLinks links(
      Dispatch dispatch, Set<String> names, String path, List<String> problems) {
    try {
      return SurveyLinks.compile(dispatch.surveyLink(), names);
    } catch (TemplateException e) {
      e.problems().forEach(problem -> problems.add(path + ".surveyLink: " + problem));
      throw new InvalidAccountException(problems);
    }
  }
}
