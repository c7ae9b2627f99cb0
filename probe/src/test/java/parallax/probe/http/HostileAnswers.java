package parallax.probe.http;

import static parallax.probe.http.HostileBytes.OK;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import parallax.probe.fixture.RawServer;

/** What servers that mean no good answer to a GET, and what may come of it. */
final class HostileAnswers {
  static final String UP = "UP";

  /**
   * One of them.
   *
   * @param kind which check is sent: plain, text (expects "ok" in the body), json, h2
   * @param allowed names of reasons, or UP
   */
  record Hostile(String name, String kind, Set<String> allowed, RawServer.Script script) {}

  private final List<Hostile> all = new ArrayList<>();

  static List<Hostile> all() {
    HostileAnswers answers = new HostileAnswers();
    HostileHeads.addTo(answers);
    HostileBodies.addTo(answers);
    HostileHttp2.addTo(answers);
    return answers.all;
  }

  void add(String name, String kind, String allowed, RawServer.Script script) {
    all.add(new Hostile(name, kind, new TreeSet<>(Arrays.asList(allowed.split("\\|"))), script));
  }

  /** Sends {@code answer} and closes. */
  void says(String name, String allowed, String answer) {
    add(name, "plain", allowed, peer -> peer.send(answer));
  }

  /** Sends {@code answer} and stays. */
  void stays(String name, String allowed, String answer) {
    add(
        name,
        "plain",
        allowed,
        peer -> {
          peer.send(answer);
          peer.awaitEnd();
        });
  }

  /** Sends a body in a content coding, to each kind of check. */
  void coded(String name, String coding, String allowed, byte[] body) {
    for (String kind : List.of("plain", "text", "json")) {
      add(
          name + " " + kind,
          kind,
          allowed,
          peer -> {
            peer.send(
                OK
                    + "Content-Encoding: "
                    + coding
                    + "\r\nContent-Length: "
                    + body.length
                    + "\r\n\r\n");
            peer.send(body);
            peer.awaitEnd();
          });
    }
  }
}
