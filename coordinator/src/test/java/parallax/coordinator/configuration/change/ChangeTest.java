package parallax.coordinator.configuration.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.Configuration;
import parallax.config.target.Target;
import parallax.coordinator.configuration.change.Candidate.Descent;

final class ChangeTest {
  private static final int ROUNDS = 300;

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj("t%04d"::formatted).toList();
  }

  private static Configuration targets(int from, int to) {
    return Configurations.of(Configurations.yaml(names(from, to)));
  }

  private static Change change(String before, String after) {
    return Change.between(Configurations.of(before), Configurations.of(after));
  }

  @Test
  void whatComesGoesAndChangesIsTold() {
    Change change =
        change(
            """
            targets:
              - {name: a, url: "tcp://a.example.net:1", interval: 30s, labels: {team: web}}
              - {name: b, url: "tcp://b.example.net:1"}
              - {name: same, url: "tcp://same.example.net:1"}
            """,
            """
            targets:
              - {name: a, url: "tcp://a.example.net:2", interval: 1m, labels: {team: db, tier: x}}
              - {name: c, url: "tcp://c.example.net:1"}
              - {name: same, url: "tcp://same.example.net:1"}
            """);
    assertThat(change.removed()).extracting(target -> target.name().value()).containsExactly("b");
    assertThat(change.added()).extracting(target -> target.name().value()).containsExactly("c");
    assertThat(change.changed())
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.fields())
                    .extracting(FieldChange::toString)
                    .contains(
                        "url: tcp://a.example.net:1 -> tcp://a.example.net:2",
                        "labels.team: web -> db",
                        "labels.tier: nothing -> x",
                        "interval: 30s -> 1m"));
  }

  @Test
  void anotherNameForTheSameUrlIsARenameAndNoRemoval() {
    Change change =
        change(
            "targets: [{name: a, url: \"tcp://a.example.net:1\"}]",
            "targets: [{name: z, url: \"tcp://a.example.net:1\"}]");
    assertThat(change.removed()).isEmpty();
    assertThat(change.added()).isEmpty();
    assertThat(change.changed())
        .singleElement()
        .satisfies(one -> assertThat(one.isRename()).isTrue())
        .satisfies(one -> assertThat(one.fields().getFirst()).hasToString("name: a -> z"));
  }

  @Test
  void aTargetOfOneUrlIsTakenForOneRenameOnly() {
    Change change =
        change(
            """
            targets:
              - {name: a, url: "tcp://a.example.net:1"}
              - {name: b, url: "tcp://a.example.net:1"}
            """,
            "targets: [{name: z, url: \"tcp://a.example.net:1\"}]");
    assertThat(change.changed()).hasSize(1);
    assertThat(change.removed()).extracting(target -> target.name().value()).containsExactly("b");
  }

  @Test
  void aSecretThatChangesIsToldWithoutItsValue() {
    String yaml = "receivers: [{name: ops, webhook: {url: \"https://hooks.example.net/%s\"}}]";
    Change change = change(yaml.formatted("one"), yaml.formatted("two"));
    assertThat(change.receivers())
        .singleElement()
        .hasToString("receivers.ops: a secret is another");
  }

  @ParameterizedTest
  @CsvSource({
    "1000,  90, false", // 9 %
    "1000, 100, false", // 10 %
    "1000, 101, true",
    "1000, 110, true", // 11 %
    "1000, 500, true",
    "1000, 1000, true",
    "100,   20, false", // 20 %, but no more than 20
    "100,   21, true",
    "210,   21, false", // 21, but no more than 10 %
    "209,   21, true",
    "20,    19, false",
    "20,    20, true", // all of them
    "1,      1, true",
  })
  void moreThanTwentyAndMoreThanATenthAreTooMany(int before, int removed, boolean held) {
    Change change = Change.between(targets(0, before), targets(removed, before));
    assertThat(change.removed()).hasSize(removed);
    List<String> objections = Guard.objections(change);
    assertThat(objections).hasSize(held ? 1 : 0);
    if (held) {
      assertThat(objections.getFirst()).startsWith("it removes ");
    }
  }

  @Test
  void nobodyToTellIsAnObjection() {
    Configuration told = targets(0, 50);
    String lonely = Configurations.yaml(names(0, 50)).replaceFirst("(?s)^.*(?=targets:)", "");
    assertThat(Guard.objections(Change.between(told, Configurations.of(lonely))))
        .containsExactly("it removes every receiver (ops)");
    String elsewhere =
        Configurations.yaml(names(0, 50)).replace("{to: [ops]}", "{match: {team: x}, to: [ops]}");
    assertThat(Guard.objections(Change.between(told, Configurations.of(elsewhere))))
        .containsExactly(
            "nobody would be told any more of 50 of 50 targets (100 %), more than 20 and more"
                + " than 10 %");
  }

  @Test
  void whatIsHeldPassesByItsOwnNameOnly() {
    Candidate candidate = new Candidate(targets(50, 100), "c".repeat(40), Descent.FOLLOWS);
    Optional<Configuration> inForce = Optional.of(targets(0, 100));
    assertThat(Admission.judge(inForce, candidate, Approvals.NONE))
        .isInstanceOfSatisfying(
            Admission.Held.class,
            held ->
                assertThat(held.message())
                    .isEqualTo(
                        "held back: it removes 50 of 100 targets (50 %), more than 20 and more"
                            + " than 10 %; if that is meant, approve it by name: parallax config"
                            + " approve "
                            + "c".repeat(40)));
    assertThat(Admission.judge(inForce, candidate, "d".repeat(40)::equals))
        .isInstanceOf(Admission.Held.class);
    assertThat(Admission.judge(inForce, candidate, "c".repeat(40)::equals))
        .isInstanceOfSatisfying(
            Admission.Admitted.class, admitted -> assertThat(admitted.approved()).isTrue());
    assertThat(Admission.judge(Optional.empty(), candidate, Approvals.NONE))
        .isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void aRewrittenHistoryIsHeldThoughItChangesNothing() {
    Configuration same = targets(0, 5);
    Candidate candidate = new Candidate(same, "c".repeat(40), Descent.REWRITTEN);
    assertThat(Admission.judge(Optional.of(same), candidate, Approvals.NONE))
        .isInstanceOfSatisfying(
            Admission.Held.class,
            held -> assertThat(held.reasons().getFirst()).contains("force-push"));
  }

  @Test
  void everyTargetIsAccountedForExactlyOnceInRandomChanges() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      Configuration before = random(random);
      Configuration after = random(random);
      Change change = Change.between(before, after);
      List<Target> gone = new ArrayList<>(change.removed());
      List<Target> come = new ArrayList<>(change.added());
      change.changed().forEach(one -> gone.add(one.before()));
      change.changed().forEach(one -> come.add(one.after()));
      assertThat(gone).as("seed %s", seed).doesNotHaveDuplicates();
      assertThat(come).as("seed %s", seed).doesNotHaveDuplicates();
      List<Target> kept = new ArrayList<>(before.targets());
      kept.removeAll(gone);
      assertThat(after.targets()).as("seed %s", seed).containsAll(kept);
      assertThat(kept.size() + come.size()).as("seed %s", seed).isEqualTo(after.targets().size());
      int removed = change.removed().size();
      int all = before.targets().size();
      boolean tooMany =
          removed > Math.max(20, all / 10.0) || (after.targets().isEmpty() && all > 0);
      assertThat(Guard.objections(change).stream().anyMatch(why -> why.startsWith("it removes ")))
          .as("seed %s: %s of %s", seed, removed, all)
          .isEqualTo(tooMany);
      assertThat(Change.between(before, before).isEmpty()).isTrue();
    }
  }

  private static Configuration random(Random random) {
    List<String> names = new ArrayList<>(names(0, 300));
    Collections.shuffle(names, random);
    int size = random.nextInt(4) == 0 ? random.nextInt(3) : 150 + random.nextInt(150);
    return Configurations.of(Configurations.yaml(names.subList(0, size)));
  }
}
