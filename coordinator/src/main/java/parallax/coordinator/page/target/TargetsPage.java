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

/** Targets by name, as many of them as are asked for. */
public final class TargetsPage {
  /** Targets on one page. */
  public static final int PAGE = 100;

  /** Characters of a search; more are not read. */
  public static final int MAX_QUERY = 253;

  private final Frame frame;

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
    html.append("<h1>Targets</h1>");
    form(html, filter);
    html.append("<p role=\"status\">" + matching + " of " + snapshot.targets().size())
        .append(filter.after().isPresent() ? ", those after " + escaped(name(filter)) : "")
        .append("</p>");
    if (shown.isEmpty()) {
      html.append("<p>No target is like that. <a href=\"/targets\">All targets</a></p>");
    } else {
      new TargetRows(snapshot).table(html, "Targets by name", shown);
    }
    if (matching > shown.size()) {
      String next = filter.place(shown.getLast().target().name());
      html.append("<p>" + Html.link(next, "The next " + PAGE) + "</p>");
    }
    return frame.around(new Frame.About("Targets", "/targets", false), html);
  }

  private static String name(Filter filter) {
    return filter.after().map(TargetName::value).orElse("");
  }

  private static void form(StringBuilder html, Filter filter) {
    html.append("<form class=\"filter\" action=\"/targets\" method=\"get\" role=\"search\">")
        .append("<label>Name or URL <input type=\"search\" name=\"q\" maxlength=\"" + MAX_QUERY)
        .append("\" value=\"" + escaped(filter.text()) + "\"></label>")
        .append("<label>State <select name=\"state\"><option value=\"\">any</option>");
    for (TargetState state : TargetState.values()) {
      String chosen = filter.state().filter(state::equals).isPresent() ? " selected" : "";
      html.append("<option value=\"" + Html.colour(state) + "\"" + chosen + ">" + state)
          .append("</option>");
    }
    html.append("</select></label><label>Label, as key:value <input name=\"label\" maxlength=\"")
        .append(MAX_QUERY + "\" value=\"" + escaped(filter.label()) + "\"></label>")
        .append("<button>Search</button></form>\n");
  }
}
