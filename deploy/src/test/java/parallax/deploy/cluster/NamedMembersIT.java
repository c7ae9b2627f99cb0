package parallax.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.cluster.MemberLab.Member;

/** Members that know one another by name alone find each other, whatever a name server does. */
final class NamedMembersIT {
  /** The machine's resolver remembers for half a minute what a name had. */
  private static final Duration LONG = Duration.ofSeconds(90);

  private static final int MANY = 1_000;
  private static final String ALL = MemberMain.NAME + "members.parallax.example:5701";

  @TempDir Path folder;
  private MemberLab lab;

  @BeforeEach
  void start() {
    lab = new MemberLab();
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  private static String address(String name, int member) {
    return name + " A " + MemberLab.address(member);
  }

  private void resolvers(String search) {
    IntStream.range(0, MemberLab.MEMBERS)
        .forEach(index -> lab.resolver(index, NameServer.resolver(search)));
  }

  private Member start(int index, String... places) {
    Member member = lab.start(index, List.of(places));
    await().atMost(LONG).until(() -> !member.lines("started").isEmpty());
    return member;
  }

  /** All three, at the same time. */
  private List<Member> startAll(String... places) {
    List<Member> members =
        IntStream.range(0, MemberLab.MEMBERS)
            .mapToObj(at -> lab.start(at, List.of(places)))
            .toList();
    await().atMost(LONG).until(this::isLed);
    await().atMost(LONG).until(() -> followers(members).size() == MemberLab.MEMBERS - 1);
    return members;
  }

  private static List<Member> followers(List<Member> members) {
    return members.stream().filter(NamedMembersIT::follows).toList();
  }

  private static boolean follows(Member member) {
    List<String> lines = member.lines("follow");
    return !lines.isEmpty() && !lines.getLast().endsWith(" -");
  }

  private boolean isLed() {
    return new History(lab.members()).lastCaughtUp().isPresent();
  }

  private static void awaitLog(int index, String words) {
    await("log of member " + index + ": " + words)
        .atMost(LONG)
        .until(() -> MemberLab.log(index).contains(words));
  }

  @Test
  void membersAreAskedForAgainUntilTheNameHasThem() {
    resolvers("");
    try (NameServer names = new NameServer(lab, folder.resolve("nsd"), "parallax.example.")) {
      names.start();
      // The name has nobody.
      start(0, ALL);
      start(1, ALL);
      awaitLog(0, "cluster=members_not_found name=members.parallax.example:5701");
      assertThat(isLed()).isFalse();

      // It has more than a cluster can have.
      names.serve(
          IntStream.range(0, MANY)
              .mapToObj(at -> "members A 10.88." + at / 250 + "." + (1 + at % 250))
              .toList());
      awaitLog(0, "it has " + MANY + " addresses, a cluster has at most 32");
      assertThat(isLed()).isFalse();

      // It has three, one of which is yet to come.
      names.serve(IntStream.range(0, 3).mapToObj(at -> address("members", at)).toList());
      await().atMost(LONG).until(this::isLed);
      Member late = start(2, ALL);
      await().atMost(LONG).until(() -> follows(late));
    }
  }

  @Test
  void whileNobodyAnswersMembersGoByWhatTheyKnowAndNewOnesWait() {
    resolvers("");
    try (NameServer names = new NameServer(lab, folder.resolve("nsd"), "parallax.example.")) {
      names.serve(IntStream.range(0, 3).mapToObj(at -> address("members", at)).toList());
      names.start();
      List<Member> members = startAll(ALL);
      names.stop();

      // One is cut off, and comes back by what it was told before.
      int cut = followers(members).getFirst().index();
      List<Integer> others = IntStream.range(0, 3).filter(at -> at != cut).boxed().toList();
      others.forEach(
          other -> {
            lab.cut(other, cut);
            lab.cut(cut, other);
          });
      await().atMost(LONG).until(() -> !follows(members.get(cut)));
      awaitLog(cut, "cluster=members_not_found");
      lab.heal();
      await().atMost(LONG).until(() -> follows(members.get(cut)));

      // One starts anew, and knows nobody until the name server is back.
      MemberLab.signal(members.get(cut), "KILL");
      await().atMost(LONG).until(() -> !members.get(cut).process().isAlive());
      Member again = start(cut, ALL);
      awaitLog(cut, "cluster=members_not_found");
      assertThat(follows(again)).isFalse();
      names.start();
      await().atMost(LONG).until(() -> follows(again));
    }
  }

  @Test
  void aHeadlessServiceOfKubernetesIsSuchAName() {
    String domain = "svc.cluster.local";
    resolvers("search ops." + domain + " " + domain + " cluster.local\n");
    try (NameServer names = new NameServer(lab, folder.resolve("nsd"), "cluster.local.")) {
      names.serve(IntStream.range(0, 3).mapToObj(at -> address("parallax.ops.svc", at)).toList());
      names.start();
      startAll(MemberMain.NAME + "parallax:5701");
    }
  }

  @Test
  void aListMayNameMembers() {
    resolvers("");
    String[] all = {
      "c0.parallax.example:5701", "c1.parallax.example:5701", "c2.parallax.example:5701"
    };
    try (NameServer names = new NameServer(lab, folder.resolve("nsd"), "parallax.example.")) {
      names.serve(List.of(address("c0", 0), address("c1", 1), address("c2", 2)));
      names.start();
      startAll(all);
    }
  }
}
