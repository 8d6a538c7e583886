package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.web.WebReply;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The API described: for programs and for people. Thread-safe. */
final class Reference {
  /** It changes with the installation's version alone. */
  private static final Map<String, String> KEPT = Map.of("Cache-Control", "public, max-age=300");

  private final URI publicUrl;
  private final List<Endpoint> described;
  private volatile Texts texts = Texts.NONE;

  /** Made at the first request: an environment that never shows them does not pay for them. */
  private record Texts(String json, String html) {
    static final Texts NONE = new Texts("", "");
  }

  /**
   * @param endpoints all others
   */
  Reference(URI publicUrl, List<Endpoint> endpoints) {
    this.publicUrl = publicUrl;
    this.described = List.copyOf(endpoints);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.open("openApi", "GET", "/openapi.json", call -> json()),
        Endpoint.open("reference", "GET", "/docs", call -> html()));
  }

  private WebReply json() {
    return new WebReply(200, "application/json", texts().json(), KEPT);
  }

  private WebReply html() {
    return new WebReply(200, "text/html; charset=utf-8", texts().html(), KEPT);
  }

  private Texts texts() {
    Texts made = texts;
    if (made.json().isEmpty()) {
      List<Endpoint> all = new ArrayList<>(described);
      all.addAll(endpoints());
      ObjectNode document = OpenApiDocument.of(publicUrl, all);
      made = new Texts(document.toPrettyString(), new ReferencePage(document).html());
      texts = made;
    }
    return made;
  }
}
