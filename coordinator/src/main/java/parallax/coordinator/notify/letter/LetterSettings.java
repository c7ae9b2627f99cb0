package parallax.coordinator.notify.letter;

import java.net.URI;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.target.TargetName;

/**
 * What letters to one receiver are written with.
 *
 * @param page where people read on, such as {@code https://parallax.example.com}; empty where
 *     nobody has told
 * @param runbooks what to do, most specific first
 * @param labels of targets
 * @param zone of the receiver
 */
public record LetterSettings(
    Optional<URI> page,
    List<Runbook> runbooks,
    SortedMap<TargetName, SortedMap<String, String>> labels,
    ZoneId zone) {

  public LetterSettings {
    runbooks = List.copyOf(runbooks);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** The same without links to our page. */
  public LetterSettings withoutPage() {
    return new LetterSettings(Optional.empty(), runbooks, labels, zone);
  }

  /**
   * Steps for a kind of trouble.
   *
   * @param match labels that a letter, or one of the targets, has to have, all of them: {@code
   *     layer: tls}, {@code culprit: cdn:fastly}, {@code team: web}
   * @param name for people
   * @param target http or https
   */
  public record Runbook(SortedMap<String, String> match, String name, URI target) {
    public Runbook {
      match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
    }
  }
}
