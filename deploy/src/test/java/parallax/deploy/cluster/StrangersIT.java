package parallax.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.cluster.MemberLab.Member;

/** Who reaches the members' port from elsewhere gets nothing to run there. */
final class StrangersIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String WRONG = "00112233445566778899aabbccddeeff";

  @TempDir Path folder;
  private MemberLab lab;

  @BeforeEach
  void start() {
    lab = new MemberLab();
    for (int index = 0; index < MemberLab.MEMBERS; index++) {
      Member member = lab.start(index);
      await().atMost(LONG).until(() -> !member.lines("started").isEmpty());
    }
    await().atMost(LONG).until(() -> history().lastCaughtUp().isPresent());
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void strangersRunNothingAndTheClusterGoesOn() {
    List<String> client = rogue("client", MemberLab.CLUSTER);
    say("a client that knows the name", client);
    assertThat(client).noneMatch(line -> line.contains(" admitted "));

    List<String> wrong = rogue("member", WRONG);
    say("a member with another name", wrong);
    assertThat(wrong).noneMatch(line -> line.contains(" admitted "));

    List<String> right = rogue("member", MemberLab.CLUSTER);
    say("a member that knows the name", right);
    assertThat(right).noneMatch(line -> line.contains(" ran "));
    assertThat(folder.resolve("harm")).doesNotExist();

    lab.members().forEach(member -> member.say("load"));
    long before = history().safe().size();
    await().atMost(LONG).until(() -> history().safe().size() > before + 200);
  }

  private List<String> rogue(String kind, String name) {
    String file = folder.resolve("harm").toString();
    String own = MemberLab.address(MemberLab.STRANGER);
    MemberLab.Stranger stranger =
        lab.stranger(RogueMain.class, kind, name, own, MemberLab.place(0), file);
    await().atMost(LONG).until(() -> !stranger.process().isAlive());
    await().atMost(LONG).until(() -> !stranger.lines().isEmpty());
    return stranger.lines();
  }

  private static void say(String who, List<String> lines) {
    System.out.println(who + ": " + lines.stream().map(l -> l.replaceFirst("\\d+ ", "")).toList());
  }

  private History history() {
    return new History(lab.members());
  }
}
