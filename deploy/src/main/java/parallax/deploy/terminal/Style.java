package parallax.deploy.terminal;

import java.util.Map;

/** Colours on a terminal (ECMA-48 select graphic rendition), nothing elsewhere. */
public enum Style {
  PLAIN,
  COLOURED;

  /** What a terminal that follows NO_COLOR and TERM=dumb should get. */
  public static Style forTerminal(boolean terminal, Map<String, String> environment) {
    boolean refused =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || "dumb".equals(environment.get("TERM"));
    return terminal && !refused ? COLOURED : PLAIN;
  }

  public String good(String text) {
    return paint("32", text);
  }

  public String bad(String text) {
    return paint("1;31", text);
  }

  public String warning(String text) {
    return paint("33", text);
  }

  public String faint(String text) {
    return paint("2", text);
  }

  public String strong(String text) {
    return paint("1", text);
  }

  private String paint(String code, String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
