package parallax.probe.audit.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.probe.audit.facts.HostFacts;
import parallax.probe.audit.facts.Subject;
import parallax.probe.audit.facts.Voice;
import parallax.probe.audit.facts.World;
import parallax.probe.audit.judge.Fate.Kind;

/** Ways by which people hear of an outage, and what they share with what they speak about. */
final class VoiceConcerns {
  private final World world;
  private final SortedMap<String, SortedSet<Fate>> ofSubjects = new TreeMap<>();
  private final SortedMap<String, SortedSet<Fate>> ofHosts = new TreeMap<>();

  private VoiceConcerns(World world) {
    this.world = world;
    for (Subject subject : world.subjects()) {
      ofSubjects.put(subject.name(), subject.host().map(this::fates).orElse(new TreeSet<>()));
    }
  }

  static List<Concern> of(World world) {
    VoiceConcerns judge = new VoiceConcerns(world);
    return world.voices().stream().flatMap(voice -> judge.of(voice).stream()).toList();
  }

  private Optional<Concern> of(Voice voice) {
    SortedMap<Fate, SortedSet<String>> shared = new TreeMap<>();
    for (String subject : voice.about()) {
      for (Fate fate : shared(voice, subject)) {
        shared.computeIfAbsent(fate, _ -> new TreeSet<>()).add(subject);
      }
    }
    if (shared.isEmpty()) {
      return Optional.empty();
    }
    SortedSet<String> subjects = new TreeSet<>();
    List<String> evidence = new ArrayList<>();
    Severity worst = Severity.NOTICE;
    for (var each : Fates.told(shared).entrySet()) {
      subjects.addAll(each.getValue());
      evidence.add(
          each.getKey().words()
              + ": "
              + String.join(", ", through(voice, each.getKey()))
              + " and "
              + String.join(", ", each.getValue()));
      for (String subject : each.getValue()) {
        worst = worst.or(severity(voice, subject, each.getKey().kind()));
      }
    }
    String what =
        "%s %s shares the fate of what it speaks about"
            .formatted(voice.kind().words(), voice.name());
    return Optional.of(
        new Concern(worst, kind(voice.kind()), what, subjects, evidence, remedy(voice.kind())));
  }

  private Severity severity(Voice voice, String subject, Kind kind) {
    Severity severity = severity(kind);
    return voice.kind() != Voice.Kind.STATUS_PAGE && isHeardOtherwise(voice, subject)
        ? severity.less()
        : severity;
  }

  /** Whether another receiver tells of {@code subject} that does not fall with it. */
  private boolean isHeardOtherwise(Voice voice, String subject) {
    return world.voices().stream()
        .filter(other -> other.kind() != Voice.Kind.STATUS_PAGE)
        .filter(other -> !other.equals(voice) && other.about().contains(subject))
        .anyMatch(
            other ->
                shared(other, subject).stream()
                    .noneMatch(fate -> severity(fate.kind()).reaches(Severity.WARNING)));
  }

  private SortedSet<Fate> shared(Voice voice, String subject) {
    SortedSet<Fate> shared = new TreeSet<>();
    voice.parts().forEach(part -> shared.addAll(fates(part)));
    shared.retainAll(ofSubjects.getOrDefault(subject, new TreeSet<>()));
    return shared;
  }

  /** The hosts of {@code voice} that stand on {@code fate}. */
  private SortedSet<String> through(Voice voice, Fate fate) {
    SortedSet<String> hosts = new TreeSet<>();
    voice.parts().stream()
        .filter(part -> fates(part).contains(fate))
        .forEach(part -> hosts.addAll(part));
    return hosts;
  }

  /** What all of {@code part} stand on: where one is enough, only that takes them all. */
  private SortedSet<Fate> fates(SortedSet<String> part) {
    SortedSet<Fate> all = new TreeSet<>();
    boolean first = true;
    for (String host : part) {
      SortedSet<Fate> of = fates(host);
      if (first) {
        all.addAll(of);
      } else {
        all.retainAll(of);
      }
      first = false;
    }
    return all;
  }

  private SortedSet<Fate> fates(String host) {
    return ofHosts.computeIfAbsent(
        host, name -> world.host(name).map(this::fates).orElseGet(TreeSet::new));
  }

  private SortedSet<Fate> fates(HostFacts facts) {
    return Fates.of(facts, world);
  }

  private static Severity severity(Kind kind) {
    return switch (kind) {
      case ADDRESS, PREFIX, DOMAIN -> Severity.CRITICAL;
      case SYSTEM, PROVIDER, NAME_SERVERS -> Severity.WARNING;
      case REGISTRAR, AUTHORITY, TOP_LEVEL -> Severity.NOTICE;
    };
  }

  private static Concern.Kind kind(Voice.Kind kind) {
    return switch (kind) {
      case STATUS_PAGE -> Concern.Kind.STATUS_PAGE_SAME_FATE;
      case MAIL -> Concern.Kind.MAIL_SAME_FATE;
      case RECEIVER -> Concern.Kind.RECEIVER_SAME_FATE;
    };
  }

  private static String remedy(Voice.Kind kind) {
    return switch (kind) {
      case STATUS_PAGE ->
          "host it elsewhere under a domain of its own, with other name servers and registrar";
      case MAIL -> "add a receiver that needs neither these names nor these networks";
      case RECEIVER -> "add a receiver elsewhere, or move this one";
    };
  }
}
