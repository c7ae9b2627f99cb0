package parallax.probe.dns.authority;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.dns.Presentation;
import parallax.probe.dns.delegation.Judgement;
import parallax.probe.dns.delegation.Said;
import parallax.probe.dns.delegation.ServerReasons;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.net.AddressText;

/**
 * Judges what the servers of a zone said. Each way of failing is a reason of its own: down when all
 * servers fail so, degraded when some do. Pure.
 */
public final class AuthorityJudge {
  /** Details name at most this many servers. */
  static final int MAX_NAMED = 4;

  private final ZoneEvidence evidence;
  private final AuthoritySpec spec;
  private final List<Outcome> findings = new ArrayList<>();

  private AuthorityJudge(ZoneEvidence evidence, AuthoritySpec spec) {
    this.evidence = evidence;
    this.spec = spec;
  }

  /**
   * Judges one round.
   *
   * @param history of serials, this round's included: see {@link SerialHistory#with}
   * @param now when the round was made
   */
  public static Judgement judge(
      ZoneEvidence evidence, AuthoritySpec spec, SerialHistory history, Instant now) {
    AuthorityJudge judge = new AuthorityJudge(evidence, spec);
    List<ServerEvidence> told =
        evidence.servers().stream()
            .filter(server -> !ServerReasons.isUntold(server.soa().said()))
            .toList();
    if (told.isEmpty()) {
      judge.untold();
    } else {
      judge.serving(told);
      List<ServerEvidence> serving =
          told.stream().filter(server -> server.version().isPresent()).toList();
      judge.targets(serving);
      judge.transports(serving);
      judge.serials(serving, history, now);
      judge.names(serving);
      judge.addresses(serving);
    }
    return new Judgement(judge.findings);
  }

  private void untold() {
    evidence.servers().stream()
        .flatMap(server -> ServerReasons.of(server.soa().said()).stream())
        .sorted()
        .findFirst()
        .ifPresent(
            reason ->
                findings.add(
                    Judgement.failure(
                        reason,
                        named(evidence.servers().stream().map(ServerEvidence::soa).toList()))));
  }

  // Whether they serve the zone at all.

  private void serving(List<ServerEvidence> told) {
    Tally tally = new Tally();
    for (ServerEvidence server : told) {
      notServing(server).ifPresent(reason -> tally.add(reason, server.soa().toString()));
    }
    if (!tally.isEmpty() && tally.count() < told.size()) {
      findings.add(
          Outcome.degraded(
              Reason.NAME_SERVERS_PARTIAL, tally.count() + " of " + told.size() + " servers"));
    }
    findings.addAll(tally.outcomes(told.size()));
  }

  private static Optional<Reason> notServing(ServerEvidence server) {
    boolean overTcp =
        server.tcp().map(Visit::said).filter(Said.Answered.class::isInstance).isPresent();
    return switch (server.soa().said()) {
      case Said.Answered _ -> Optional.empty();
      case Said.NoSuchName _ -> Optional.of(Reason.NAME_SERVERS_NXDOMAIN);
      case Said.NoSuchRecord _ -> Optional.of(Reason.NAME_SERVERS_NODATA);
      case Said.Looping _ -> Optional.of(Reason.NAME_SERVERS_CNAME_LOOP);
      case Said.Referred _ -> Optional.of(Reason.NAME_SERVERS_NOT_AUTHORITATIVE);
      case Said.Silent silent when isTimeout(silent) && overTcp ->
          Optional.of(Reason.NAME_SERVERS_UDP_TIMEOUT);
      case Said.Silent _, Said.Lame _, Said.NotAsked _ -> ServerReasons.of(server.soa().said());
    };
  }

  private static boolean isTimeout(Said.Silent silent) {
    return ServerReasons.of(silent).equals(Optional.of(Reason.NAME_SERVERS_TIMEOUT));
  }

  // What they answer.

  private void targets(List<ServerEvidence> serving) {
    for (int index = 0; index < spec.targets().size(); index++) {
      AuthoritySpec.Target target = spec.targets().get(index);
      int at = index;
      List<Visit> visits =
          serving.stream()
              .filter(server -> server.targets().size() > at)
              .map(server -> server.targets().get(at))
              .filter(visit -> !ServerReasons.isUntold(visit.said()))
              .toList();
      Tally tally = new Tally();
      for (Visit visit : visits) {
        wrong(target, visit, tally);
      }
      findings.addAll(tally.outcomes(visits.size()));
    }
  }

  private static void wrong(AuthoritySpec.Target target, Visit visit, Tally tally) {
    switch (visit.said()) {
      case Said.Answered answered ->
          target
              .approved()
              .objection(answered)
              .ifPresent(
                  what ->
                      tally.add(
                          Reason.NAME_SERVERS_WRONG_ANSWER,
                          target.question() + " at " + visit.server() + ": " + what));
      case Said.NoSuchName _ -> tally.add(Reason.NAME_SERVERS_NXDOMAIN, where(target, visit));
      case Said.NoSuchRecord _ -> tally.add(Reason.NAME_SERVERS_NODATA, where(target, visit));
      case Said.Looping _ -> tally.add(Reason.NAME_SERVERS_CNAME_LOOP, where(target, visit));
      // Delegated further down: not for these servers to say.
      case Said.Referred _ -> {}
      case Said.Lame _, Said.Silent _, Said.NotAsked _ ->
          ServerReasons.of(visit.said())
              .ifPresent(reason -> tally.add(reason, where(target, visit)));
    }
  }

  private static String where(AuthoritySpec.Target target, Visit visit) {
    return target.question() + " at " + visit;
  }

  // How they can be reached.

  /** DNS mostly works without TCP and without EDNS, until an answer grows: never down by itself. */
  private void transports(List<ServerEvidence> serving) {
    Tally tally = new Tally();
    for (ServerEvidence server : serving) {
      Optional<Visit> tcp = server.tcp().filter(visit -> !ServerReasons.isUntold(visit.said()));
      tcp.flatMap(visit -> ServerReasons.of(visit.said()))
          .ifPresent(reason -> tally.add(reason, "TCP: " + server.tcp().orElseThrow()));
      if (server.soa().path().ednsRefused()) {
        tally.add(Reason.NAME_SERVERS_NO_EDNS, server.server().toString());
      }
    }
    findings.addAll(tally.degraded());
  }

  // Whether they agree with each other and with the parent.

  private void serials(List<ServerEvidence> serving, SerialHistory history, Instant now) {
    if (spec.lag().isEmpty()) {
      return;
    }
    Optional<Long> newest = Serials.newest(evidence.serials());
    Tally tally = new Tally();
    for (ServerEvidence server : serving) {
      SOARecord version = server.version().orElseThrow();
      Duration behind = history.behind(version.getSerial(), now);
      boolean isOld = newest.isPresent() && Serials.isNewer(newest.get(), version.getSerial());
      if (isOld && behind.compareTo(bound(spec.lag().get(), version)) >= 0) {
        tally.add(
            Reason.NAME_SERVERS_SERIAL_LAG,
            "%s has %d, not %d, since %d s"
                .formatted(server.server(), version.getSerial(), newest.get(), behind.toSeconds()));
      }
    }
    findings.addAll(tally.degraded());
  }

  private static Duration bound(AuthoritySpec.Lag lag, SOARecord version) {
    return switch (lag) {
      case AuthoritySpec.Lag.Of(Duration bound) -> bound;
      case AuthoritySpec.Lag.OfRefresh() -> Duration.ofSeconds(version.getRefresh());
    };
  }

  private void names(List<ServerEvidence> serving) {
    SortedSet<Name> parent = evidence.delegation().servers();
    Tally tally = new Tally();
    for (ServerEvidence server : serving) {
      if (server.ns().map(Visit::said).orElse(server.soa().said()) instanceof Said.Answered own) {
        SortedSet<Name> names = names(own);
        if (!names.isEmpty() && !names.equals(parent)) {
          tally.add(
              Reason.DELEGATION_NS_MISMATCH,
              server.server().host() + " names " + names + ", the parent " + parent);
        }
      }
    }
    findings.addAll(tally.degraded());
  }

  private static SortedSet<Name> names(Said.Answered answered) {
    return answered.records().stream()
        .filter(NSRecord.class::isInstance)
        .map(record -> ((NSRecord) record).getTarget())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Glue that the zone itself does not have is an address that was given up. */
  private void addresses(List<ServerEvidence> serving) {
    SortedMap<Name, List<InetAddress>> own = new TreeMap<>();
    for (ServerEvidence server : serving) {
      if (server.host().map(Visit::said).orElse(server.soa().said())
          instanceof Said.Answered answered) {
        answered.records().stream()
            .flatMap(record -> Presentation.address(record).stream())
            .forEach(
                address ->
                    own.computeIfAbsent(server.server().host(), _ -> new ArrayList<>())
                        .add(address));
      }
    }
    Tally tally = new Tally();
    own.forEach(
        (host, addresses) -> {
          List<InetAddress> glue = evidence.delegation().glue().getOrDefault(host, List.of());
          for (InetAddress address : glue) {
            boolean asked = addresses.stream().anyMatch(a -> a.getClass() == address.getClass());
            if (asked && !addresses.contains(address)) {
              tally.add(
                  Reason.DELEGATION_GLUE_MISMATCH,
                  host + " is at " + texts(addresses) + ", not at " + AddressText.of(address));
            }
          }
        });
    findings.addAll(tally.degraded());
  }

  private static String texts(List<InetAddress> addresses) {
    return addresses.stream()
        .map(AddressText::of)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String named(List<Visit> visits) {
    return visits.stream().limit(MAX_NAMED).map(Visit::toString).collect(Collectors.joining("; "));
  }

  /** How many servers fail in each way. */
  private static final class Tally {
    private final SortedMap<Reason, List<String>> details = new TreeMap<>();

    void add(Reason reason, String detail) {
      details.computeIfAbsent(reason, _ -> new ArrayList<>()).add(detail);
    }

    boolean isEmpty() {
      return details.isEmpty();
    }

    int count() {
      return details.values().stream().mapToInt(List::size).sum();
    }

    /** Down when together they are all of {@code whole}, else degraded. */
    List<Outcome> outcomes(int whole) {
      boolean all = count() >= whole;
      return outcomes(all);
    }

    List<Outcome> degraded() {
      return outcomes(false);
    }

    private List<Outcome> outcomes(boolean down) {
      List<Outcome> outcomes = new ArrayList<>();
      details.forEach(
          (reason, all) -> {
            String text = all.stream().limit(MAX_NAMED).collect(Collectors.joining("; "));
            outcomes.add(down ? Outcome.down(reason, text) : Outcome.degraded(reason, text));
          });
      return outcomes;
    }
  }
}
