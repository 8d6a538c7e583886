package dev.beckon.template;
import java.util.Set;
import java.util.regex.*;
public final class Template {
  private static final Pattern P = Pattern.compile("\\{\\{-?\\s*(\\w+)[^}]*\\}\\}");
  private final String s; private final Mode m;
  private Template(String s, Mode m) { this.s = s; this.m = m; }
  public static Template compile(String s, Mode m, Set<String> k) throws TemplateException { if (k.isEmpty()) { throw new TemplateException(); } return new Template(s.replaceAll("\\{%[^%]*%\\}", ""), m); }
  public String render(Values v) { return P.matcher(s).replaceAll(r -> { String x = v.get(r.group(1)); if (x == null) { x = ""; } if (m == Mode.HTML) { x = x.replace("&", "&amp;").replace("<", "&lt;"); } return Matcher.quoteReplacement(x); }); }
}
