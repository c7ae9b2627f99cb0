package parallax.probe.blackbox.web;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.problem.Problem;
import parallax.config.problem.Problems;
import parallax.probe.blackbox.read.Node;
import parallax.probe.blackbox.read.Section;
import parallax.probe.blackbox.read.Trees;

/** The YAML of {@code --web.config.file}, and every message about a bad one. */
public final class WebReader {
  private static final int MAX_USERS = 1_000;
  private static final int MAX_HEADER = 4_096;
  private static final int MAX_BURST = 1_000_000;
  private static final Trees.Limits LIMITS = new Trees.Limits(1 << 20, 20_000);

  /** The headers that may be set, and the values of those that have a choice of them. */
  private static final Map<String, List<String>> HEADERS =
      Map.of(
          "Strict-Transport-Security", List.of(),
          "X-Content-Type-Options", List.of("nosniff"),
          "X-Frame-Options", List.of("deny", "sameorigin"),
          "X-XSS-Protection", List.of(),
          "Content-Security-Policy", List.of());

  private WebReader() {}

  /** What came of it. */
  public sealed interface Outcome {
    /** Everything is fine. */
    record Good(WebConfig config, List<Problem> warnings) implements Outcome {
      public Good {
        warnings = List.copyOf(warnings);
      }
    }

    /** Something is wrong. */
    record Bad(List<Problem> problems) implements Outcome {
      public Bad {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Reads the bytes of {@code file}; names of files in it are relative to its folder. */
  public static Outcome read(Path file, byte[] bytes) {
    Problems problems = new Problems();
    WebConfig config =
        Trees.read(file, bytes, LIMITS, problems)
            .map(root -> config(file, Section.of(problems, "file", root)))
            .orElse(WebConfig.OPEN);
    return problems.hasErrors()
        ? new Outcome.Bad(problems.errors())
        : new Outcome.Good(config, problems.warnings());
  }

  private static WebConfig config(Path file, Section top) {
    Section http = top.section("http_server_config");
    boolean http2 = http.flag("http2", true);
    Map<String, String> headers = headers(http.section("headers"));
    http.end();
    Optional<ServerTls> tls = ServerTlsReader.read(file, top.section("tls_server_config"), http2);
    WebConfig config =
        new WebConfig(tls, http2, headers, users(top.section("basic_auth_users")), rate(top));
    top.end();
    return config;
  }

  private static Map<String, String> headers(Section section) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Node.Field field : section.all()) {
      String name = field.key();
      List<String> values = HEADERS.get(name);
      if (values == null) {
        // The keys that may be given are asked for, so that the end names them.
        HEADERS.keySet().forEach(section::has);
        continue;
      }
      Optional<String> value = section.text(name).filter(text -> !text.isEmpty());
      if (value.isEmpty()) {
        continue;
      }
      if (isUnfit(value.get())) {
        section.refuse(name, "must be one line of at most " + MAX_HEADER + " visible characters");
      } else if (!values.isEmpty() && !values.contains(value.get())) {
        section.refuse(name, "must be " + String.join(" or ", values));
      } else {
        headers.put(name, value.get());
      }
    }
    section.end();
    return headers;
  }

  /** RFC 9110 section 5.5, without what is obsolete. */
  private static boolean isUnfit(String value) {
    return value.length() > MAX_HEADER || value.chars().anyMatch(c -> c < ' ' || c > '~');
  }

  private static Map<String, PasswordHash> users(Section section) {
    Map<String, PasswordHash> users = new LinkedHashMap<>();
    if (section.all().size() > MAX_USERS) {
      section.problems().error(section.place(), "more than " + MAX_USERS + " users");
      return users;
    }
    for (Node.Field field : section.all()) {
      Optional<PasswordHash> hash =
          field.value() instanceof Node.Leaf leaf ? PasswordHash.of(leaf.text()) : Optional.empty();
      boolean _ = section.has(field.key());
      if (hash.isEmpty()) {
        // The value is not shown: somebody may have written the password itself.
        section.refuse(
            field.key(), "must be a password hashed by bcrypt, as htpasswd -nBC 10 \"\" makes it");
      } else if (isCostly(hash.get())) {
        section.refuse(
            field.key(),
            "is hashed with the cost "
                + hash.get().cost()
                + "; it must be from "
                + PasswordHash.LEAST_COST
                + " to "
                + PasswordHash.MOST_COST);
      } else {
        users.put(field.key(), hash.get());
      }
    }
    section.end();
    return users;
  }

  private static boolean isCostly(PasswordHash hash) {
    return hash.cost() < PasswordHash.LEAST_COST || hash.cost() > PasswordHash.MOST_COST;
  }

  private static Optional<WebConfig.Rate> rate(Section top) {
    Section section = top.section("rate_limit");
    Optional<Duration> interval = section.duration("interval").filter(time -> !time.isZero());
    int burst = section.whole("burst", 0, MAX_BURST, 0);
    if (interval.isPresent() && burst == 0) {
      section.refuse("burst", "must be 1 at least where there is an 'interval'");
    }
    section.end();
    return interval.map(time -> new WebConfig.Rate(time, burst));
  }
}
