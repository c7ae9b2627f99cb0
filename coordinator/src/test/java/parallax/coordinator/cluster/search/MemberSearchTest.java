package parallax.coordinator.cluster.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.coordinator.cluster.discovery.Discovery;
import parallax.coordinator.cluster.discovery.HostPort;
import parallax.coordinator.cluster.search.NameLookup.Answer;
import parallax.coordinator.testing.Waiting;

/** Whom a member asks, whatever the name system says. */
final class MemberSearchTest {
  private static final Duration SOON = Duration.ofMillis(20);

  private final Map<String, Answer> zone = new HashMap<>();

  private MemberSearch search(String own, String... places) {
    return new MemberSearch(
        Arrays.stream(places).map(HostPort::parse).toList(),
        InetAddress.ofLiteral(own),
        name -> Optional.ofNullable(zone.get(name)).orElseGet(() -> none("it is not known")));
  }

  private static Answer none(String why) {
    return new Answer.None(why);
  }

  private void have(String name, String... addresses) {
    have(name, List.of(addresses));
  }

  private void have(String name, List<String> addresses) {
    zone.put(name, new Answer.Addresses(addresses.stream().map(InetAddress::ofLiteral).toList()));
  }

  private static List<String> many(int count) {
    return IntStream.range(0, count).mapToObj(at -> "10.0." + at / 200 + "." + at % 200).toList();
  }

  private static List<String> found(MemberSearch search) {
    return search.find().stream().map(Object::toString).toList();
  }

  @Test
  void aNameIsAskedForAgainEachTime() {
    MemberSearch search = search("10.0.0.1", "c:5701");
    assertThat(found(search)).isEmpty();
    have("c", "10.0.0.2", "10.0.0.1", "10.0.0.2");
    assertThat(found(search)).containsExactly("10.0.0.1:5701", "10.0.0.2:5701");
    have("c", "10.0.0.3");
    assertThat(found(search)).containsExactly("10.0.0.3:5701");
  }

  @Test
  void whileNobodyAnswersTheLastAnswerCounts() {
    MemberSearch search = search("10.0.0.1", "c:5701", "d:5702");
    have("c", "10.0.0.2");
    have("d", "10.0.0.3");
    found(search);
    zone.put("c", none("no answer within 5 s"));
    have("d", "10.0.0.4");
    assertThat(found(search)).containsExactly("10.0.0.2:5701", "10.0.0.4:5702");
  }

  @Test
  void whoIsNotPrivateOrOfAnotherFamilyIsNotAsked() {
    MemberSearch four = search("10.0.0.1", "c:5701");
    have("c", "192.0.2.1", "8.8.8.8", "0.0.0.0", "169.254.169.254", "fd00::2", "10.0.0.2");
    assertThat(found(four)).containsExactly("10.0.0.2:5701");
    MemberSearch six = search("fd00::1", "c:5701");
    assertThat(found(six)).containsExactly("[fd00:0:0:0:0:0:0:2]:5701");
    have("c", "192.0.2.1", "2001:db8::1");
    assertThat(found(six)).containsExactly("[fd00:0:0:0:0:0:0:2]:5701");
    assertThat(found(search("10.0.0.1", "c:5701"))).isEmpty();
  }

  @Test
  void moreAddressesThanAClusterCanHaveCountForNothing() {
    MemberSearch search = search("10.0.0.1", "c:5701");
    have("c", many(4_000));
    assertThat(found(search)).isEmpty();
    have("c", "10.0.0.2");
    found(search);
    have("c", many(Discovery.MAX_MEMBERS + 1));
    assertThat(found(search)).containsExactly("10.0.0.2:5701");
    have("c", many(Discovery.MAX_MEMBERS));
    assertThat(found(search)).hasSize(Discovery.MAX_MEMBERS);
  }

  @Test
  void severalNamesAreTogetherNoMoreThanAClusterCanHave() {
    MemberSearch search = search("10.0.0.1", "10.9.9.9:5701", "c:5701", "d:5702");
    have("c", many(Discovery.MAX_MEMBERS));
    have("d", many(Discovery.MAX_MEMBERS));
    assertThat(found(search)).hasSize(Discovery.MAX_MEMBERS).startsWith("10.9.9.9:5701");
  }

  @Test
  void addressesNeedNoSearch() {
    List<HostPort> addresses = List.of(new HostPort("10.0.0.1", 5701), new HostPort("::1", 5701));
    assertThat(MemberSearchFactory.isNeeded(addresses)).isFalse();
    assertThat(MemberSearchFactory.isNeeded(List.of(new HostPort("c1.example.net", 5701))))
        .isTrue();
  }

  @Test
  void aMachineThatDoesNotAnswerIsWaitedForOnceAndAskedAgainLater() {
    CountDownLatch answered = new CountDownLatch(1);
    InetAddress there = InetAddress.ofLiteral("10.0.0.2");
    MachineNames names =
        new MachineNames(
            _ -> {
              try {
                answered.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new InetAddress[] {there};
            },
            SOON);
    assertThat(names.ask("c")).isInstanceOf(Answer.None.class);
    assertThat(names.ask("c")).isEqualTo(none("an earlier question is not answered yet"));
    answered.countDown();
    Waiting.until("an answer", () -> names.ask("c").equals(new Answer.Addresses(List.of(there))));
  }

  @Test
  void aNameThatIsNotKnownIsToldSo() {
    MachineNames names =
        new MachineNames(
            name -> {
              throw new UnknownHostException(name);
            },
            Duration.ofSeconds(10));
    assertThat(names.ask("c")).isEqualTo(none("it is not known"));
  }
}
