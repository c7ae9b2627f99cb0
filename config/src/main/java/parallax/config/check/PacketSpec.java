package parallax.config.check;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.Optional;
import parallax.config.secret.Secret;

/** Sends single packets, without a connection, and judges what comes back. */
public sealed interface PacketSpec extends CheckSpec {
  /** Bytes in hexadecimal. */
  String HEX = "([0-9a-f]{2})*";

  /** Name or address literal, IPv6 without brackets. */
  String host();

  Naming naming();

  /** Sends ICMP echo requests (RFC 792, RFC 4443 section 4) and judges loss and round-trip time. */
  record Echo(String host, Echoes echoes, EchoLimits limits, Naming naming, Duration timeout)
      implements PacketSpec {
    @Override
    public CheckKind kind() {
      return CheckKind.ICMP;
    }
  }

  /**
   * The requests of one look.
   *
   * @param count from 1 to {@link #MAX_COUNT}
   * @param interval from one request to the next
   * @param size bytes after the header of ICMP, at most {@link #MAX_SIZE}
   * @param ttl hops that a request may make (IPv6: hop limit); empty: as the system has it
   * @param dontFragment whether routers must not take requests apart; of IPv6 they never do
   */
  record Echoes(
      int count, Duration interval, int size, Optional<Integer> ttl, boolean dontFragment) {
    public static final int MAX_COUNT = 100;

    /** The largest that an IPv4 packet holds. */
    public static final int MAX_SIZE = 65_507;

    public static final int MAX_TTL = 255;

    public static final Echoes DEFAULT =
        new Echoes(3, Duration.ofMillis(200), 56, Optional.empty(), false);

    public Echoes {
      boolean good =
          count >= 1
              && count <= MAX_COUNT
              && size >= 0
              && size <= MAX_SIZE
              && !interval.isNegative()
              && ttl.map(hops -> hops >= 1 && hops <= MAX_TTL).orElse(true);
      if (!good) {
        throw new IllegalArgumentException("not echoes: " + count + " of " + size + " bytes");
      }
    }

    /** From the first request to the last. */
    public Duration spread() {
      return interval.multipliedBy(count - 1L);
    }
  }

  /**
   * What loss and time are still fine.
   *
   * @param lossWarn DEGRADED from this many hundredths of the requests lost, 1 to 100
   * @param lossFail DOWN from this many, 1 to 100
   * @param rttWarn DEGRADED when the average round trip is longer
   * @param rttFail DOWN when it is longer
   */
  record EchoLimits(
      int lossWarn, int lossFail, Optional<Duration> rttWarn, Optional<Duration> rttFail) {
    public static final EchoLimits DEFAULT =
        new EchoLimits(50, 100, Optional.empty(), Optional.empty());
  }

  /** Sends one UDP datagram, and judges the answer where one is expected. */
  record Datagram(
      ServerAddress server,
      Payload send,
      Optional<Answer> expect,
      Naming naming,
      Duration timeout)
      implements PacketSpec {
    @Override
    public CheckKind kind() {
      return CheckKind.UDP;
    }

    @Override
    public String host() {
      return server.host();
    }
  }

  /**
   * What is sent.
   *
   * @param text UTF-8, or where {@code hex} two digits for each byte, without anything between
   */
  record Payload(Secret text, boolean hex) {
    /** The most bytes: larger packets do not get through everywhere. */
    public static final int MAX_BYTES = 1_400;

    /** One byte, for a datagram must have something in it. */
    public static final Payload USUAL = new Payload(Secret.of("00"), true);

    public Payload {
      // Its message must not show what is sent.
      if (hex && !text.reveal().matches(HEX)) {
        throw new IllegalArgumentException("not bytes in hexadecimal");
      }
    }
  }

  /** What an answer must be. */
  sealed interface Answer {
    /**
     * A pattern is found in it.
     *
     * @param pattern of RE2, in linear time; over bytes read as UTF-8
     */
    record Matching(Pattern pattern) implements Answer {}

    /**
     * It begins with these bytes.
     *
     * @param hex two lower-case digits for each byte
     */
    record Beginning(String hex) implements Answer {
      public Beginning {
        if (!hex.matches(HEX)) {
          throw new IllegalArgumentException("not bytes in hexadecimal: " + hex);
        }
      }
    }
  }

  /** Asks a time server for the time (RFC 5905, as a client of RFC 4330). */
  record Ntp(ServerAddress server, NtpLimits limits, Naming naming, Duration timeout)
      implements PacketSpec {
    @Override
    public CheckKind kind() {
      return CheckKind.NTP;
    }

    @Override
    public String host() {
      return server.host();
    }
  }

  /**
   * What a time server must say.
   *
   * @param offsetWarn DEGRADED when its clock and the probe's differ by more
   * @param offsetFail DOWN when they differ by more
   * @param maxStratum the farthest from a reference clock, 1 to 15 (RFC 5905 section 7.3)
   * @param maxDistance DEGRADED when its own root distance, half the delay to the reference clock
   *     and the dispersion (RFC 5905 section 11.1), is more
   */
  record NtpLimits(
      Duration offsetWarn, Duration offsetFail, int maxStratum, Duration maxDistance) {
    public static final int MAX_STRATUM = 15;

    public static final NtpLimits DEFAULT =
        new NtpLimits(
            Duration.ofMillis(100), Duration.ofSeconds(1), MAX_STRATUM, Duration.ofMillis(1_500));
  }
}
