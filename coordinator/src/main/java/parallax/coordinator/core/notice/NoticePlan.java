package parallax.coordinator.core.notice;

import java.util.List;
import java.util.Optional;
import parallax.config.Configuration;
import parallax.config.policy.Receiver;
import parallax.config.target.Target;
import parallax.coordinator.core.incident.Incident;

/**
 * From incidents to what people are told: once that an incident opened, once that it is over, to
 * those whom the first matching route names. Changes in between are not told.
 */
public final class NoticePlan {
  private NoticePlan() {}

  /**
   * What is to be told of an incident that changed.
   *
   * @param before empty when it was opened just now
   */
  public static Optional<Notice> next(
      Optional<Incident> before, Incident after, Target target, Configuration configuration) {
    if (before.isPresent() && after.isOpen()) {
      return Optional.empty();
    }
    Notice.Kind kind = after.isOpen() ? Notice.Kind.OPENED : Notice.Kind.RESOLVED;
    List<String> receivers =
        configuration.receiversFor(target).stream().map(Receiver::name).toList();
    return Optional.of(new Notice(kind, after, receivers));
  }
}
