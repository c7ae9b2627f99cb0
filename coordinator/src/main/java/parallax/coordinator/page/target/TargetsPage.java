package parallax.coordinator.page.target;

import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.page.TargetRows;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.words.Say;

/** Targets by name, as many of them as are asked for. */
public final class TargetsPage {
  /** Targets on one page. */
  public static final int PAGE = 100;

  /** Characters of a search; more are not read. */
  public static final int MAX_QUERY = 253;

  private final Frame frame;
  private final Say say;

  /**
   * Which targets.
   *
   * @param text in the name or the URL, in any case; empty: any
   * @param label as {@code key:value} or {@code key}; empty: any
   * @param after of a target: only those whose names come after it
   */
  public record Filter(
      String text, Optional<TargetState> state, String label, Optional<TargetName> after) {
    public Filter {
      text = text.substring(0, Math.min(text.length(), MAX_QUERY));
      label = label.substring(0, Math.min(label.length(), MAX_QUERY));
    }

    boolean admits(TargetView view) {
      Target target = view.target();
      if (state.isPresent() && view.verdict().state() != state.get()) {
        return false;
      }
      return new LabelFilter(label).admits(target) && isNamed(target);
    }

    private boolean isNamed(Target target) {
      String wanted = text.toLowerCase(Locale.ROOT);
      return wanted.isEmpty()
          || target.name().value().toLowerCase(Locale.ROOT).contains(wanted)
          || target
              .url()
              .filter(url -> url.toString().toLowerCase(Locale.ROOT).contains(wanted))
              .isPresent();
    }

    /** The address of what comes after a target. */
    String place(TargetName last) {
      return "/targets?"
          + (text.isEmpty() ? "" : "q=" + encoded(text) + "&")
          + state.map(each -> "state=" + Html.colour(each) + "&").orElse("")
          + (label.isEmpty() ? "" : "label=" + encoded(label) + "&")
          + "after="
          + encoded(last.value());
    }
  }

  public TargetsPage(Frame frame) {
    this.frame = frame;
    say = frame.say();
  }

  /** The page, in HTML. */
  public String render(Snapshot snapshot, Filter filter) {
    List<TargetView> candidates =
        filter.after().map(snapshot::targetsAfter).orElse(snapshot.targets());
    List<TargetView> shown = new ArrayList<>();
    int matching = 0;
    for (TargetView view : candidates) {
      if (filter.admits(view)) {
        matching++;
        if (shown.size() < PAGE) {
          shown.add(view);
        }
      }
    }
    StringBuilder html = new StringBuilder(32_768);
    html.append("<h1>" + say.html("nav.targets") + "</h1>");
    form(html, filter);
    String after = escaped(filter.after().map(TargetName::value).orElse(""));
    String counts = after.isEmpty() ? "targets.count" : "targets.after";
    html.append("<p role=\"status\">")
        .append(say.html(counts, matching, snapshot.targets().size(), after) + "</p>");
    if (shown.isEmpty()) {
      html.append("<p>" + say.html("targets.noSuch") + " <a href=\"/targets\">")
          .append(say.html("targets.all") + "</a></p>");
    } else {
      new TargetRows(snapshot, say).table(html, say.of("targets.byName"), shown);
    }
    if (matching > shown.size()) {
      String next = filter.place(shown.getLast().target().name());
      html.append("<p>" + Html.link(next, say.of("next", PAGE)) + "</p>");
    }
    return frame.around(new Frame.About(say.of("nav.targets"), "/targets", false), html);
  }

  private void form(StringBuilder html, Filter filter) {
    html.append("<form class=\"filter\" action=\"/targets\" method=\"get\" role=\"search\">")
        .append(
            "<label>"
                + say.html("form.name")
                + " <input type=\"search\" name=\"q\" maxlength=\""
                + MAX_QUERY)
        .append("\" value=\"" + escaped(filter.text()) + "\"></label>")
        .append("<label>" + say.html("column.state") + " <select name=\"state\">")
        .append("<option value=\"\">" + say.html("form.any") + "</option>");
    for (TargetState state : TargetState.values()) {
      String chosen = filter.state().filter(state::equals).isPresent() ? " selected" : "";
      html.append("<option value=\"" + Html.colour(state) + "\"" + chosen + ">" + state)
          .append("</option>");
    }
    html.append(
            "</select></label><label>"
                + say.html("form.label")
                + " <input name=\"label\" maxlength=\"")
        .append(MAX_QUERY + "\" value=\"" + escaped(filter.label()) + "\"></label>")
        .append("<button>" + say.html("form.search") + "</button></form>\n");
  }
}
