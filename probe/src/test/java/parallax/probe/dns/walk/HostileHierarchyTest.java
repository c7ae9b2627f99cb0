package parallax.probe.dns.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.config.observation.Reason;
import parallax.probe.dns.delegation.Approved;
import parallax.probe.dns.delegation.Judgement;
import parallax.probe.dns.delegation.Said;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.delegation.WalkJudge;
import parallax.probe.dns.walk.World.Asked;

/** Hierarchies built to keep a walker busy, to send it elsewhere or to make it wait for itself. */
final class HostileHierarchyTest {
  private static final String ANY = "127.54.0.0/16";
  private static final WalkLimits QUICK =
      new WalkLimits(12, 60, Duration.ofSeconds(6), Duration.ofMillis(600), 4);

  private static final List<String> TEST_TLD =
      List.of("test. NS a.nic.test.", "+a.nic.test. A 127.54.0.2");

  private static Judgement judge(Walk walk) {
    return WalkJudge.judge(walk, Approved.ANY, List.of());
  }

  @Test
  void aHealthyHierarchyIsWalkedWithOneQueryAServer() {
    try (World world =
        new World(HostileHierarchyTest::healthy, "127.54.0.1", "127.54.0.2", "127.54.0.3")) {
      Walk walk = world.walk("example.test.", QUICK, World.only(ANY));
      assertThat(judge(walk).findings()).isEmpty();
      assertThat(walk.steps())
          .extracting(step -> step.zone().toString())
          .containsExactly(".", "test.", "example.test.");
      assertThat(walk.queries()).isEqualTo(3).isEqualTo(world.asked());
      assertThat(ControlNames.of(walk, List.of()))
          .extracting(Name::toString)
          .containsExactly("a.nic.test.", "nic.test.");
    }
  }

  private static List<String> healthy(Asked asked) {
    return switch (asked.address()) {
      case "127.54.0.1" -> TEST_TLD;
      case "127.54.0.2" ->
          List.of("example.test. NS a.example.test.", "+a.example.test. A 127.54.0.3");
      default -> List.of("!example.test. SOA a.example.test. b.example.test. 1 2 3 4 5");
    };
  }

  @Test
  void referralsThatNeverEndEndAtTheDepth() {
    String zone = "a.".repeat(30) + "test.";
    try (World world = new World(new OneLabelDeeper(), "127.54.0.1")) {
      Walk walk = world.walk(zone, QUICK, World.only(ANY));
      assertThat(walk.bound()).contains(Walk.Bound.DEPTH);
      assertThat(walk.steps()).hasSize(QUICK.depth());
      assertThat(judge(walk).reasons()).containsExactly(Reason.PROBE_WALK_BOUND);
    }
  }

  @Test
  void serversNamedInEachOthersZonesDoNotMakeTheWalkWaitForItself() {
    try (World world = new World(HostileHierarchyTest::eachOther, "127.54.0.1", "127.54.0.2")) {
      Walk walk = world.walk("example.test.", QUICK, World.only(ANY));
      assertThat(judge(walk).reasons()).containsExactly(Reason.DELEGATION_HOST_UNRESOLVED);
      assertThat(walk.queries()).isLessThan(QUICK.queries());
    }
  }

  private static List<String> eachOther(Asked asked) {
    if (asked.address().equals("127.54.0.1")) {
      return TEST_TLD;
    }
    if (asked.name().endsWith("one.test.")) {
      return List.of("one.test. NS ns.two.test.");
    }
    return asked.name().endsWith("two.test.")
        ? List.of("two.test. NS ns.one.test.")
        : List.of("example.test. NS ns.one.test.", "example.test. NS ns.two.test.");
  }

  /** NXNSAttack (CVE-2020-12662): a referral to many names, each of which would be looked up. */
  @Test
  void aReferralToManyNamesCostsABoundedNumberOfQueries() {
    try (World world = new World(HostileHierarchyTest::manyNames, "127.54.0.1", "127.54.0.2")) {
      Walk walk = world.walk("example.test.", QUICK, World.only(ANY));
      assertThat(world.asked()).isLessThanOrEqualTo(QUICK.queries());
      assertThat(walk.bound()).contains(Walk.Bound.QUERIES);
      assertThat(judge(walk).reasons()).containsExactly(Reason.PROBE_WALK_BOUND);
    }
  }

  private static List<String> manyNames(Asked asked) {
    if (asked.address().equals("127.54.0.1")) {
      return TEST_TLD;
    }
    String name = asked.type() == Type.SOA ? "example.test." : asked.name();
    List<String> records = new ArrayList<>();
    for (int index = 0; index < 20; index++) {
      records.add(name + " NS n" + index + "." + name.hashCode() + ".test.");
    }
    return records;
  }

  @Test
  void nothingIsSentToAnAddressThatThePolicyForbids() {
    try (World world =
        new World(HostileHierarchyTest::healthy, "127.54.0.1", "127.54.0.2", "127.54.0.3")) {
      Walk walk = world.walk("example.test.", QUICK, World.only("127.54.0.1/32", "127.54.0.2/32"));
      assertThat(world.asked()).isEqualTo(2);
      assertThat(walk.last().visits())
          .singleElement()
          .satisfies(
              visit ->
                  assertThat(visit.said())
                      .isInstanceOfSatisfying(
                          Said.NotAsked.class,
                          not -> assertThat(not.why()).isEqualTo(Said.NotAsked.Why.FORBIDDEN)));
      assertThat(judge(walk).reasons()).containsExactly(Reason.PROBE_ADDRESS_FORBIDDEN);
    }
  }

  @Test
  void aRootThatIsNotThereIsTheProbesOwnTrouble() {
    try (World world = new World(_ -> List.of(), "127.54.0.9")) {
      Walk walk = world.walk("example.test.", QUICK, World.only(ANY));
      assertThat(judge(walk).reasons()).containsExactly(Reason.PROBE_REACHES_NO_NAME_SERVER);
    }
  }

  /** Refers to itself as the server of one zone deeper each time it is asked. */
  private static final class OneLabelDeeper implements Function<Asked, List<String>> {
    private final AtomicInteger labels = new AtomicInteger();

    @Override
    public List<String> apply(Asked asked) {
      String zone = "a.".repeat(labels.getAndIncrement()) + "test.";
      return List.of(zone + " NS ns." + zone, "+ns." + zone + " A 127.54.0.1");
    }
  }
}
