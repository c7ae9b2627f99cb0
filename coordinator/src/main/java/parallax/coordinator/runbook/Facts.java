package parallax.coordinator.runbook;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.notebook.PlainText;

/**
 * What a command is told about an incident. It may come from anyone, and scripts are careless: only
 * letters, digits, spaces and a few signs that no shell cares about are left of it. Pure.
 */
public final class Facts {
  /** Targets beyond these are counted, not named. */
  public static final int MAX_TARGETS = 100;

  /** The longest value, in UTF-16 code units. */
  public static final int MAX_VALUE = 8_000;

  private static final int MAX_WORD = 500;
  private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{Nd} ._:/@,+=%-]");
  private static final Pattern OPTION = Pattern.compile("^[-=]+");

  private Facts() {}

  /**
   * The variables.
   *
   * @param run the identity of the run
   * @param who asked for it
   */
  public static SortedMap<String, String> of(
      Incident incident, String runbook, String action, String run, String who) {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("PARALLAX_RUN", clean(run));
    facts.put("PARALLAX_RUNBOOK", clean(runbook));
    facts.put("PARALLAX_ACTION", clean(action));
    facts.put("PARALLAX_WHO", clean(who));
    facts.put("PARALLAX_INCIDENT", clean(incident.id().value()));
    facts.put("PARALLAX_SCOPE", incident.scope().name());
    facts.put("PARALLAX_REGIONS", words(incident.regions().stream().map(Region::value).toList()));
    facts.put("PARALLAX_LAYER", incident.cause().layer().map(Enum::name).orElse(""));
    facts.put("PARALLAX_REASON", incident.cause().finding().reason().name());
    facts.put("PARALLAX_CULPRIT", clean(incident.cause().culprit()));
    facts.put("PARALLAX_ONSET", incident.onset().toString());
    facts.put("PARALLAX_OPENED", incident.opened().toString());
    List<TargetName> named = incident.targets().stream().limit(MAX_TARGETS).toList();
    facts.put("PARALLAX_TARGETS", words(named.stream().map(TargetName::value).toList()));
    facts.put("PARALLAX_TARGET_COUNT", Integer.toString(incident.targets().size()));
    return Collections.unmodifiableSortedMap(facts);
  }

  /** Names, which have no spaces in them, as many as there is room for. */
  private static String words(List<String> names) {
    StringBuilder all = new StringBuilder();
    for (String name : names) {
      String next = clean(name).replace(' ', '_');
      if (all.length() + next.length() + 1 > MAX_VALUE) {
        break;
      }
      all.append(all.isEmpty() ? "" : " ").append(next);
    }
    return all.toString();
  }

  private static String clean(String text) {
    String safe = UNSAFE.matcher(PlainText.line(text, MAX_WORD)).replaceAll("_");
    return OPTION.matcher(safe).replaceAll("_");
  }
}
