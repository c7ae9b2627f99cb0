package parallax.config.check;

import java.time.Duration;

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
        HttpSpec,
        PacketSpec {
  CheckKind kind();

  /** The deadline of the whole check, redirects and retries included. */
  Duration timeout();

  /** From one look to the next, of each probe, for a target that is looked at this often. */
  default Duration interval(Duration ofTarget) {
    return ofTarget;
  }
}
