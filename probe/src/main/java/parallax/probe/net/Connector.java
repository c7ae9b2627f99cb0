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
          new Turns(attempt, addresses, destination.server().port())
              .tryNext((to, turn) -> connection(attempt, to, turn, next));
        });
  }

  private void connection(
      Attempt attempt, InetSocketAddress to, Turn turn, Consumer<Connected> next) {
    int millis =
        turn.patience().map(time -> Math.clamp(time.toMillis(), 1, Integer.MAX_VALUE)).orElse(0);
    ChannelFuture connecting =
        loops
            .connection(attempt.loop(), to)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
            .connect();
    if (connecting.cause() == null) {
      attempt.hold(connecting.channel());
    }
    connecting.addListener(
        done ->
            attempt.onLoop(
                () -> {
                  if (connecting.isSuccess()) {
                    attempt.leavePhase();
                    next.accept(new Connected(connecting.channel(), to.getAddress()));
                  } else {
                    turn.unreached(finding(done.cause(), to.getAddress()));
                  }
                }));
  }

  /**
   * Opens a UDP socket that hears {@code address} alone, and goes on with {@code next}, or ends the
   * attempt with the reason. Nothing is read yet.
   */
  public void datagrams(Attempt attempt, InetAddress address, int port, Consumer<Connected> next) {
    datagrams(attempt, new InetSocketAddress(address, port), next, attempt::failed);
  }

  private void datagrams(
      Attempt attempt, InetSocketAddress to, Consumer<Connected> next, Consumer<Finding> failed) {
    InetAddress address = to.getAddress();
    attempt.note(facts -> facts.withAddress(AddressText.of(address)));
    ChannelFuture connecting = loops.datagrams(attempt.loop(), to).connect();
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
                    failed.accept(finding(done.cause(), address));
                  }
                }));
  }

  /** What is to happen over a UDP socket so that it is known whether a server is there. */
  @FunctionalInterface
  public interface Opening {
    /** Says something, and tells {@code turn} what came of it. */
    void over(Connected socket, Turn turn);
  }

  /**
   * Opens UDP sockets to the addresses of a server in order, as {@link #connect} does with
   * connections, until {@code opening} has reached one; or ends the attempt with the reason.
   *
   * @param silent what it means that nothing is heard of a server
   */
  public void approach(Attempt attempt, Destination destination, Reason silent, Opening opening) {
    resolve(
        attempt,
        new Host(destination.server().host(), destination.naming(), destination.hop()),
        addresses -> {
          attempt.enter(Phase.CONNECT, silent);
          new Turns(attempt, addresses, destination.server().port())
              .tryNext(
                  (to, turn) ->
                      datagrams(
                          attempt,
                          to,
                          socket -> {
                            turn.patience()
                                .ifPresent(
                                    patience ->
                                        attempt.after(
                                            patience,
                                            () ->
                                                turn.unreached(
                                                    new Finding(
                                                        silent, AddressText.of(to.getAddress())))));
                            opening.over(socket, turn);
                          },
                          turn::unreached));
        });
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

  /** One address of a server that is tried. */
  public static final class Turn {
    private final Optional<Duration> patience;
    private final Consumer<Finding> next;
    private boolean over;

    private Turn(Optional<Duration> patience, Consumer<Finding> next) {
      this.patience = patience;
      this.next = next;
    }

    /** How long it may take; the last address has all the time left and ends with the attempt. */
    Optional<Duration> patience() {
      return patience;
    }

    /** Something has been heard: no other address is tried. */
    public void reached() {
      over = true;
    }

    /** This address cannot be reached: the next is tried, or the attempt ends. */
    public void unreached(Finding finding) {
      if (!over) {
        over = true;
        next.accept(finding);
      }
    }
  }

  /** How an address is tried. */
  private interface Trial {
    void at(InetSocketAddress to, Turn turn);
  }

  /** The addresses of one server, tried in order, each with its share of the time left. */
  private static final class Turns {
    private final Attempt attempt;
    private final List<InetAddress> addresses;
    private final int port;
    private final ConnectFailure.Told told = new ConnectFailure.Told();
    private int tried;

    Turns(Attempt attempt, List<InetAddress> addresses, int port) {
      this.attempt = attempt;
      this.addresses = addresses;
      this.port = port;
    }

    void tryNext(Trial trial) {
      InetAddress address = addresses.get(tried);
      int share = addresses.size() - tried;
      tried++;
      Optional<Duration> patience =
          share == 1
              ? Optional.empty()
              : Optional.of(
                  Duration.ofMillis(Math.max(attempt.deadline().left().toMillis() / share, 1)));
      attempt.note(facts -> facts.withAddress(AddressText.of(address)));
      trial.at(
          new InetSocketAddress(address, port),
          new Turn(
              patience,
              finding -> {
                told.add(finding, address);
                attempt.letGo();
                if (tried < addresses.size()) {
                  tryNext(trial);
                } else {
                  told.end(attempt);
                }
              }));
    }
  }
}
