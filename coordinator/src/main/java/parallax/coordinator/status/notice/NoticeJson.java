package parallax.coordinator.status.notice;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import parallax.coordinator.json.Json;
import parallax.coordinator.status.model.PublicIncident;
import parallax.coordinator.status.model.ServiceState;
import parallax.coordinator.status.model.ServiceView;
import parallax.coordinator.status.model.StatusBoard;
import parallax.coordinator.status.words.Texts;
import parallax.coordinator.words.Language;

/** How services are, for the notice in the pages of others. */
public final class NoticeJson {
  private NoticeJson() {}

  /**
   * The document.
   *
   * @param services some of the board's
   */
  public static byte[] write(StatusBoard board, List<ServiceView> services) {
    return Json.object(
        json ->
            json.instant("at", board.at())
                .text("url", board.url().map(URI::toASCIIString))
                .items("items", services, (item, service) -> service(item, board, service))
                .object(
                    "labels",
                    labels -> {
                      for (Language language : Language.values()) {
                        Texts texts = Texts.in(language);
                        labels.object(
                            language.tag(),
                            words ->
                                words
                                    .text("more", texts.of("notice.more"))
                                    .text("close", texts.of("notice.close")));
                      }
                    }));
  }

  private static void service(Json json, StatusBoard board, ServiceView service)
      throws IOException {
    json.text("service", service.name())
        .text("state", service.state().word())
        .instant("since", service.since())
        .object(
            "words",
            words -> {
              for (Language language : Language.values()) {
                words.text(language.tag(), words(board, service, Texts.in(language)));
              }
            });
  }

  /** The incident that hits it, or its state; and since when. */
  private static String words(StatusBoard board, ServiceView service, Texts texts) {
    boolean well = service.state() == ServiceState.UP;
    return board.open().stream()
        .filter(incident -> !well && incident.services().contains(service.name()))
        .findFirst()
        .map(incident -> since(only(incident, service, texts), incident.began(), texts))
        .orElseGet(
            () -> {
              String state = service.name() + ": " + texts.of(service.state());
              return service
                  .since()
                  .filter(_ -> !well)
                  .map(at -> since(state, at, texts))
                  .orElse(state);
            });
  }

  /** About this service alone: the app does not ask for others. */
  private static String only(PublicIncident incident, ServiceView service, Texts texts) {
    return texts.of(
        new PublicIncident(
            incident.id(),
            List.of(service.name()),
            incident.effect(),
            incident.began(),
            incident.ended(),
            List.of()));
  }

  private static String since(String what, Instant at, Texts texts) {
    return what + " (" + texts.of("notice.since", texts.of(at)) + ")";
  }
}
