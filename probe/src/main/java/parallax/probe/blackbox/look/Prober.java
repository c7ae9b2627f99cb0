package parallax.probe.blackbox.look;

import parallax.probe.blackbox.module.ProbeModule;

/**
 * One kind of probe.
 *
 * @param <K> what it is told
 */
@FunctionalInterface
public interface Prober<K extends ProbeModule.Kind> {
  /**
   * Probes once; may wait, but not beyond the deadline of {@code sight}.
   *
   * @return whether all is as it should be
   * @throws Unseen when it is not, told already by nobody
   */
  boolean probe(K module, String target, Sight sight) throws Unseen;
}
