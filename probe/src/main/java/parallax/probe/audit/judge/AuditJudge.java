package parallax.probe.audit.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.probe.audit.facts.CertificateFacts;
import parallax.probe.audit.facts.DomainFacts;
import parallax.probe.audit.facts.Subject;
import parallax.probe.audit.facts.World;
import parallax.probe.audit.facts.ZoneFacts;
import parallax.probe.audit.judge.Concern.Kind;

/** Judges a world. Pure: the same facts give the same judgement, in whatever order they come. */
public final class AuditJudge {
  private final World world;
  private final Instant now;
  private final List<Concern> concerns = new ArrayList<>();
  private final List<Ending> calendar = new ArrayList<>();

  /**
   * What comes of an audit.
   *
   * @param concerns the worst first
   * @param calendar what ends, the first first
   */
  public record Judgement(List<Concern> concerns, List<Ending> calendar) {
    public Judgement {
      concerns = concerns.stream().sorted().toList();
      calendar = calendar.stream().sorted().toList();
    }

    /** Whether something is as bad as {@code bound}, or worse. */
    public boolean reaches(Severity bound) {
      return concerns.stream().anyMatch(concern -> concern.severity().reaches(bound));
    }
  }

  private AuditJudge(World world, Instant now) {
    this.world = world;
    this.now = now;
  }

  /** Judges {@code world} as it is at {@code now}. */
  public static Judgement judge(World world, Instant now) {
    AuditJudge judge = new AuditJudge(world, now);
    judge.zonesAndDomains();
    judge.certificates();
    judge.concerns.addAll(GroupConcerns.of(world));
    judge.concerns.addAll(VoiceConcerns.of(world));
    return new Judgement(judge.concerns, judge.calendar);
  }

  private void zonesAndDomains() {
    SortedMap<String, SortedSet<String>> byDomain = new TreeMap<>();
    for (Subject subject : world.subjects()) {
      world
          .domainOf(subject)
          .ifPresent(
              domain -> byDomain.computeIfAbsent(domain, _ -> new TreeSet<>()).add(subject.name()));
    }
    byDomain.forEach(
        (domain, subjects) -> {
          world.zone(domain).ifPresent(zone -> zone(zone, subjects));
          world.domain(domain).ifPresent(facts -> domain(facts, subjects));
        });
  }

  private void zone(ZoneFacts zone, SortedSet<String> subjects) {
    concerns.addAll(ZoneConcerns.of(zone, subjects));
    zone.firstEnd()
        .ifPresent(
            end -> {
              Ending ending = new Ending(end.at(), Ending.Kind.SIGNATURE, end.what(), subjects);
              calendar.add(ending);
              boolean over = !end.at().isAfter(now);
              if (over || end.soon()) {
                concern(
                    over ? Severity.CRITICAL : Severity.WARNING,
                    Kind.SIGNATURE_ENDS,
                    "the signature of " + end.what(),
                    ending,
                    "sign the zone again, and find out why that did not happen by itself");
              }
            });
  }

  private void domain(DomainFacts domain, SortedSet<String> subjects) {
    domain
        .expiry()
        .ifPresent(
            at ->
                ends(
                    new Ending(at, Ending.Kind.REGISTRATION, domain.domain(), subjects),
                    domain.warn(),
                    domain.fail(),
                    "renew it, and for several years"));
    if (domain.lock() == DomainFacts.Lock.OPEN) {
      concerns.add(
          new Concern(
              Severity.WARNING,
              Kind.DOMAIN_WITHOUT_LOCK,
              domain.domain() + " can be moved away: it has no lock",
              subjects,
              domain.registrar().map(name -> List.of("registrar " + name)).orElse(List.of()),
              "have the registrar set clientTransferProhibited, or the registry lock it"));
    }
  }

  private void certificates() {
    Map<String, SortedSet<String>> byServer = new TreeMap<>();
    for (Subject subject : world.subjects()) {
      subject
          .certificate()
          .ifPresent(
              server -> byServer.computeIfAbsent(server, _ -> new TreeSet<>()).add(subject.name()));
    }
    byServer.forEach(
        (server, subjects) ->
            world.certificate(server).ifPresent(facts -> certificate(facts, subjects)));
  }

  private void certificate(CertificateFacts certificate, SortedSet<String> subjects) {
    certificate
        .expiry()
        .ifPresent(
            at ->
                ends(
                    new Ending(at, Ending.Kind.CERTIFICATE, certificate.server(), subjects),
                    certificate.warn(),
                    certificate.fail(),
                    "renew it, and have that done by a program"));
  }

  private void ends(Ending ending, Duration warn, Duration fail, String remedy) {
    calendar.add(ending);
    if (!ending.at().minus(warn).isAfter(now)) {
      boolean late = !ending.at().minus(fail).isAfter(now);
      boolean certificate = ending.kind() == Ending.Kind.CERTIFICATE;
      concern(
          late ? Severity.CRITICAL : Severity.WARNING,
          certificate ? Kind.CERTIFICATE_ENDS : Kind.REGISTRATION_ENDS,
          (certificate ? "the certificate of " : "the registration of ") + ending.what(),
          ending,
          remedy);
    }
  }

  private void concern(Severity severity, Kind kind, String what, Ending ending, String remedy) {
    boolean over = !ending.at().isAfter(now);
    long days = Duration.between(now, ending.at()).abs().toDays();
    String when = over ? " ended " + words(days) + " ago" : " ends in " + words(days);
    concerns.add(
        new Concern(
            severity,
            kind,
            what + when,
            ending.subjects(),
            List.of((over ? "until " : "holds until ") + ending.at()),
            remedy));
  }

  private static String words(long days) {
    return days == 0 ? "less than a day" : days + (days == 1 ? " day" : " days");
  }
}
