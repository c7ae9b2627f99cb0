package parallax.config.check;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Asks who holds the domain of a name, until when and in what state.
 *
 * @param host whose registrable domain is meant
 * @param timeout of one look; most looks are answered from what is known already
 */
public record RegistrationSpec(String host, RegistrationPolicy policy, Duration timeout)
    implements CheckSpec {
  /** From one look to the next, at least. Registries are asked far less often. */
  public static final Duration INTERVAL = Duration.ofHours(1);

  /** Registries answer when they like. */
  public static final Duration LEAST_TIMEOUT = Duration.ofSeconds(20);

  @Override
  public CheckKind kind() {
    return CheckKind.REGISTRATION;
  }

  @Override
  public Duration interval(Duration ofTarget) {
    return ofTarget.compareTo(INTERVAL) < 0 ? INTERVAL : ofTarget;
  }

  /**
   * What is demanded of a registration.
   *
   * @param expiryWarn a registration that ends within this makes the target DEGRADED
   * @param expiryFail a registration that ends within this makes the target DOWN
   * @param expires when it ends, where the registry does not tell it or somebody knows better
   * @param provisionalUntil the last day on which a provisional registration can be made a full one
   * @param locks statuses without which the registration is not as it should be, in EPP's or the
   *     registry's words (RFC 5731 section 2.3)
   * @param statuses states that are not told of, as above
   * @param rdap base of the RDAP server, instead of the one that IANA names
   * @param whois the WHOIS server, instead of the one that is known
   */
  public record RegistrationPolicy(
      Duration expiryWarn,
      Duration expiryFail,
      Optional<LocalDate> expires,
      Optional<LocalDate> provisionalUntil,
      SortedSet<String> locks,
      SortedSet<String> statuses,
      Optional<URI> rdap,
      Optional<ServerAddress> whois) {
    public static final RegistrationPolicy DEFAULT =
        new RegistrationPolicy(
            Duration.ofDays(45),
            Duration.ofDays(7),
            Optional.empty(),
            Optional.empty(),
            new TreeSet<>(),
            new TreeSet<>(),
            Optional.empty(),
            Optional.empty());

    public RegistrationPolicy {
      locks = Collections.unmodifiableSortedSet(new TreeSet<>(List.copyOf(locks)));
      statuses = Collections.unmodifiableSortedSet(new TreeSet<>(List.copyOf(statuses)));
    }
  }
}
