package parallax.deploy.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.secret.Secret;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.cluster.Clocks;
import parallax.coordinator.cluster.ClusterMember;
import parallax.coordinator.cluster.Listeners;
import parallax.coordinator.cluster.bundle.Bundle;
import parallax.coordinator.cluster.bundle.BundleFollower;
import parallax.coordinator.cluster.discovery.Discovery;
import parallax.coordinator.cluster.discovery.HostPort;
import parallax.coordinator.cluster.discovery.MemberAddress;
import parallax.coordinator.cluster.discovery.MemberCard;
import parallax.coordinator.cluster.feed.Delivery;
import parallax.coordinator.cluster.feed.FeedReader;
import parallax.coordinator.cluster.grid.MemberSettings;
import parallax.coordinator.cluster.lead.LeadershipListener;
import parallax.coordinator.cluster.lead.Term;
import parallax.coordinator.cluster.replica.Feed;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.intake.Receipt;

/**
 * One member as a process: takes observations in, as from one probe of each {@link #PROBES}, and
 * says line by line what became of them. As the leader it reads, and confirms nothing, so that all
 * stays where the next leader must find it. Times are of the machine's one monotonic clock.
 */
final class MemberMain implements LeadershipListener, FeedReader, BundleFollower {
  static final int PROBES = 4;
  static final int BATCH = 5;

  /** Stands before a name whose addresses are all members. */
  static final String NAME = "name=";

  private static final Duration PACE = Duration.ofMillis(50);
  private static final Duration SAMPLE = Duration.ofMillis(50);

  private final ClusterMember member;
  private final String name;
  private final long boot = System.currentTimeMillis();
  private Optional<Feed> feed = Optional.empty();
  private volatile long term;
  private long turn;

  private MemberMain(String name, String address, List<String> members, String cluster) {
    this.name = name;
    this.member =
        ClusterMember.start(
            new MemberSettings(
                MemberAddress.parse(address),
                Secret.of(cluster),
                discovery(members),
                MemberLab.MEMBERS,
                new MemberCard(name, "http://" + address, "test")),
            new Listeners(this, _ -> {}, this),
            new Clocks(InstantSource.system(), System::nanoTime, new SecureRandom().nextLong()));
  }

  private static Discovery discovery(List<String> members) {
    String first = members.getFirst();
    return first.startsWith(NAME)
        ? new Discovery.Name(HostPort.parse(first.substring(NAME.length())))
        : new Discovery.Listed(members.stream().map(HostPort::parse).toList());
  }

  /**
   * What it is called, its address, all addresses or the one name of all; the cluster's name is the
   * first line of its input.
   */
  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<String> members = Arrays.asList(arguments).subList(2, arguments.length);
    MemberMain main = new MemberMain(arguments[0], arguments[1], members, in.readLine());
    say("started");
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor()) {
      ScheduledFuture<?> samples =
          clock.scheduleAtFixedRate(main::sample, 0, SAMPLE.toMillis(), TimeUnit.MILLISECONDS);
      Optional<ScheduledFuture<?>> load = Optional.empty();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line) {
          case "load" ->
              load =
                  Optional.of(
                      work.scheduleAtFixedRate(
                          main::take, 0, PACE.toMillis(), TimeUnit.MILLISECONDS));
          case "rest" -> load.ifPresent(task -> task.cancel(false));
          case "close" -> main.member.close();
          default -> say("what " + line);
        }
      }
      samples.cancel(true);
    }
    System.exit(0);
  }

  private static synchronized void say(String line) {
    System.out.println(System.nanoTime() + " " + line);
    System.out.flush();
  }

  private void sample() {
    long now = term;
    if (now > 0 && member.leads()) {
      say("leads " + now);
    }
  }

  private void take() {
    String probe = name + "-" + turn % PROBES;
    long first = turn / PROBES * BATCH;
    turn++;
    Vantage vantage = new Vantage(new ProbeName(probe), new Region("here"), Optional.empty());
    List<Evidence> evidence = new ArrayList<>();
    for (long sequence = first; sequence < first + BATCH; sequence++) {
      evidence.add(new Evidence(look(vantage, sequence), Instant.now()));
    }
    long begun = System.nanoTime();
    member
        .intake()
        .take(evidence)
        .thenAccept(
            receipt -> {
              String what = receipt instanceof Receipt.KeepThem(var why) ? "keep " + why : "safe";
              long millis = (System.nanoTime() - begun) / 1_000_000;
              say(what + " " + probe + ":" + boot + ":" + first + " " + millis);
            });
  }

  private Observation look(Vantage vantage, long sequence) {
    Instant scheduled = Instant.ofEpochSecond(1_790_000_000 + sequence);
    return new Observation(
        new ObservationId(vantage.probe(), boot, sequence),
        vantage,
        new TargetName("target-" + sequence % 7),
        CheckKind.HTTP,
        Layer.CONTENT,
        scheduled,
        scheduled,
        Duration.ofMillis(5),
        Outcome.up(),
        Timings.NONE,
        Facts.NONE);
  }

  @Override
  public void lead(Term began) {
    term = began.number();
    say("lead " + term);
    feed = Optional.of(member.feed(term, this));
  }

  @Override
  public void follow(Optional<MemberCard> leader) {
    term = 0;
    say("follow " + leader.map(MemberCard::name).orElse("-"));
    feed.ifPresent(Feed::close);
    feed = Optional.empty();
  }

  @Override
  public void read(Delivery delivery) {
    StringBuilder line = new StringBuilder("read " + term + " " + delivery.kind());
    for (Evidence evidence : delivery.evidence()) {
      ObservationId id = evidence.observation().id();
      line.append(' ').append(id.probe().value() + ":" + id.boot() + ":" + id.sequence());
    }
    say(line.toString());
  }

  @Override
  public void alive(List<Beat> beats) {}

  @Override
  public void caughtUp() {
    say("caughtUp " + term);
  }

  @Override
  public void superseded() {
    say("superseded " + term);
  }

  @Override
  public boolean prepare(Bundle bundle) {
    return true;
  }

  @Override
  public void apply(Bundle bundle) {}
}
