package parallax.probe.dns.zone;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;
import parallax.config.check.ZoneSpec.SignatureExpiry;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.dns.dnssec.Cause;
import parallax.probe.dns.dnssec.Judgement;
import parallax.probe.dns.dnssec.Verdict;
import parallax.probe.dns.dnssec.material.Chain;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.dns.dnssec.material.SignedSet;

/**
 * What the judgements of a zone's signatures mean for its target. A broken link is the delegation's
 * where the zone above is wrong about the zone's keys, else the name servers'. Pure.
 *
 * @param zone the target's
 * @param verdicts by what was asked, in order
 * @param firstEnd of the zone's own signatures that hold, when the first one ends
 * @param told how long before its end that is told of; empty: as is usual
 */
public record Signatures(
    Name zone, List<Asked> verdicts, Optional<Ending> firstEnd, Optional<SignatureExpiry> told) {
  /** Signatures that end within this are told of. */
  static final Duration SOON = Duration.ofDays(3);

  /**
   * But never while more than this part of their time is left: who signs on the fly does so for a
   * day or two.
   */
  static final int SHORT_LIVED_PART = 8;

  /** What was asked, and the judgement on it. */
  public record Asked(Name name, int type, Judgement judgement) {}

  /** How long the signature of a set counts. */
  public record Ending(Name name, int type, Instant from, Instant until) {
    /** Whether it ends sooner than whoever signs in time lets it come. */
    public boolean isSoon(Instant now) {
      Duration part = Duration.between(from, until).dividedBy(SHORT_LIVED_PART);
      Duration bound = part.compareTo(SOON) < 0 ? part : SOON;
      return isWithin(bound, now);
    }

    boolean isWithin(Duration time, Instant now) {
      return !until.minus(time).isAfter(now);
    }

    String words() {
      return name + " " + Type.string(type) + " until " + until;
    }
  }

  public Signatures {
    verdicts = List.copyOf(verdicts);
  }

  /** Of a zone whose signatures were not judged. */
  static Signatures untold(Name zone) {
    return new Signatures(zone, List.of(), Optional.empty(), Optional.empty());
  }

  /** Of judged chains of one zone. */
  static Signatures of(Name zone, List<Chain> chains, List<Judgement> judgements) {
    List<Asked> verdicts = new ArrayList<>();
    Optional<Ending> first = Optional.empty();
    for (int index = 0; index < chains.size(); index++) {
      Chain chain = chains.get(index);
      Judgement judgement = judgements.get(index);
      verdicts.add(new Asked(chain.name(), chain.type(), judgement));
      if (judgement.verdict() instanceof Verdict.Secure) {
        first =
            Stream.concat(first.stream(), endings(chain)).min(Comparator.comparing(Ending::until));
      }
    }
    return new Signatures(zone, verdicts, first, Optional.empty());
  }

  /** The same, with its end told of as {@code when} says. */
  Signatures told(Optional<SignatureExpiry> when) {
    return new Signatures(zone, verdicts, firstEnd, when);
  }

  /** For each of the zone's own sets its longest signature. */
  private static Stream<Ending> endings(Chain chain) {
    return Stream.concat(chain.zones().getLast().keys().stream(), chain.answers().stream())
        .map(Reply::answer)
        .flatMap(List::stream)
        .filter(set -> set.name().subdomain(chain.zones().getLast().zone()))
        .flatMap(set -> longest(set).stream());
  }

  private static Optional<Ending> longest(SignedSet set) {
    return set.signatures().stream()
        .max(Comparator.comparing(RRSIGRecord::getExpire))
        .map(
            signature ->
                new Ending(
                    set.name(), set.type(), signature.getTimeSigned(), signature.getExpire()));
  }

  /** What is not as it should be, as far as {@code layer} speaks about it. */
  List<Outcome> findings(Layer layer, Instant now) {
    Set<Outcome> findings = new LinkedHashSet<>();
    for (Asked asked : verdicts) {
      boolean bogus = asked.judgement().verdict() instanceof Verdict.Bogus;
      Stream<Verdict.Bogus> broken =
          asked.judgement().verdict() instanceof Verdict.Bogus verdict
              ? Stream.of(verdict)
              : asked.judgement().faults().stream();
      broken
          .filter(fault -> layerOf(fault) == layer)
          .forEach(fault -> findings.add(finding(fault, bogus)));
    }
    if (layer == Layer.DNS_AUTH) {
      firstEnd.flatMap(ending -> ending(ending, now)).ifPresent(findings::add);
    }
    return List.copyOf(findings);
  }

  private Optional<Outcome> ending(Ending ending, Instant now) {
    Reason reason = Reason.NAME_SERVERS_SIGNATURE_EXPIRES_SOON;
    if (told.filter(limits -> ending.isWithin(limits.fail(), now)).isPresent()) {
      return Optional.of(Outcome.down(reason, ending.words()));
    }
    boolean soon =
        told.map(limits -> ending.isWithin(limits.warn(), now)).orElseGet(() -> ending.isSoon(now));
    return soon ? Optional.of(Outcome.degraded(reason, ending.words())) : Optional.empty();
  }

  private Layer layerOf(Verdict.Bogus fault) {
    boolean keys =
        fault.place().type() == Type.DNSKEY
            && (fault.cause() == Cause.DS_NO_MATCH || fault.cause() == Cause.DNSKEY_MISSING);
    boolean above = !fault.place().zone().equals(zone);
    return above || keys || fault.cause() == Cause.UNSIGNED_BUT_EXPECTED
        ? Layer.DELEGATION
        : Layer.DNS_AUTH;
  }

  private Outcome finding(Verdict.Bogus fault, boolean everywhere) {
    String detail = words(fault);
    if (everywhere && fault.place().zone().equals(Name.root)) {
      // The root is everybody's: when it does not hold, it is the clock here, or the anchor.
      return Outcome.inconclusive(
          isOfTime(fault.cause()) ? Reason.PROBE_CLOCK_OFF : Reason.PROBE_NOT_CONFIGURED, detail);
    }
    Reason reason =
        layerOf(fault) == Layer.DELEGATION ? Reason.DELEGATION_BOGUS : Reason.NAME_SERVERS_BOGUS;
    return everywhere ? Outcome.down(reason, detail) : Outcome.degraded(reason, detail);
  }

  private static boolean isOfTime(Cause cause) {
    return cause == Cause.SIG_EXPIRED || cause == Cause.SIG_NOT_YET_VALID;
  }

  /** {@code SIG_EXPIRED example.com. SOA at 2026-01-01T00:00:00Z, from ns1.example.com.}. */
  static String words(Verdict.Bogus fault) {
    return "%s %s %s %s%s"
        .formatted(
            fault.cause(),
            fault.place().name(),
            Type.string(fault.place().type()),
            fault.detail(),
            fault.place().server().map(server -> ", from " + server).orElse(""));
  }
}
