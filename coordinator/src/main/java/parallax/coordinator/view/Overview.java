package parallax.coordinator.view;

import java.net.URI;
import java.util.List;

/** What a coordinator shows of itself. Never blocks. */
public interface Overview {
  Snapshot snapshot();

  ConfigurationStatus configuration();

  /** The streams of probes, on all coordinators; of one probe there may be several. */
  List<ProbeConnection> connections();

  /** Why it cannot decide and remember right now, in words; empty when it is ready. */
  List<String> notReady();

  /** Why it should be started anew, in words; empty while it lives. */
  List<String> notAlive();

  String version();

  /** The coordinators that work together and are there; none when this cannot say. */
  default List<Member> members() {
    return List.of();
  }

  /**
   * One of them.
   *
   * @param name for people
   * @param page where it serves HTTP, as the others reach it
   * @param leads whether it is the one that decides
   */
  record Member(String name, URI page, String version, boolean leads) {}
}
