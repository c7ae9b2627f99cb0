package parallax.probe.ntp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.CheckSpec.PacketSpec.Ntp;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.packet.NtpLimits;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.ReachSeen.ClockSeen;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.UdpServer;

class NtpCheckTest {
  @TempDir Path folder;

  private final LoopbackProbe probe = LoopbackProbe.ofOperator(Map.of());

  @AfterEach
  void close() {
    probe.close();
  }

  private CheckResult run(int port, NtpLimits limits, Duration timeout) {
    return probe.run(new Ntp(new ServerAddress("127.0.0.1", port), limits, Naming.SYSTEM, timeout));
  }

  private CheckResult run(int port) {
    return run(port, NtpLimits.DEFAULT, Duration.ofSeconds(2));
  }

  private static Optional<Reason> reason(CheckResult result) {
    return result.outcome().why().map(Finding::reason);
  }

  private static ClockSeen clock(CheckResult result) {
    return result.facts().reach().flatMap(ReachSeen::clock).orElseThrow();
  }

  @Test
  void aRealServerIsUpAndTellsItsStratum() {
    assumeTrue(Programs.find("chronyd").isPresent(), "needs the chronyd program");
    try (Chrony chrony = Chrony.start(folder, "local stratum 3", Duration.ZERO)) {
      CheckResult result = run(chrony.port());
      assertThat(result.outcome()).isEqualTo(Outcome.up());
      assertThat(result.layer()).isEqualTo(Layer.HTTP);
      assertThat(clock(result).stratum()).isEqualTo(3);
      assertThat(clock(result).offset().abs()).isLessThan(Duration.ofMillis(100));
      assertThat(result.timings().of(Phase.FIRST_BYTE)).isPresent();
      NtpLimits near = new NtpLimits(Duration.ofSeconds(1), Duration.ofSeconds(2), 2, MINUTE);
      CheckResult far = run(chrony.port(), near, Duration.ofSeconds(2));
      assertThat(reason(far)).contains(Reason.NTP_STRATUM);
    }
  }

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aRealServerWithoutASourceIsDownAsUnsynchronised() {
    assumeTrue(Programs.find("chronyd").isPresent(), "needs the chronyd program");
    try (Chrony chrony = Chrony.start(folder, "", Duration.ZERO)) {
      assertThat(reason(run(chrony.port()))).contains(Reason.NTP_UNSYNCHRONISED);
    }
  }

  @Test
  void aRealServerWithAWrongClockIsDown() {
    assumeTrue(Programs.find("chronyd").isPresent(), "needs the chronyd program");
    assumeTrue(Programs.find("faketime").isPresent(), "needs the faketime program");
    try (Chrony chrony = Chrony.start(folder, "local stratum 3", Duration.ofSeconds(-90))) {
      CheckResult result = run(chrony.port());
      assertThat(reason(result)).contains(Reason.NTP_OFFSET);
      assertThat(clock(result).offset())
          .isBetween(Duration.ofSeconds(-91), Duration.ofSeconds(-89));
      NtpLimits wide = new NtpLimits(MINUTE, Duration.ofHours(1), 15, MINUTE);
      CheckResult warned = run(chrony.port(), wide, Duration.ofSeconds(2));
      assertThat(warned.outcome()).isInstanceOf(Outcome.Degraded.class);
    }
  }

  @Test
  void aRealServerThatHasEndedIsDownAtOnce() {
    assumeTrue(Programs.find("chronyd").isPresent(), "needs the chronyd program");
    Chrony chrony = Chrony.start(folder, "local stratum 3", Duration.ZERO);
    chrony.close();
    assertThat(reason(run(chrony.port()))).contains(Reason.UDP_PORT_UNREACHABLE);
  }

  @Test
  void aSilentServerIsDown() {
    try (UdpServer silent = new UdpServer(_ -> Optional.empty())) {
      CheckResult result = run(silent.port(), NtpLimits.DEFAULT, Duration.ofMillis(400));
      assertThat(reason(result)).contains(Reason.UDP_NO_ANSWER);
    }
  }

  /** An answer of a good server, which is then changed. */
  private static Optional<byte[]> answer(byte[] question, Consumer<ByteBuffer> change) {
    InstantSource clock = InstantSource.system();
    ByteBuffer out = ByteBuffer.allocate(NtpAnswer.LENGTH);
    out.put(0, (byte) (4 << 3 | 4)).put(1, (byte) 2);
    out.putInt(8, 1 << 10).put(12, new byte[] {(byte) 192, 0, 2, 1});
    out.putLong(24, ByteBuffer.wrap(question).getLong(40));
    Instant now = clock.instant();
    out.putLong(32, NtpAnswer.timestamp(now)).putLong(40, NtpAnswer.timestamp(now));
    change.accept(out);
    return Optional.of(out.array());
  }

  private CheckResult against(Consumer<ByteBuffer> change) {
    try (UdpServer server = new UdpServer(question -> answer(question, change))) {
      return run(server.port(), NtpLimits.DEFAULT, Duration.ofMillis(500));
    }
  }

  @Test
  void kissesOfDeathAreTold() {
    CheckResult denied = against(out -> out.put(1, (byte) 0).put(12, "DENY".getBytes(US)));
    assertThat(denied.outcome()).isInstanceOf(Outcome.Down.class);
    assertThat(reason(denied)).contains(Reason.NTP_KISS_OF_DEATH);
    CheckResult tooOften = against(out -> out.put(1, (byte) 0).put(12, "RATE".getBytes(US)));
    assertThat(tooOften.outcome()).isInstanceOf(Outcome.Degraded.class);
    CheckResult starting = against(out -> out.put(1, (byte) 0).put(12, "INIT".getBytes(US)));
    assertThat(reason(starting)).contains(Reason.NTP_UNSYNCHRONISED);
  }

  private static final Charset US = StandardCharsets.US_ASCII;

  @Test
  void leapSecondsAreToldAndAnUncertainClockDegrades() {
    CheckResult leap = against(out -> out.put(0, (byte) (1 << 6 | 4 << 3 | 4)));
    assertThat(leap.outcome()).isEqualTo(Outcome.up());
    assertThat(clock(leap).leap()).contains("a leap second is announced");
    CheckResult uncertain = against(out -> out.putInt(8, 3 << 16));
    assertThat(reason(uncertain)).contains(Reason.NTP_DISTANCE);
    CheckResult noTime = against(out -> out.put(0, (byte) (3 << 6 | 4 << 3 | 4)));
    assertThat(reason(noTime)).contains(Reason.NTP_UNSYNCHRONISED);
  }

  @Test
  void answersThatDoNotRepeatTheCookieAreNotBelieved() {
    assertThat(reason(against(out -> out.putLong(24, 1)))).contains(Reason.NTP_MALFORMED);
    try (UdpServer brief = new UdpServer(_ -> Optional.of(new byte[12]))) {
      assertThat(reason(run(brief.port(), NtpLimits.DEFAULT, Duration.ofMillis(400))))
          .contains(Reason.NTP_MALFORMED);
    }
  }

  @Test
  void timestampsOfTheNextEraAreUnderstood() {
    // RFC 5905 section 6: the first era ends on 2036-02-07.
    Instant asked = Instant.parse("2036-02-07T06:28:15.5Z");
    ByteBuffer out = ByteBuffer.allocate(NtpAnswer.LENGTH);
    long there = NtpAnswer.timestamp(asked.plusSeconds(3));
    out.putLong(32, there).putLong(40, there);
    NtpAnswer answer = NtpAnswer.parse(out.array());
    Instant heard = asked.plusMillis(2);
    assertThat(answer.offset(asked, heard))
        .isBetween(Duration.ofNanos(2_998_999_990L), Duration.ofNanos(2_999_000_010L));
    assertThat(answer.roundTrip(asked, heard)).isEqualTo(Duration.ofMillis(2));
  }
}
