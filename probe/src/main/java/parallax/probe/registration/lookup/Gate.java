package parallax.probe.registration.lookup;

import java.util.Optional;
import parallax.probe.registration.courtesy.Heard;
import parallax.probe.registration.courtesy.Pace;
import parallax.probe.registration.courtesy.Permission.Postponed;

/** Who must be asked before anything is asked of a host, and told afterwards. */
public interface Gate {
  /** Empty when one question may be put to {@code host} now; it counts as asked then. */
  Optional<Postponed> ask(String host, Pace pace);

  void heard(String host, Heard heard);
}
