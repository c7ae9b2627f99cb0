package parallax.probe.bgp.message;

import java.util.List;

/** A message that came in. */
public sealed interface Decoded {
  /** It could be read; milder faults, a bounded number of them, are told beside it. */
  record Understood(BgpMessage message, List<Fault> faults) implements Decoded {
    public Understood {
      faults = List.copyOf(faults);
    }
  }

  /** It could not: nothing of it is to be believed. */
  record Broken(Fault.SessionReset fault) implements Decoded {}
}
