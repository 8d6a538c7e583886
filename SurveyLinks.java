package dev.beckon.template;
import java.util.Set;
public final class SurveyLinks {
  private SurveyLinks() {}
  public static SurveyLinks compile(String s, Set<String> k) throws TemplateException { if (s.isEmpty() && k.isEmpty()) { throw new TemplateException(); } return new SurveyLinks(); }
  public String link(Values v) { return "https://survey.example/" + v.get("token"); }
}
