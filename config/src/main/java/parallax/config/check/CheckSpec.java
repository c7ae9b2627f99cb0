package parallax.config.check;

import java.time.Duration;
import java.util.Optional;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.EchoLimits;
import parallax.config.check.packet.Echoes;
import parallax.config.check.packet.NtpLimits;
import parallax.config.check.packet.Payload;
import parallax.config.check.service.Patience;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Security;

/**
 * What a check must do and expect, as data. To add a check: a record here, its name in {@code
 * permits} and in {@link CheckKind}, and the compiler leads to the rest.
 */
public sealed interface CheckSpec
    permits RegistrationSpec,
        ZoneSpec,
        BgpSpec,
        DnsSpec,
        TcpSpec,
        TlsSpec,
        CheckSpec.PacketSpec,
        CheckSpec.ServiceSpec,
        HttpSpec,
        HttpSpec.Journey,
        HttpSpec.Openid,
        HttpSpec.Page {
  CheckKind kind();

  /** The deadline of the whole check, redirects and retries included. */
  Duration timeout();

  /** From one look to the next, of each probe, for a target that is looked at this often. */
  default Duration interval(Duration ofTarget) {
    return ofTarget;
  }

  /**
   * Opens a connection to a service other than the web, and speaks its protocol as far as shows
   * that it works.
   *
   * @param tls asked of the service where TLS is spoken
   */
  record ServiceSpec(
      ServerAddress server,
      Protocol protocol,
      Security security,
      TlsPolicy tls,
      Patience latency,
      Naming naming,
      Duration timeout)
      implements CheckSpec {
    @Override
    public CheckKind kind() {
      return CheckKind.SERVICE;
    }
  }

  /** Sends single packets, without a connection, and judges what comes back. */
  sealed interface PacketSpec extends CheckSpec {
    /** Name or address literal, IPv6 without brackets. */
    String host();

    Naming naming();

    /**
     * Sends ICMP echo requests (RFC 792, RFC 4443 section 4) and judges loss and round-trip time.
     */
    record Echo(String host, Echoes echoes, EchoLimits limits, Naming naming, Duration timeout)
        implements PacketSpec {
      @Override
      public CheckKind kind() {
        return CheckKind.ICMP;
      }
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
  }
}
