package parallax.probe.audit.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.probe.audit.facts.CertificateFacts;
import parallax.probe.audit.facts.HostFacts;
import parallax.probe.audit.facts.Subject;
import parallax.probe.audit.facts.World;
import parallax.probe.audit.judge.Fate.Kind;

/** What several targets share that are not one and the same host or domain anyway. */
final class GroupConcerns {
  /** Fewer different hosts, or domains, share nothing. */
  static final int LEAST = 2;

  private final World world;
  private final SortedMap<Fate, SortedSet<String>> subjects = new TreeMap<>();
  private final SortedMap<Fate, SortedSet<String>> members = new TreeMap<>();

  private GroupConcerns(World world) {
    this.world = world;
  }

  static List<Concern> of(World world) {
    GroupConcerns groups = new GroupConcerns(world);
    // A status page is judged on its own, by what it speaks about.
    world.subjects().stream().filter(each -> !each.statusPage()).forEach(groups::add);
    return groups.concerns();
  }

  private void add(Subject subject) {
    Optional<HostFacts> host = subject.host().flatMap(world::host);
    host.ifPresent(
        facts -> {
          Fates.ofPlaces(facts).forEach(fate -> add(fate, subject, facts.name()));
          facts
              .domain()
              .ifPresent(
                  domain ->
                      Fates.ofNames(facts, world).stream()
                          .filter(fate -> isShared(fate.kind()))
                          .forEach(fate -> add(fate, subject, domain)));
          subject
              .certificate()
              .flatMap(world::certificate)
              .flatMap(CertificateFacts::issuer)
              .ifPresent(issuer -> add(new Fate(Kind.AUTHORITY, issuer), subject, facts.name()));
        });
  }

  /** Of names only those who give them out for a living; the zone itself is judged on its own. */
  private static boolean isShared(Kind kind) {
    return kind == Kind.NAME_SERVERS || kind == Kind.REGISTRAR;
  }

  private void add(Fate fate, Subject subject, String member) {
    subjects.computeIfAbsent(fate, _ -> new TreeSet<>()).add(subject.name());
    members.computeIfAbsent(fate, _ -> new TreeSet<>()).add(member);
  }

  private List<Concern> concerns() {
    SortedMap<Fate, SortedSet<String>> shared = new TreeMap<>(subjects);
    shared.keySet().removeIf(fate -> membersOf(fate).size() < LEAST);
    List<Concern> concerns = new ArrayList<>();
    Fates.told(shared)
        .forEach(
            (fate, names) ->
                kind(fate.kind())
                    .ifPresent(
                        kind ->
                            concerns.add(
                                new Concern(
                                    severity(fate.kind()),
                                    kind,
                                    names.size() + " targets stand on " + fate.words(),
                                    names,
                                    List.of(String.join(", ", membersOf(fate))),
                                    remedy(fate.kind())))));
    return concerns;
  }

  private SortedSet<String> membersOf(Fate fate) {
    return members.getOrDefault(fate, new TreeSet<>());
  }

  private static Severity severity(Kind kind) {
    return switch (kind) {
      case ADDRESS, PREFIX -> Severity.WARNING;
      case DOMAIN, SYSTEM, PROVIDER, NAME_SERVERS, REGISTRAR, AUTHORITY, TOP_LEVEL ->
          Severity.NOTICE;
    };
  }

  private static Optional<Concern.Kind> kind(Kind kind) {
    return switch (kind) {
      case ADDRESS -> Optional.of(Concern.Kind.TARGETS_ONE_ADDRESS);
      case PREFIX -> Optional.of(Concern.Kind.TARGETS_ONE_PREFIX);
      case SYSTEM -> Optional.of(Concern.Kind.TARGETS_ONE_AS);
      case PROVIDER -> Optional.of(Concern.Kind.TARGETS_ONE_PROVIDER);
      case NAME_SERVERS -> Optional.of(Concern.Kind.TARGETS_ONE_NAME_SERVERS);
      case REGISTRAR -> Optional.of(Concern.Kind.TARGETS_ONE_REGISTRAR);
      case AUTHORITY -> Optional.of(Concern.Kind.TARGETS_ONE_AUTHORITY);
      case DOMAIN, TOP_LEVEL -> Optional.empty();
    };
  }

  private static String remedy(Kind kind) {
    return switch (kind) {
      case ADDRESS -> "give those that must not fail together machines of their own";
      case PREFIX, SYSTEM -> "serve those that must not fail together from another network too";
      case PROVIDER -> "keep a way past this provider ready for those that must not fail together";
      case NAME_SERVERS -> "have a second provider serve these zones too";
      case REGISTRAR -> "know whom to call there at night, and lock the domains";
      case AUTHORITY -> "have a second authority ready to issue";
      case DOMAIN, TOP_LEVEL -> "";
    };
  }
}
