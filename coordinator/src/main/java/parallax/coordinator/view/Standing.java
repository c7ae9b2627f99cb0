package parallax.coordinator.view;

import java.net.URI;

/** Who decides, as one coordinator of several sees it. */
public sealed interface Standing {
  /** This one. */
  record Leads() implements Standing {}

  /**
   * Another, who is asked for whatever this one cannot tell.
   *
   * @param leader where it serves HTTP
   */
  record Follows(URI leader) implements Standing {}

  /**
   * Nobody that it knows of.
   *
   * @param why in words
   */
  record Waits(String why) implements Standing {}
}
