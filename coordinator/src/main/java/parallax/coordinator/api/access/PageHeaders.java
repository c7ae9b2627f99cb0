package parallax.coordinator.api.access;

import java.util.Map;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.page.Frame;

/** What browsers are told of every page for people. */
public final class PageHeaders {
  /** With no-referrer, browsers would not say from where a form comes. */
  private static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy", Frame.POLICY,
          "Referrer-Policy", "same-origin",
          "X-Frame-Options", "DENY",
          "Cross-Origin-Opener-Policy", "same-origin");

  private PageHeaders() {}

  /** The page with these. */
  public static Reply on(Reply page) {
    Reply told = page;
    for (Map.Entry<String, String> header : ALL.entrySet()) {
      told = told.with(header.getKey(), header.getValue());
    }
    return told;
  }
}
