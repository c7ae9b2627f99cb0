package parallax.deploy.coordinator;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.check.CheckKind;
import parallax.config.fault.Steps;
import parallax.config.observation.ProbeName;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretSource;
import parallax.config.target.TargetName;
import parallax.coordinator.CoordinatorNode;
import parallax.coordinator.Peering;
import parallax.coordinator.clock.AgreedClock;
import parallax.coordinator.clock.ClockKeeper;
import parallax.coordinator.cluster.Clocks;
import parallax.coordinator.cluster.ClusterMember;
import parallax.coordinator.cluster.Listeners;
import parallax.coordinator.cluster.grid.MemberSettings;
import parallax.coordinator.configuration.ConfigurationSource;
import parallax.coordinator.configuration.StoreApprovals;
import parallax.coordinator.configuration.Watching;
import parallax.coordinator.configuration.hook.PullHook;
import parallax.coordinator.identity.Credentials;
import parallax.coordinator.identity.TokenAuthority;
import parallax.coordinator.ingest.AskAgain;
import parallax.coordinator.ingest.CoreDecider;
import parallax.coordinator.ingest.StoreWriter;
import parallax.coordinator.intake.Intake;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.runbook.local.LocalCommands;
import parallax.coordinator.store.Store;
import parallax.coordinator.uplink.Presence;
import parallax.coordinator.uplink.UplinkPorts;
import parallax.coordinator.uplink.UplinkServer;
import parallax.coordinator.uplink.UplinkSettings;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;
import parallax.deploy.command.Listen;
import parallax.deploy.command.Version;
import parallax.deploy.otlp.Otlp;

/** A coordinator, the port for its probes, and what makes it one of several. */
final class HubNode implements AutoCloseable {
  /** How long an end may take before it is made an end of. */
  static final Duration GOODBYE = Duration.ofSeconds(30);

  /** Observations that wait for the record: more than the journals of a cluster hold. */
  private static final int MAX_EVIDENCE = 2 * StoreWriter.MAX_EVIDENCE;

  private static final Logger LOG = LoggerFactory.getLogger(HubNode.class);

  private final Settings settings;
  private final AgreedClock clock = new AgreedClock(InstantSource.system(), System::nanoTime);
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final AtomicReference<Optional<UplinkServer>> uplink =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<ClusterMember>> member =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<SharedConfigurations>> shared =
      new AtomicReference<>(Optional.empty());

  /** Of one that is alone. */
  private final AtomicReference<Optional<Watching>> watched =
      new AtomicReference<>(Optional.empty());

  /** What is to be closed, the last one first. */
  private final Deque<Runnable> endings = new ArrayDeque<>();

  private final CoordinatorNode node;
  private final Optional<Listen> publicPage;

  /**
   * What runs.
   *
   * @param name of this coordinator, for people
   * @param store is closed at the end, as {@code credentials} are
   * @param publicly where the public status page is served; empty: nowhere
   * @param member makes the settings of a member of where it serves HTTP; empty: it is alone
   * @param hookSecret of who may have the configuration asked for; empty: nobody
   * @param commands that this machine allows runbooks to run
   */
  record Settings(
      String name,
      ConfigurationSource source,
      ConfigurationSource.Start.Ready first,
      Store store,
      Credentials credentials,
      Listen listen,
      Optional<Listen> publicly,
      UplinkSettings uplink,
      Optional<Function<URI, MemberSettings>> member,
      Optional<Secret> hookSecret,
      LocalCommands commands,
      Steps steps) {}

  /**
   * Starts everything; it listens when this returns.
   *
   * @throws parallax.coordinator.store.StoreException when the record cannot be used
   * @throws parallax.coordinator.uplink.UplinkException when probes cannot be listened to
   * @throws IllegalArgumentException when a member would not be safe
   * @throws IllegalStateException when it cannot run
   */
  static HubNode start(Settings settings) {
    return new HubNode(settings);
  }

  private HubNode(Settings settings) {
    this.settings = settings;
    endings.push(this::closeVertx);
    endings.push(settings.store()::close);
    endings.push(settings.credentials()::close);
    endings.push(settings.source()::close);
    try {
      TokenAuthority authority = new TokenAuthority(settings.credentials(), clock);
      endings.push(authority::close);
      node = settings.member().isPresent() ? among(authority) : alone(authority);
      endings.push(
          Otlp.start(
              "parallax-coordinator",
              settings.name(),
              () -> node.metrics()::next,
              node.registry(),
              clock));
      publicPage =
          settings.publicly().map(there -> there.at(node.publish(there.host(), there.port())));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private CoordinatorNode alone(TokenAuthority authority) {
    endings.push(ClockKeeper.start(clock, HubNode::nobody)::close);
    CoordinatorNode coordinator = CoordinatorNode.start(coordinator(this::lookHere));
    endings.push(coordinator::close);
    serve(authority, coordinator.intake(), Presence.ALONE);
    InForce inForce = new InForce(coordinator, uplink::get, member::get);
    inForce.begin(settings.first());
    Watching watching = settings.source().watch(settings.first(), watch(inForce));
    watching.bindTo(coordinator.registry());
    endings.push(watching::close);
    watching.start();
    watched.set(Optional.of(watching));
    return coordinator;
  }

  private CoordinatorNode among(TokenAuthority authority) {
    CoordinatorNode coordinator =
        CoordinatorNode.among(coordinator(this::lookAnywhere), CoreDecider::restored);
    endings.push(coordinator::close);
    URI page = URI.create(settings.listen().at(coordinator.port()).url());
    MemberSettings own = settings.member().orElseThrow().apply(page);
    InForce inForce = new InForce(coordinator, uplink::get, member::get);
    SharedConfigurations configurations =
        new SharedConfigurations(
            settings.source(), SecretSource.ofMachine(), settings.first(), inForce);
    shared.set(Optional.of(configurations));
    Joined joined = new Joined();
    Leading leading =
        new Leading(
            coordinator,
            (epoch, reader) -> joined.member().feed(epoch, reader),
            new Leading.Turns() {
              @Override
              public void began() {
                configurations.lead(joined.member().configuration(), watch(inForce));
              }

              @Override
              public void ended() {
                configurations.follow();
              }
            });
    ClusterMember started =
        ClusterMember.start(
            own,
            new Listeners(
                leading,
                look -> lookHere(look.target(), look.check(), look.probe(), look.after()),
                configurations,
                this::connectedHere),
            new Clocks(clock, clock.own(), System::nanoTime, randomId()));
    member.set(Optional.of(started));
    endings.push(started::close);
    endings.push(ClockKeeper.start(clock, () -> started.clocksAhead(clock))::close);
    endings.push(leading::close);
    endings.push(configurations::close);
    serve(authority, started.intake(), new OtherMembers(started.streams(), settings.name()));
    inForce.opened();
    joined.complete(started);
    return coordinator;
  }

  /** Who is alone goes by the clock of its machine. */
  private static CompletionStage<List<Duration>> nobody() {
    return CompletableFuture.completedFuture(List.of());
  }

  private static long randomId() {
    return new SecureRandom().nextLong() | 1;
  }

  private CoordinatorNode.Settings coordinator(AskAgain askAgain) {
    return new CoordinatorNode.Settings(
        vertx,
        settings.listen().host(),
        settings.listen().port(),
        settings.store(),
        settings.first().configuration(),
        clock,
        askAgain,
        Version.NUMBER,
        new Peering(
                settings.name(),
                settings.steps(),
                MAX_EVIDENCE,
                this::trouble,
                this::tallies,
                this::connected)
            .with(settings.hookSecret().map(secret -> new PullHook(secret, this::pull)))
            .with(settings.commands())
            .among(this::members));
  }

  /** The coordinators that are present; none: this one is alone. */
  private List<Overview.Member> members() {
    return member.get().map(ClusterMember::view).map(Members::of).orElse(List.of());
  }

  private void pull() {
    watched.get().ifPresent(Watching::poke);
    shared.get().ifPresent(SharedConfigurations::poke);
  }

  private ConfigurationSource.Watch watch(InForce inForce) {
    return new ConfigurationSource.Watch(
        new StoreApprovals(settings.store(), clock), clock, inForce);
  }

  private void serve(TokenAuthority authority, Intake intake, Presence presence) {
    UplinkServer server =
        UplinkServer.start(
            settings.uplink(),
            new UplinkPorts(
                settings.name(),
                vertx,
                authority,
                intake,
                presence,
                this::isOutdated,
                settings.steps(),
                clock,
                System::nanoTime));
    uplink.set(Optional.of(server));
    endings.push(server::close);
  }

  /** Whether others may go by a configuration that is not in force here yet. */
  private boolean isOutdated() {
    return shared.get().filter(SharedConfigurations::isLate).isPresent() || !trouble().isEmpty();
  }

  private List<String> trouble() {
    Optional<String> few =
        member
            .get()
            .map(ClusterMember::view)
            .filter(view -> !view.majority())
            .map(view -> "it sees too few coordinators: " + view.members().size());
    Optional<String> unusable = shared.get().flatMap(SharedConfigurations::trouble);
    return Stream.concat(few.stream(), unusable.stream()).toList();
  }

  private List<Tally> tallies() {
    return uplink.get().map(UplinkServer::tallies).orElse(List.of());
  }

  private List<ProbeConnection> connectedHere() {
    return uplink.get().map(UplinkServer::probes).orElse(List.of());
  }

  private List<ProbeConnection> connected() {
    List<ProbeConnection> all = new ArrayList<>(connectedHere());
    member.get().map(ClusterMember::probesElsewhere).ifPresent(all::addAll);
    return all;
  }

  private void lookHere(TargetName target, CheckKind check, ProbeName probe, Duration after) {
    uplink.get().ifPresent(server -> server.lookAgain(target, check, probe, after));
  }

  private void lookAnywhere(TargetName target, CheckKind check, ProbeName probe, Duration after) {
    member.get().ifPresent(one -> one.askAgain().checkNow(target, check, probe, after));
  }

  /** Where the page is served. */
  Listen page() {
    return settings.listen().at(node.port());
  }

  /** Where the public status page is served. */
  Optional<Listen> publicPage() {
    return publicPage;
  }

  /** The port for probes. */
  int uplinkPort() {
    return uplink.get().map(UplinkServer::port).orElse(0);
  }

  @Override
  public void close() {
    while (!endings.isEmpty()) {
      try {
        endings.pop().run();
      } catch (RuntimeException e) {
        LOG.warn("coordinator=closing error={}", e.toString());
      }
    }
  }

  private void closeVertx() {
    try {
      vertx.close().await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("vertx=closing why=\"did not end in {}\"", GOODBYE);
    }
  }
}
