package parallax.probe.bgp.mapping;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.check.DnsSpec;
import parallax.config.check.Naming;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.audit.origin.TextLookup;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.net.Cidr;

/** Asks resolvers by the check of names. */
final class NameAnswers implements TextLookup {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Strings of one TXT record as they are written: {@code "one" "two"}. */
  private static final String BETWEEN_STRINGS = "\" \"";

  private final Check<DnsSpec> names;

  NameAnswers(Check<DnsSpec> names) {
    this.names = names;
  }

  /** The addresses at the end of all aliases; empty when nobody could say, or there are none. */
  Future<List<InetAddress>> addresses(String host, Naming naming, Deadline deadline) {
    List<String> types =
        switch (naming.family()) {
          case ANY -> List.of("A", "AAAA");
          case IPV4 -> List.of("A");
          case IPV6 -> List.of("AAAA");
        };
    return ask(host, types, naming, deadline).map(NameAnswers::addresses);
  }

  /** The addresses among the answers of a check of names. */
  static List<InetAddress> addresses(CheckResult result) {
    return result.facts().answers().stream()
        .map(Cidr::literal)
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  @Override
  public Future<Texts> of(String name, Deadline deadline) {
    return ask(name, List.of("TXT"), Naming.SYSTEM, deadline).map(NameAnswers::texts);
  }

  private static Texts texts(CheckResult result) {
    List<String> found = result.facts().answers().stream().map(NameAnswers::joined).toList();
    if (!found.isEmpty()) {
      return new Texts.Found(found);
    }
    return result
        .outcome()
        .why()
        .filter(why -> why.reason() != Reason.NXDOMAIN && why.reason() != Reason.NODATA)
        .<Texts>map(why -> new Texts.Failed(why.words()))
        .orElseGet(Texts.None::new);
  }

  private static String joined(String written) {
    boolean quoted = written.length() >= 2 && written.startsWith("\"") && written.endsWith("\"");
    return quoted
        ? written.substring(1, written.length() - 1).replace(BETWEEN_STRINGS, "")
        : written;
  }

  private Future<CheckResult> ask(
      String name, List<String> types, Naming naming, Deadline deadline) {
    DnsSpec spec = new DnsSpec(Optional.empty(), name, types, new TreeMap<>(), naming, PATIENCE);
    return names.run(spec, deadline.part(PATIENCE));
  }

  /** Whether a check of names heard an answer at all. */
  static boolean isAnswered(CheckResult result) {
    return result.outcome() instanceof Outcome.Up || !result.facts().answers().isEmpty();
  }
}
