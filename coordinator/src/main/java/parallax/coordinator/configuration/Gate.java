package parallax.coordinator.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.problem.Problem;
import parallax.coordinator.configuration.change.Admission;
import parallax.coordinator.configuration.change.Approvals;
import parallax.coordinator.configuration.change.Candidate;
import parallax.coordinator.view.SourceRevision;

/**
 * Stands between what was read and those who work by it: what the guard objects to waits here until
 * somebody approves it, or something else comes. For one thread.
 */
final class Gate implements ConfigurationWatcher.Listener {
  /** One of so many polls asks anew whether what waits was approved. */
  private static final int POLLS_A_QUESTION = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final Approvals approvals;
  private final ConfigurationWatcher.Listener listener;
  private Configuration inForce;
  private Optional<Offer> waiting = Optional.empty();
  private int polls;

  /** Something that could come into force. */
  record Offer(Candidate candidate, Optional<SourceRevision> source) {}

  /** A gate behind which {@code inForce} is in force. */
  Gate(Configuration inForce, Approvals approvals, ConfigurationWatcher.Listener listener) {
    this.inForce = inForce;
    this.approvals = approvals;
    this.listener = listener;
  }

  @Override
  public void configure(Configuration configuration) {
    offer(new Offer(Candidate.ofFiles(configuration), Optional.empty()));
  }

  @Override
  public void configurationRejected(List<Problem> problems) {
    waiting = Optional.empty();
    listener.configurationRejected(problems);
  }

  /** Whether {@code offer} is in force now. */
  boolean offer(Offer offer) {
    Admission admission = Admission.judge(Optional.of(inForce), offer.candidate(), approvals);
    return switch (admission) {
      case Admission.Admitted(_, boolean approved) -> {
        admit(offer, approved);
        yield true;
      }
      case Admission.Held held -> {
        boolean told = waiting.filter(offer::equals).isPresent();
        waiting = Optional.of(offer);
        if (!told) {
          LOG.error("configuration=held {}", held.message());
          listener.configurationHeld(List.of(problem(offer, held)), held.change());
        }
        yield false;
      }
    };
  }

  /** What waited is gone, and what is in force is what users wrote last. */
  void again(SourceRevision source) {
    waiting = Optional.empty();
    listener.configure(inForce, source);
  }

  private void admit(Offer offer, boolean approved) {
    waiting = Optional.empty();
    inForce = offer.candidate().configuration();
    if (approved) {
      LOG.warn("configuration=approved name={}", offer.candidate().name());
    }
    offer
        .source()
        .ifPresentOrElse(
            source -> listener.configure(inForce, source), () -> listener.configure(inForce));
  }

  private static Problem problem(Offer offer, Admission.Held held) {
    String where = offer.source().isPresent() ? "commit " : "revision ";
    return new Problem(Path.of(where + offer.candidate().name()), 1, 1, held.message());
  }

  /** Asks now and then whether what waits may pass. */
  @Override
  public void polled() {
    if (waiting.isPresent() && ++polls % POLLS_A_QUESTION == 0) {
      offer(waiting.get());
    }
  }
}
