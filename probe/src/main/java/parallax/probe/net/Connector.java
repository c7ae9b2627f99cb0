package parallax.probe.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;

/**
 * Name to connection: resolves once, leaves out what the policy refuses, and tries the addresses in
 * order until one accepts. The address judged is the address connected to.
 */
public final class Connector {
  /** More addresses than this are not tried. */
  public static final int MAX_ADDRESSES = 4;

  /** The resolver ends this much before the check, so that its reason is the one that is told. */
  private static final Duration RESOLVER_MARGIN = Duration.ofMillis(25);

  private final EventLoops loops;
  private final Resolver resolver;
  private final NetworkPolicy policy;
  private final SelfHealth health;

  public Connector(EventLoops loops, Resolver resolver, NetworkPolicy policy, SelfHealth health) {
    this.loops = loops;
    this.resolver = resolver;
    this.policy = policy;
    this.health = health;
  }

  /**
   * Where to.
   *
   * @param hop how the check came to want this server
   */
  public record Destination(ServerAddress server, Naming naming, NetworkPolicy.Hop hop) {}

  /**
   * An open connection, held by its attempt. Nothing is read yet.
   *
   * @param address the one connected to
   */
  public record Connected(Channel channel, InetAddress address) {}

  /** The same, with connections that leave from there. */
  public Connector leaving(Departure from) {
    return new Connector(loops.leaving(from), resolver, policy, health);
  }

  /** Names to addresses as for connections, for whoever wants to choose among them. */
  public Resolver resolver() {
    return resolver;
  }

  /** Connects to a socket of this machine and goes on with {@code next}, or ends the attempt. */
  public void connectLocal(Attempt attempt, Path socket, Consumer<Channel> next) {
    attempt.enter(Phase.CONNECT, Reason.CONNECT_TIMEOUT);
    ChannelFuture connecting = loops.localConnection(attempt.loop(), socket).connect();
    if (connecting.cause() == null) {
      attempt.hold(connecting.channel());
    }
    connecting.addListener(
        done ->
            attempt.onLoop(
                () -> {
                  if (connecting.isSuccess()) {
                    attempt.leavePhase();
                    next.accept(connecting.channel());
                  } else {
                    attempt.failed(
                        Reason.CONNECTION_REFUSED, String.valueOf(done.cause().getMessage()));
                  }
                }));
  }

  public EventLoops loops() {
    return loops;
  }

  public NetworkPolicy policy() {
    return policy;
  }

  /** Connects and goes on with {@code next}, or ends the attempt with the reason. */
  public void connect(Attempt attempt, Destination destination, Consumer<Connected> next) {
    resolve(
        attempt,
        new Host(destination.server().host(), destination.naming(), destination.hop()),
        addresses -> {
          attempt.enter(Phase.CONNECT, Reason.CONNECT_TIMEOUT);
          new Addresses(attempt, addresses, destination.server().port(), next).tryNext();
        });
  }

  /**
   * Opens a UDP socket that hears {@code address} alone, and goes on with {@code next}, or ends the
   * attempt with the reason. Nothing is read yet.
   */
  public void datagrams(Attempt attempt, InetAddress address, int port, Consumer<Connected> next) {
    attempt.note(facts -> facts.withAddress(AddressText.of(address)));
    ChannelFuture connecting =
        loops.datagrams(attempt.loop(), new InetSocketAddress(address, port)).connect();
    if (connecting.cause() == null) {
      attempt.hold(connecting.channel());
    }
    connecting.addListener(
        done ->
            attempt.onLoop(
                () -> {
                  if (connecting.isSuccess()) {
                    next.accept(new Connected(connecting.channel(), address));
                  } else {
                    attempt.failed(finding(done.cause(), address));
                  }
                }));
  }

  /** What it means that {@code address} could not be reached; see {@link ConnectFailure}. */
  public Finding finding(Throwable failure, InetAddress address) {
    return ConnectFailure.of(failure, address, health);
  }

  /**
   * A host whose addresses are wanted.
   *
   * @param hop how the check came to want it
   */
  public record Host(String name, Naming naming, NetworkPolicy.Hop hop) {}

  /**
   * Finds the addresses that may be connected to, at most {@link #MAX_ADDRESSES} in the order in
   * which they are to be tried, and goes on with {@code next}, or ends the attempt with the reason.
   */
  public void resolve(Attempt attempt, Host host, Consumer<List<InetAddress>> next) {
    attempt.enter(Phase.RESOLVE, Reason.PROBE_RESOLVER_DOWN);
    if (host.naming().choice() instanceof Naming.Choice.Only(String of, String address)
        && of.equals(host.name())) {
      List<InetAddress> known = List.of(InetAddress.ofLiteral(address));
      resolved(attempt, host, new Resolver.Resolved(known, List.of(), Duration.ZERO), next);
      return;
    }
    Duration left = attempt.deadline().left();
    Duration margin =
        left.dividedBy(10).compareTo(RESOLVER_MARGIN) < 0 ? left.dividedBy(10) : RESOLVER_MARGIN;
    resolver
        .resolve(host.name(), host.naming(), attempt.deadline().part(left.minus(margin)))
        .onComplete(
            resolution ->
                attempt.onLoop(
                    () -> {
                      if (resolution.succeeded()) {
                        resolved(attempt, host, resolution.result(), next);
                      } else {
                        attempt.broken(resolution.cause());
                      }
                    }));
  }

  private void resolved(
      Attempt attempt,
      Host host,
      Resolver.Resolution resolution,
      Consumer<List<InetAddress>> next) {
    switch (resolution) {
      case Resolver.Unresolved(Reason reason, String detail, Duration _) ->
          attempt.failed(reason, detail);
      case Resolver.Resolved(
              List<InetAddress> addresses,
              List<String> canonicalNames,
              Duration _) -> {
        attempt.note(facts -> facts.withCanonicalNames(all(facts, canonicalNames)));
        List<InetAddress> permitted = new ArrayList<>();
        Optional<String> refusal = Optional.empty();
        for (InetAddress address : addresses) {
          Optional<String> refused = policy.refusal(address, host.hop());
          if (refused.isEmpty() && permitted.size() < MAX_ADDRESSES) {
            permitted.add(address);
          }
          refusal = refusal.or(() -> refused);
        }
        if (permitted.isEmpty()) {
          refuse(attempt, host.hop(), refusal.orElse(""));
        } else {
          attempt.reached(Layer.TCP);
          attempt.leavePhase();
          next.accept(permitted);
        }
      }
    }
  }

  /** The names of this connection and of those before it, which redirected to it. */
  private static List<String> all(Facts facts, List<String> canonicalNames) {
    return Stream.concat(facts.canonicalNames().stream(), canonicalNames.stream()).toList();
  }

  /** Ends the attempt because of where it leads. */
  public static void refuse(Attempt attempt, NetworkPolicy.Hop hop, String refusal) {
    attempt.failed(
        hop == NetworkPolicy.Hop.CONFIGURED
            ? Reason.PROBE_ADDRESS_FORBIDDEN
            : Reason.HTTP_REDIRECT_FORBIDDEN,
        refusal);
  }

  /** The addresses of one server, tried in order, each with its share of the time left. */
  private final class Addresses {
    private final Attempt attempt;
    private final List<InetAddress> addresses;
    private final int port;
    private final Consumer<Connected> next;
    private int tried;
    private Optional<Finding> failure = Optional.empty();
    private Optional<InetAddress> failedAt = Optional.empty();

    Addresses(Attempt attempt, List<InetAddress> addresses, int port, Consumer<Connected> next) {
      this.attempt = attempt;
      this.addresses = addresses;
      this.port = port;
      this.next = next;
    }

    void tryNext() {
      InetAddress address = addresses.get(tried);
      int share = addresses.size() - tried;
      tried++;
      attempt.note(facts -> facts.withAddress(AddressText.of(address)));
      ChannelFuture connecting =
          loops
              .connection(attempt.loop(), new InetSocketAddress(address, port))
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis(share))
              .connect();
      if (connecting.cause() == null) {
        attempt.hold(connecting.channel());
      }
      connecting.addListener(done -> attempt.onLoop(() -> connected(address, connecting)));
    }

    /** The last address has all the time left, and ends with the attempt. */
    private int timeoutMillis(int share) {
      return share == 1
          ? 0
          : Math.clamp(attempt.deadline().left().toMillis() / share, 1, Integer.MAX_VALUE);
    }

    private void connected(InetAddress address, ChannelFuture connecting) {
      if (connecting.isSuccess()) {
        attempt.leavePhase();
        next.accept(new Connected(connecting.channel(), address));
        return;
      }
      Finding found = ConnectFailure.of(connecting.cause(), address, health);
      // A reason that speaks about the target beats the probe's own; among equals the first.
      boolean better =
          failure.map(f -> f.reason().isProbesOwn()).orElse(true)
              && (failure.isEmpty() || !found.reason().isProbesOwn());
      failure = better ? Optional.of(found) : failure;
      failedAt = better ? Optional.of(address) : failedAt;
      if (tried < addresses.size()) {
        tryNext();
      } else {
        // That which the reason is about, not that which was tried last.
        failedAt.ifPresent(at -> attempt.note(facts -> facts.withAddress(AddressText.of(at))));
        attempt.failed(failure.orElse(found));
      }
    }
  }
}
