package parallax.probe.audit.gather;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.probe.audit.facts.Origin;
import parallax.probe.audit.facts.Place;
import parallax.probe.audit.facts.ZoneFacts;
import parallax.probe.audit.facts.ZoneFacts.Server;
import parallax.probe.audit.facts.ZoneFacts.SignatureEnd;
import parallax.probe.audit.facts.ZoneFacts.Stand;
import parallax.probe.audit.gather.NameLookups.Answers;
import parallax.probe.dns.Presentation;
import parallax.probe.dns.authority.SerialHistory;
import parallax.probe.dns.delegation.Delegation;
import parallax.probe.dns.delegation.ServerReasons;
import parallax.probe.dns.delegation.Step;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.zone.NameServersLook;

/** Reads what a look at a zone tells an audit. Pure. */
final class ZoneReader {
  private static final Origin NOT_ASKED = new Origin.Unknown("not asked");

  private ZoneReader() {}

  /** The names of the servers that the zone above names. */
  static SortedSet<String> servers(NameServersLook look) {
    SortedSet<String> names = new TreeSet<>();
    look.walk()
        .delegation()
        .map(Delegation::servers)
        .ifPresent(servers -> servers.forEach(name -> names.add(Presentation.canonicalName(name))));
    return names;
  }

  /** Why the zone is not as it should be, beyond what an audit is about. */
  static Optional<String> trouble(NameServersLook look, Instant now) {
    Outcome outcome = look.judgement(SerialHistory.NONE.with(look.serials(), now)).outcome();
    return switch (outcome) {
      case Outcome.Up _, Outcome.Degraded _ -> Optional.empty();
      case Outcome.Down(Finding why) -> Optional.of(why.words());
      case Outcome.Inconclusive(Finding why) -> Optional.of(why.words());
    };
  }

  /**
   * The facts.
   *
   * @param told what a resolver says of the servers' names: the walk itself only looks for
   *     addresses that it can reach
   */
  static ZoneFacts facts(
      String zone, NameServersLook look, Map<String, Answers> told, ServerProviders providers) {
    List<Server> servers = new ArrayList<>();
    for (String name : servers(look)) {
      Optional<Answers> answers = Optional.ofNullable(told.get(name));
      Map<InetAddress, Optional<Boolean>> stands = new LinkedHashMap<>();
      look.walk().own().map(Step::visits).orElse(List.of()).stream()
          .filter(visit -> isOf(name, visit.server().host()))
          .forEach(visit -> stands.put(visit.server().address(), answers(visit)));
      answers
          .map(Answers::addresses)
          .orElse(List.of())
          .forEach(address -> stands.putIfAbsent(address, Optional.empty()));
      servers.add(
          new Server(
              name,
              providers.of(name),
              stands.entrySet().stream()
                  .map(each -> new Stand(new Place(each.getKey(), NOT_ASKED), each.getValue()))
                  .toList(),
              answers.filter(each -> each.trouble().isEmpty()).isPresent()));
    }
    Optional<SignatureEnd> end =
        look.signatures()
            .firstEnd()
            .map(
                first ->
                    new SignatureEnd(
                        Presentation.canonicalName(first.name()) + " " + Type.string(first.type()),
                        first.until(),
                        first.isSoon(look.at())));
    return new ZoneFacts(zone, servers, end);
  }

  /** Who runs a name server, as its name says. */
  interface ServerProviders {
    String of(String name);
  }

  private static boolean isOf(String name, Name host) {
    return Presentation.canonicalName(host).equals(name);
  }

  private static Optional<Boolean> answers(Visit visit) {
    return ServerReasons.isUntold(visit.said())
        ? Optional.empty()
        : Optional.of(visit.said().serves());
  }
}
