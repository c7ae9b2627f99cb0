package parallax.deploy.endtoend.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.ZoneSpec;
import parallax.config.check.ZoneSpec.Dnssec;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;
import parallax.probe.dns.zone.DelegationCheck;
import parallax.probe.dns.zone.NameServersCheck;

/**
 * Name servers that no real one can be made to be, in an otherwise real name system: the checks of
 * the zone, as a probe makes them, report exactly what is wrong, and nothing that a forger said.
 */
final class HostileServersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int ID = 0;
  private static final int FLAGS = 2;
  private static final int RCODE = 3;
  private static final int FIRST_LETTER = 13;

  @TempDir static Path folder;

  private static Optional<NameLab> started = Optional.empty();

  @BeforeAll
  static void up() throws IOException {
    started = Optional.of(new NameLab(folder.resolve("lab")));
  }

  @AfterAll
  static void down() throws IOException {
    if (started.isPresent()) {
      started.get().close();
    }
  }

  private static NameLab lab() {
    return started.orElseThrow();
  }

  @Test
  void aServerThatIsAsItShouldBeIsUp() throws IOException {
    try (OddServer _ = forger(true, HostileServersIT::asItIs)) {
      assertUp("forged.test");
    }
  }

  @Test
  void answersWithAWrongIdAreGarbage() throws IOException {
    try (OddServer _ = forger(true, answer -> List.of(packet(with(answer, ID, 0x55))))) {
      assertFault("forged.test", Reason.NAME_SERVERS_GARBAGE);
    }
  }

  @Test
  void answersToAnotherQuestionAreGarbage() throws IOException {
    try (OddServer _ = forger(true, answer -> List.of(packet(with(answer, FIRST_LETTER, 1))))) {
      assertFault("forged.test", Reason.NAME_SERVERS_GARBAGE);
    }
  }

  @Test
  void answersFromAnotherPortAreNotHeard() throws IOException {
    try (DatagramSocket elsewhere = new DatagramSocket(0, lab().at("6.1").getAddress());
        OddServer _ = forger(false, answer -> List.of(packet(answer).from(elsewhere)))) {
      assertFault("forged.test", Reason.NAME_SERVERS_TIMEOUT);
    }
  }

  @Test
  void answersFromAnotherAddressAreNotHeard() throws IOException {
    try (DatagramSocket elsewhere = new DatagramSocket(lab().at("6.9"));
        OddServer _ = forger(false, answer -> List.of(packet(answer).from(elsewhere)))) {
      assertFault("forged.test", Reason.NAME_SERVERS_TIMEOUT);
    }
  }

  @Test
  void forgedDenialsBeforeTheAnswerChangeNothing() throws IOException {
    Duration later = Duration.ofMillis(50);
    try (DatagramSocket elsewhere = new DatagramSocket(lab().at("6.9"));
        OddServer _ =
            forger(
                true,
                answer ->
                    List.of(
                        packet(with(with(answer, ID, 0x55), RCODE, 3)),
                        packet(with(answer, RCODE, 3)).from(elsewhere),
                        packet(answer).after(later)))) {
      assertUp("forged.test");
    }
  }

  @Test
  void truncatedAnswersWithoutTcpAreToldApart() throws IOException {
    try (OddServer _ =
        new OddServer(
            lab().at("6.2"), false, answer -> List.of(packet(with(answer, FLAGS, 0x02))))) {
      assertFault("cut.test", Reason.NAME_SERVERS_TRUNCATED_NO_TCP);
    }
  }

  @Test
  void truncatedAnswersAreReadOverTcp() throws IOException {
    try (OddServer _ =
        new OddServer(
            lab().at("6.2"), true, answer -> List.of(packet(with(answer, FLAGS, 0x02))))) {
      assertUp("cut.test");
    }
  }

  @Test
  void aSlowServerIsUpAndItsTimeIsTold() throws IOException {
    Duration delay = Duration.ofMillis(400);
    try (OddServer _ =
        new OddServer(lab().at("6.3"), true, answer -> List.of(packet(answer).after(delay)))) {
      assertUp("slow.test");
      assertThat(servers("slow.test").timings().total()).isGreaterThan(delay);
    }
  }

  @Test
  void aServerThatIsSlowerThanAnyResolverWaitsIsATimeout() throws IOException {
    Duration delay = Duration.ofSeconds(8);
    try (OddServer _ =
        new OddServer(lab().at("6.3"), false, answer -> List.of(packet(answer).after(delay)))) {
      assertFault("slow.test", Reason.NAME_SERVERS_TIMEOUT);
    }
  }

  @Test
  void aServerThatNeverAnswersIsATimeout() throws IOException {
    try (OddServer _ = new OddServer(lab().at("6.4"), false, _ -> List.of())) {
      assertFault("silent.test", Reason.NAME_SERVERS_TIMEOUT);
    }
  }

  private static OddServer forger(boolean tcp, Function<byte[], List<OddServer.Packet>> oddity)
      throws IOException {
    return new OddServer(lab().at("6.1"), tcp, oddity);
  }

  private static List<OddServer.Packet> asItIs(byte[] answer) {
    return List.of(packet(answer));
  }

  private static OddServer.Packet packet(byte[] answer) {
    return OddServer.Packet.of(answer);
  }

  /** The same with some bits turned. */
  private static byte[] with(byte[] answer, int at, int bits) {
    byte[] other = answer.clone();
    other[at] ^= (byte) bits;
    return other;
  }

  private static void assertUp(String zone) {
    assertThat(delegation(zone).outcome()).isEqualTo(Outcome.up());
    assertThat(servers(zone).outcome()).isEqualTo(Outcome.up());
    assertThat(lab().reasons("www." + zone, PATIENCE)).isEmpty();
  }

  private static void assertFault(String zone, Reason reason) {
    assertThat(delegation(zone).outcome()).isEqualTo(Outcome.up());
    assertThat(servers(zone).outcome())
        .isInstanceOfSatisfying(
            Outcome.Down.class, down -> assertThat(down.finding().reason()).isEqualTo(reason));
    assertThat(lab().reasons("www." + zone, PATIENCE)).containsExactly(reason.name());
  }

  private static CheckResult delegation(String zone) {
    ZoneSpec.Delegation spec =
        new ZoneSpec.Delegation("www." + zone, Dnssec.IF_SIGNED, Optional.empty(), PATIENCE);
    return NameLab.result(
        new DelegationCheck(lab().looks(), (_, _, _) -> Optional.empty())
            .run(spec, NameLab.within(PATIENCE)));
  }

  private static CheckResult servers(String zone) {
    ZoneSpec.NameServers spec =
        new ZoneSpec.NameServers(
            "www." + zone,
            List.of("A"),
            new TreeMap<>(),
            Dnssec.IF_SIGNED,
            Optional.empty(),
            PATIENCE);
    return NameLab.result(
        new NameServersCheck(lab().looks(), (_, _, _) -> Optional.empty())
            .run(spec, NameLab.within(PATIENCE)));
  }
}
