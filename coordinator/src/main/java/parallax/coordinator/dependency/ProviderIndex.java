package parallax.coordinator.dependency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.config.policy.Provider;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;

/** Which provider a canonical name belongs to. Immutable. */
public final class ProviderIndex {
  /** What in a pattern stands for something else. */
  private static final Pattern PLACEHOLDER = Pattern.compile("^\\*\\.|\\{region\\}|\\{number\\}");

  /** By what a name must end with: the labels behind the last that stands for others. */
  private final Map<String, List<Rule>> bySuffix = new HashMap<>();

  /**
   * @param rank the lower, the earlier it was written
   */
  private record Rule(int rank, Pattern pattern, Provider provider) {
    Optional<Dependency> of(String name) {
      Matcher matcher = pattern.matcher(name);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String region = matcher.groupCount() > 0 ? "/" + matcher.group(1) : "";
      return Optional.of(new Dependency(kind(provider.kind()), provider.name() + region));
    }
  }

  /**
   * @param providers of several that match, the first counts
   */
  public ProviderIndex(List<Provider> providers) {
    int rank = 0;
    for (Provider provider : providers) {
      for (String pattern : provider.cnames()) {
        bySuffix
            .computeIfAbsent(suffix(pattern), _ -> new ArrayList<>())
            .add(new Rule(rank++, compiled(pattern), provider));
      }
    }
  }

  /**
   * What stands behind {@code name}.
   *
   * @param name in lower case, without the last dot
   */
  public Optional<Dependency> find(String name) {
    Optional<Dependency> best = Optional.empty();
    int rank = Integer.MAX_VALUE;
    for (int at = 0; at >= 0; at = afterDot(name, at)) {
      for (Rule rule : bySuffix.getOrDefault(name.substring(at), List.of())) {
        Optional<Dependency> found = rule.rank() < rank ? rule.of(name) : Optional.empty();
        if (found.isPresent()) {
          best = found;
          rank = rule.rank();
        }
      }
    }
    return best;
  }

  /** Where the next label begins; -1 when there is none. */
  private static int afterDot(String name, int from) {
    int dot = name.indexOf('.', from);
    return dot < 0 ? -1 : dot + 1;
  }

  private static String suffix(String pattern) {
    int last = Math.max(pattern.lastIndexOf('*'), pattern.lastIndexOf('}'));
    return last < 0 ? pattern : pattern.substring(pattern.indexOf('.', last) + 1);
  }

  private static Pattern compiled(String pattern) {
    StringBuilder regex = new StringBuilder();
    Matcher special = PLACEHOLDER.matcher(pattern);
    int end = 0;
    while (special.find()) {
      regex.append(Pattern.quote(pattern.substring(end, special.start())));
      regex.append(meaning(special.group()));
      end = special.end();
    }
    return Pattern.compile(regex + Pattern.quote(pattern.substring(end)));
  }

  private static String meaning(String placeholder) {
    return switch (placeholder) {
      case "{region}" -> "([a-z0-9-]+)";
      case "{number}" -> "[0-9]+";
      default -> "(?:[^.]+\\.)+";
    };
  }

  private static DependencyKind kind(Provider.Kind kind) {
    return switch (kind) {
      case CDN -> DependencyKind.CDN;
      case CLOUD -> DependencyKind.CLOUD;
      case DNS -> DependencyKind.NAME_SERVERS;
    };
  }
}
