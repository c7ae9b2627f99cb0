package parallax.probe.audit.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import parallax.probe.audit.facts.DomainFacts.Lock;
import parallax.probe.audit.facts.Subject;
import parallax.probe.audit.facts.Voice;
import parallax.probe.audit.facts.World;

/** What holds of every world, in many small ones of few addresses, systems and names. */
final class AuditPropertyTest {
  private static final int WORLDS = 2_000;
  private static final long SEED = 4_007;

  private final Random random = new Random(SEED);

  private int any(int bound) {
    return random.nextInt(bound);
  }

  private String host() {
    return "h" + any(4) + ".d" + any(3) + (any(2) == 0 ? ".com" : ".org");
  }

  private String place() {
    return "192.0." + any(2) + "." + any(3) + "/" + any(3);
  }

  private World world() {
    Worlds worlds = new Worlds();
    List<String> names = new ArrayList<>();
    int targets = 1 + any(5);
    for (int index = 0; index < targets; index++) {
      String host = host();
      if (!names.contains(host)) {
        names.add(host);
        if (any(2) == 0) {
          worlds.target(host, place());
        } else {
          worlds.certified(host, "CA" + any(2), Worlds.NOW.plus(Duration.ofDays(any(60) - 5)));
        }
      }
    }
    for (String host : names) {
      String domain = Worlds.domainOf(host).orElseThrow();
      worlds.zone(
          domain, "ns1.p" + any(2) + ".net " + place(), "ns2.p" + any(2) + ".org " + place());
      worlds.domain(domain, "R" + any(2), Lock.LOCKED, Worlds.NOW.plus(Duration.ofDays(90)));
    }
    for (int index = any(3); index > 0; index--) {
      String host = "v" + index + "." + host();
      worlds
          .host(host, place())
          .voice(
              index == 1 ? Voice.Kind.STATUS_PAGE : Voice.Kind.RECEIVER,
              host,
              List.of(host),
              names.toArray(String[]::new));
    }
    return worlds.world();
  }

  private static World with(World world, List<Subject> subjects) {
    Set<String> left = subjects.stream().map(Subject::name).collect(Collectors.toSet());
    List<Voice> voices =
        world.voices().stream()
            .map(
                voice -> {
                  TreeSet<String> about = new TreeSet<>(voice.about());
                  about.retainAll(left);
                  return new Voice(voice.kind(), voice.name(), voice.parts(), about);
                })
            .toList();
    return new World(
        subjects,
        voices,
        world.hosts(),
        world.zones(),
        world.domains(),
        world.certificates(),
        world.untold());
  }

  @Test
  void theOrderOfTargetsAndVoicesDoesNotMatter() {
    for (int round = 0; round < WORLDS; round++) {
      World world = world();
      List<Subject> subjects = new ArrayList<>(world.subjects());
      List<Voice> voices = new ArrayList<>(world.voices());
      Collections.shuffle(subjects, random);
      Collections.shuffle(voices, random);
      World shuffled =
          new World(
              subjects,
              voices,
              world.hosts(),
              world.zones(),
              world.domains(),
              world.certificates(),
              world.untold());
      assertThat(AuditJudge.judge(shuffled, Worlds.NOW))
          .isEqualTo(AuditJudge.judge(world, Worlds.NOW));
    }
  }

  @Test
  void removingATargetNeverAddsAFindingForOthers() {
    for (int round = 0; round < WORLDS; round++) {
      World world = world();
      List<Concern> before = AuditJudge.judge(world, Worlds.NOW).concerns();
      List<Subject> fewer = new ArrayList<>(world.subjects());
      fewer.remove(any(fewer.size()));
      for (Concern concern : AuditJudge.judge(with(world, fewer), Worlds.NOW).concerns()) {
        assertThat(before)
            .as("of %s", concern)
            .anyMatch(
                known ->
                    known.kind() == concern.kind()
                        && known.subjects().containsAll(concern.subjects())
                        && known.severity().reaches(concern.severity()));
      }
    }
  }

  @Test
  void everyFindingNamesWhoIsLost() {
    for (int round = 0; round < WORLDS; round++) {
      assertThat(AuditJudge.judge(world(), Worlds.NOW).concerns())
          .allSatisfy(
              concern -> {
                assertThat(concern.subjects()).isNotEmpty();
                assertThat(concern.evidence()).isNotEmpty();
                assertThat(concern.remedy()).isNotBlank();
              });
    }
  }
}
