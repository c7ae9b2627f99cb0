package parallax.config.check.journey;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.config.check.http.HttpExpect;

/**
 * One request of several that are made one after another.
 *
 * @param name for people
 * @param url http or https; captured values stand behind the host, or lead to the whole URL
 * @param hosts that a captured URL may lead to, beside those that steps name; in lower case
 * @param captures what is taken from the answer for later steps
 * @param redirects how many are followed; 0 judges the redirect itself
 * @param timeout of this step alone, within that of all
 */
public record JourneyStep(
    Optional<String> name,
    Template url,
    String method,
    List<TemplateHeader> headers,
    Optional<Template> body,
    SortedSet<String> hosts,
    List<Capture> captures,
    HttpExpect expect,
    int redirects,
    Optional<Duration> timeout) {

  /** The most steps of a journey. */
  public static final int MAX_STEPS = 20;

  public JourneyStep {
    headers = List.copyOf(headers);
    hosts = Collections.unmodifiableSortedSet(new TreeSet<>(hosts));
    captures = List.copyOf(captures);
  }

  /** A request header. */
  public record TemplateHeader(String name, Template value) {}

  /** Scheme, host and port as written; empty where an answer leads to the URL. */
  public Optional<String> origin() {
    String start = url.isLed() ? "" : url.start();
    int authority = start.indexOf("://");
    if (authority < 0) {
      return Optional.empty();
    }
    int end = authority + "://".length();
    while (end < start.length() && "/?#".indexOf(start.charAt(end)) < 0) {
      end++;
    }
    return Optional.of(start.substring(0, end));
  }

  /** The names of all values that it takes from earlier steps. */
  public SortedSet<String> uses() {
    SortedSet<String> names = new TreeSet<>(url.names());
    body.ifPresent(text -> names.addAll(text.names()));
    headers.forEach(header -> names.addAll(header.value().names()));
    return names;
  }
}
