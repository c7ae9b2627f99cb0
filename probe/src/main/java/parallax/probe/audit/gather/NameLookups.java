package parallax.probe.audit.gather;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import parallax.config.check.DnsSpec;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.text.HostText;
import parallax.probe.Checks;
import parallax.probe.audit.origin.TextLookup;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.net.Cidr;

/** Asks resolvers, as the check of a name does. */
public final class NameLookups implements TextLookup {
  /** Strings of one TXT record as they are written: {@code "one" "two"}. */
  private static final String BETWEEN_STRINGS = "\" \"";

  private final Checks checks;
  private final Naming naming;
  private final Duration patience;

  public NameLookups(Checks checks, AuditSettings settings) {
    this.checks = checks;
    this.naming = settings.naming();
    this.patience = settings.perQuestion();
  }

  /**
   * What a name has.
   *
   * @param aliases as {@link parallax.config.observation.Facts} has them
   * @param trouble why that may not be all
   */
  record Answers(List<String> values, List<String> aliases, Optional<String> trouble) {
    Answers {
      values = List.copyOf(values);
      aliases = List.copyOf(aliases);
    }

    Answers and(Answers other) {
      return new Answers(
          Stream.concat(values.stream(), other.values().stream()).toList(),
          Stream.concat(aliases.stream(), other.aliases().stream()).distinct().toList(),
          trouble.or(other::trouble));
    }

    List<InetAddress> addresses() {
      return values.stream().flatMap(value -> Cidr.literal(value).stream()).distinct().toList();
    }
  }

  /** The addresses of {@code host} that {@code naming} lets a check use. */
  Future<Answers> addresses(String host, Naming asked, Deadline deadline) {
    if (HostText.isAddress(host)) {
      return Future.succeededFuture(new Answers(List.of(host), List.of(), Optional.empty()));
    }
    List<Future<Answers>> answers = new ArrayList<>();
    if (asked.family() != AddressFamily.IPV6) {
      answers.add(ask(host, "A", asked, deadline));
    }
    if (asked.family() != AddressFamily.IPV4) {
      answers.add(ask(host, "AAAA", asked, deadline));
    }
    return Future.join(answers)
        .map(
            _ ->
                answers.stream()
                    .map(Future::result)
                    .reduce(Answers::and)
                    .orElse(new Answers(List.of(), List.of(), Optional.empty())));
  }

  /** All addresses of {@code host}. */
  Future<Answers> addresses(String host, Deadline deadline) {
    return addresses(host, naming, deadline);
  }

  /** The mail exchangers of {@code domain}, in presentation form. */
  Future<Answers> exchangers(String domain, Deadline deadline) {
    return ask(domain, "MX", naming, deadline);
  }

  @Override
  public Future<Texts> of(String name, Deadline deadline) {
    return ask(name, "TXT", naming, deadline)
        .map(
            answers -> {
              if (!answers.values().isEmpty()) {
                return new Texts.Found(answers.values().stream().map(NameLookups::joined).toList());
              }
              return answers.trouble().<Texts>map(Texts.Failed::new).orElseGet(Texts.None::new);
            });
  }

  private static String joined(String written) {
    boolean quoted = written.length() >= 2 && written.startsWith("\"") && written.endsWith("\"");
    return quoted
        ? written.substring(1, written.length() - 1).replace(BETWEEN_STRINGS, "")
        : written;
  }

  private Future<Answers> ask(String name, String type, Naming asked, Deadline deadline) {
    if (deadline.hasPassed()) {
      return Future.succeededFuture(
          new Answers(List.of(), List.of(), Optional.of(Gatherer.OUT_OF_TIME)));
    }
    DnsSpec spec =
        new DnsSpec(Optional.empty(), name, List.of(type), new TreeMap<>(), asked, patience);
    return checks.run(spec, deadline.part(patience)).map(NameLookups::answers);
  }

  /** That there is no such name or record is an answer too. */
  private static Answers answers(CheckResult result) {
    Optional<String> trouble =
        result.outcome() instanceof Outcome.Up
            ? Optional.empty()
            : result.outcome().why().filter(why -> !isAnswer(why.reason())).map(Finding::words);
    return new Answers(result.facts().answers(), result.facts().canonicalNames(), trouble);
  }

  private static boolean isAnswer(Reason reason) {
    return reason == Reason.NXDOMAIN || reason == Reason.NODATA;
  }
}
