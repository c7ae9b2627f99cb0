package parallax.probe.net;

import io.netty.channel.ConnectTimeoutException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;

/**
 * Why a connection could not be made: what the kernel said (connect(2), RFC 9293 section 3.10.7),
 * told apart into the target's trouble and the probe's own.
 */
public final class ConnectFailure {
  /** What the kernel's words, in lower case, mean. The JDK hands over no error number. */
  private record Meaning(String words, Reason reason) {}

  private static final List<Meaning> MEANINGS =
      List.of(
          new Meaning("connection refused", Reason.CONNECTION_REFUSED),
          new Meaning("connection reset", Reason.CONNECTION_RESET),
          new Meaning("broken pipe", Reason.CONNECTION_RESET),
          new Meaning("timed out", Reason.CONNECT_TIMEOUT),
          new Meaning("timeout", Reason.CONNECT_TIMEOUT),
          new Meaning("no route to host", Reason.HOST_UNREACHABLE),
          new Meaning("host is unreachable", Reason.HOST_UNREACHABLE),
          new Meaning("host is down", Reason.HOST_UNREACHABLE),
          new Meaning("network is unreachable", Reason.NETWORK_UNREACHABLE),
          new Meaning("network is down", Reason.PROBE_NO_ROUTE),
          new Meaning("operation not permitted", Reason.PROBE_NO_ROUTE),
          new Meaning("permission denied", Reason.PROBE_NO_ROUTE),
          new Meaning("address family not supported", Reason.PROBE_NO_ADDRESS_FAMILY),
          new Meaning("protocol not available", Reason.PROBE_NO_ADDRESS_FAMILY),
          new Meaning("protocol family unavailable", Reason.PROBE_NO_ADDRESS_FAMILY),
          new Meaning("too many open files", Reason.PROBE_OVERLOADED),
          new Meaning("no buffer space", Reason.PROBE_OVERLOADED),
          new Meaning("cannot assign requested address", Reason.PROBE_OVERLOADED),
          new Meaning("cannot allocate memory", Reason.PROBE_OVERLOADED),
          new Meaning("resource temporarily unavailable", Reason.PROBE_OVERLOADED));

  private static final Set<Reason> ABOUT_THE_WAY =
      Set.of(
          Reason.HOST_UNREACHABLE,
          Reason.NETWORK_UNREACHABLE,
          Reason.CONNECT_TIMEOUT,
          Reason.PROBE_OVERLOADED,
          Reason.PROBE_NO_ROUTE);

  private static final int MAX_CAUSES = 8;

  private ConnectFailure() {}

  /** Of the failures of one server's addresses, tried one after another, the one to be told. */
  static final class Told {
    private Optional<Finding> failure = Optional.empty();
    private Optional<InetAddress> at = Optional.empty();

    /** A reason that speaks about the target beats the probe's own; among equals the first. */
    void add(Finding found, InetAddress address) {
      boolean better =
          failure.isEmpty()
              || (failure.get().reason().isProbesOwn() && !found.reason().isProbesOwn());
      if (better) {
        failure = Optional.of(found);
        at = Optional.of(address);
      }
    }

    /** Ends the attempt with it, and with the address that it is about. */
    void end(Attempt attempt) {
      at.ifPresent(address -> attempt.note(facts -> facts.withAddress(AddressText.of(address))));
      failure.ifPresent(attempt::failed);
    }
  }

  /**
   * What {@code failure} of a connection to {@code address} means. Unreachability, and silence too,
   * is the probe's own when it has no route of that family at all.
   */
  public static Finding of(Throwable failure, InetAddress address, SelfHealth health) {
    Reason said = reasonOf(failure);
    Reason reason = ABOUT_THE_WAY.contains(said) ? ownIfNoRoute(said, address, health) : said;
    return new Finding(reason, detail(reason, failure, address));
  }

  /** The words of a reset by the peer, on an established connection. */
  public static boolean isReset(Throwable failure) {
    return reasonOf(failure) == Reason.CONNECTION_RESET;
  }

  private static Reason reasonOf(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; depth < MAX_CAUSES; depth++) {
      Optional<Reason> reason = ownReasonOf(cause);
      if (reason.isPresent()) {
        return reason.get();
      }
      Throwable next = cause.getCause();
      if (next == null) {
        break;
      }
      cause = next;
    }
    return Reason.PROBE_INTERNAL_ERROR;
  }

  private static Optional<Reason> ownReasonOf(Throwable cause) {
    if (cause instanceof ConnectTimeoutException) {
      return Optional.of(Reason.CONNECT_TIMEOUT);
    }
    if (cause instanceof UnresolvedAddressException) {
      return Optional.of(Reason.PROBE_INTERNAL_ERROR);
    }
    String message = cause.getMessage();
    String words = message == null ? "" : message.toLowerCase(Locale.ROOT);
    Optional<Reason> meant =
        MEANINGS.stream()
            .filter(meaning -> words.contains(meaning.words()))
            .map(Meaning::reason)
            .findFirst();
    boolean unreachable =
        cause instanceof NoRouteToHostException || cause instanceof PortUnreachableException;
    return meant.or(() -> unreachable ? Optional.of(Reason.HOST_UNREACHABLE) : Optional.empty());
  }

  private static Reason ownIfNoRoute(Reason said, InetAddress address, SelfHealth health) {
    boolean ipv6 = address instanceof Inet6Address;
    if (address.isLoopbackAddress() || health.hasRoute(ipv6)) {
      return said;
    }
    // "Cannot assign requested address" is also what a machine without IPv6 addresses answers.
    return ipv6 && health.hasRoute(false) ? Reason.PROBE_NO_ADDRESS_FAMILY : Reason.PROBE_NO_ROUTE;
  }

  private static String detail(Reason reason, Throwable failure, InetAddress address) {
    String where = AddressText.of(address);
    boolean unclear = reason == Reason.PROBE_INTERNAL_ERROR || reason == Reason.PROBE_OVERLOADED;
    return unclear
        ? where + ": " + failure.getClass().getSimpleName() + ": " + failure.getMessage()
        : where;
  }
}
