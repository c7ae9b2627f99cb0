package parallax.coordinator;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import parallax.config.fault.Steps;
import parallax.coordinator.configuration.hook.PullHook;
import parallax.coordinator.ingest.StoreWriter;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.runbook.execute.Runner;
import parallax.coordinator.runbook.local.LocalCommands;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;

/**
 * What differs for a coordinator to which others speak from elsewhere, alone or among others.
 *
 * @param name of this coordinator, for people
 * @param steps is told of those that must not lose anything
 * @param maxEvidence that waits for the store
 * @param trouble why it cannot do its part, in words; empty when it can. While there is any, it is
 *     not ready, and tells no watchdog that it works
 * @param tallies counted elsewhere in the process, to be shown on the same page
 * @param connections the streams of probes, on all coordinators
 * @param hook who may have the configuration asked for; empty: nobody
 * @param commands that this machine allows runbooks to run
 * @param members the coordinators that work together; none: this one is alone
 */
public record Peering(
    String name,
    Steps steps,
    int maxEvidence,
    Supplier<List<String>> trouble,
    Supplier<List<Tally>> tallies,
    Supplier<List<ProbeConnection>> connections,
    Optional<PullHook> hook,
    LocalCommands commands,
    Supplier<List<Overview.Member>> members) {
  /** Of one whose only probe is in the same process. */
  public static final Peering NONE =
      new Peering("up", Steps.UNWATCHED, StoreWriter.MAX_EVIDENCE, List::of, List::of, List::of);

  /** With no hook, and no commands. */
  public Peering(
      String name,
      Steps steps,
      int maxEvidence,
      Supplier<List<String>> trouble,
      Supplier<List<Tally>> tallies,
      Supplier<List<ProbeConnection>> connections) {
    this(
        name,
        steps,
        maxEvidence,
        trouble,
        tallies,
        connections,
        Optional.empty(),
        LocalCommands.NONE,
        List::of);
  }

  /** One whose only probe is in the same process, and shown as connected. */
  public static Peering of(Supplier<ProbeConnection> own) {
    return new Peering(
        NONE.name,
        NONE.steps,
        NONE.maxEvidence,
        NONE.trouble,
        NONE.tallies,
        () -> List.of(own.get()));
  }

  /** The same with a hook, which is counted on the same page. */
  public Peering with(Optional<PullHook> other) {
    Supplier<List<Tally>> all =
        () -> Stream.concat(tallies.get().stream(), other.map(PullHook::tally).stream()).toList();
    return new Peering(
        name, steps, maxEvidence, trouble, all, connections, other, commands, members);
  }

  /** The same on a machine that allows other commands. */
  public Peering with(LocalCommands others) {
    return new Peering(
        name, steps, maxEvidence, trouble, tallies, connections, hook, others, members);
  }

  /** The same among others. */
  public Peering among(Supplier<List<Overview.Member>> all) {
    return new Peering(
        name, steps, maxEvidence, trouble, tallies, connections, hook, commands, all);
  }

  /** What runs actions on this machine. */
  Runner runner(Store store, InstantSource clock, LongSupplier nanos, String version) {
    return new Runner(new Runner.Ports(store, clock, nanos, commands, version));
  }
}
