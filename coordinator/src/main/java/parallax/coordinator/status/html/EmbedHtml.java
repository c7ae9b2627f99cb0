package parallax.coordinator.status.html;

import static parallax.coordinator.status.words.Xml.escaped;

import java.util.Optional;
import parallax.coordinator.status.model.ServiceState;
import parallax.coordinator.status.model.ServiceView;
import parallax.coordinator.status.model.StatusBoard;
import parallax.coordinator.status.words.Texts;

/** A strip of one line that others show in a frame: how all is, or how one service is. */
public final class EmbedHtml {
  private EmbedHtml() {}

  /**
   * The strip.
   *
   * @param service empty: all of them
   */
  public static String strip(StatusBoard board, Optional<ServiceView> service, Texts texts) {
    ServiceState state = service.map(ServiceView::state).orElseGet(board::overall);
    String name = service.map(ServiceView::name).orElse(board.title());
    String words =
        service.isPresent() || board.groups().isEmpty()
            ? texts.of(state)
            : texts.of("overall." + state.word());
    String link = board.url().map(Object::toString).orElse("status");
    StringBuilder html = new StringBuilder(4_096);
    html.append(Pieces.head(texts, name + ": " + words, "", "<body class=\"strip\"><main>"))
        .append("<a href=\"" + escaped(link) + "\" target=\"_blank\" rel=\"noopener\"><strong>")
        .append(escaped(name) + "</strong><span class=\"state " + state.word() + "\">")
        .append(Pieces.icon(state) + escaped(words) + "</span><span class=\"soft\">");
    if (state != ServiceState.UP) {
      service
          .flatMap(ServiceView::since)
          .ifPresent(at -> html.append(escaped(texts.of("notice.since", texts.of(at))) + " · "));
    }
    return html.append(Pieces.time(board.at(), texts) + "</span></a></main></body></html>\n")
        .toString();
  }
}
