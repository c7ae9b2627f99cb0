package parallax.coordinator.postmortem;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Words;

/** A draft as Markdown. Everything that came from outside is text in it and nothing else. */
public final class MarkdownDraft {
  /** More targets, looks or lines of the timeline than this are counted. */
  static final int MAX_ROWS = 500;

  private final StringBuilder out = new StringBuilder();

  private MarkdownDraft() {}

  public static String of(Draft draft) {
    MarkdownDraft text = new MarkdownDraft();
    text.head(draft);
    text.votes("What spoke for it", draft.evidence());
    text.against(draft);
    text.told(draft);
    text.timeline(draft);
    text.out.append(
        """

        ## To be written by people

        - Impact, in numbers that matter to users:
        - Why it could happen:
        - What helped, what did not:
        - What is to change, by whom, until when:
        """);
    return text.out.toString();
  }

  private void head(Draft draft) {
    Incident incident = draft.incident();
    out.append("# ").append(Markdown.line(Words.of(incident))).append("\n\n");
    row("Incident", incident.id().value());
    row("State", incident.isOpen() ? "open, as of " + time(draft.at()) : "resolved");
    row("First sign", time(incident.onset()));
    row("Opened", time(incident.opened()));
    row("Told from", incident.published().map(MarkdownDraft::time).orElse("never"));
    row("Over", incident.resolved().map(MarkdownDraft::time).orElse("not yet"));
    row("Duration", Words.of(draft.duration()) + (incident.isOpen() ? " so far" : ""));
    row("For whom", Words.of(incident.scope(), incident.regions()));
    row("What broke first", Words.of(incident.cause()) + "; " + incident.cause().culprit());
    row("Why we think so", incident.why().rule());
    row(
        "Taken care of by",
        draft.acknowledged().map(entry -> by(entry, incident)).orElse("nobody said so"));
    if (incident.reopened() > 0) {
      row("Came back", incident.reopened() + " times");
    }
    if (!incident.targets().isEmpty()) {
      out.append("\n## Targets\n\n");
      List<String> names = incident.targets().stream().map(TargetName::value).toList();
      names.stream().limit(MAX_ROWS).forEach(this::item);
      more(names.size());
    }
  }

  private static String by(Entry entry, Incident incident) {
    return entry.who() + ", " + time(entry.happened()) + ", " + after(incident, entry.happened());
  }

  private static String after(Incident incident, Instant at) {
    return Words.of(Duration.between(incident.onset(), at)) + " after the first sign";
  }

  private void votes(String title, List<Vote> votes) {
    out.append("\n## ").append(title).append("\n\n");
    if (votes.isEmpty()) {
      out.append("Nothing that is kept.\n");
    }
    votes.stream().limit(MAX_ROWS).map(MarkdownDraft::words).forEach(this::item);
    more(votes.size());
  }

  private static String words(Vote vote) {
    String network = vote.vantage().asn().map(asn -> ", AS" + asn).orElse("");
    return "%s, probe %s in %s%s, %s: %s"
        .formatted(
            time(vote.at()),
            vote.vantage().probe(),
            vote.vantage().region(),
            network,
            vote.check().label(),
            vote.finding().map(Finding::words).orElse("fine"));
  }

  private void against(Draft draft) {
    Incident incident = draft.incident();
    votes("What spoke against it", draft.against());
    incident.well().stream()
        .map(target -> target + " shares the culprit and was fine")
        .forEach(this::item);
    for (Why.Rival rival : incident.why().rivals()) {
      item(
          "%s was considered as well: %s of its %s dependants failed"
              .formatted(rival.culprit(), rival.failing(), rival.dependants()));
    }
  }

  private void told(Draft draft) {
    out.append("\n## Who was told when\n\n");
    if (draft.told().isEmpty()) {
      out.append("Nobody.\n");
      return;
    }
    for (Draft.Told told : draft.told()) {
      Store.Delivery delivery = told.delivery();
      String what = delivery.receiver() + ", " + delivery.kind().name().toLowerCase(Locale.ROOT);
      String when =
          delivery
              .delivered()
              .map(at -> time(at) + delay(told))
              .orElseGet(() -> (delivery.givenUp() ? "given up" : "not yet") + error(delivery));
      item(what + ": " + when);
    }
  }

  private static String delay(Draft.Told told) {
    String end = told.delivery().incident().isOpen() ? " after the first sign" : " after the end";
    return told.delay().map(time -> ", " + Words.of(time) + end).orElse("");
  }

  private static String error(Store.Delivery delivery) {
    Optional<String> error = delivery.lastError();
    return error.map(text -> ", " + text).orElse("");
  }

  private void timeline(Draft draft) {
    out.append("\n## Timeline (UTC)\n\n");
    for (Line line : draft.timeline().stream().limit(MAX_ROWS).toList()) {
      List<String> lines = line.text().lines().toList();
      boolean one = lines.size() <= 1;
      String head = time(line.at()) + ", " + line.event() + ", " + line.who() + ":";
      item(one ? head + " " + line.text() : head);
      if (!one) {
        out.append(Markdown.quotation(lines));
      }
    }
    more(draft.timeline().size());
  }

  private void row(String name, String value) {
    out.append("- **").append(name).append("**: ").append(Markdown.line(value)).append('\n');
  }

  private void item(String text) {
    out.append("- ").append(Markdown.line(text)).append('\n');
  }

  private void more(int size) {
    if (size > MAX_ROWS) {
      item("and " + (size - MAX_ROWS) + " more");
    }
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
