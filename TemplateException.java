package dev.beckon.template;
import java.util.List;
public final class TemplateException extends Exception {
  private static final long serialVersionUID = 1;
  public List<Problem> problems() { return List.of(); }
}
