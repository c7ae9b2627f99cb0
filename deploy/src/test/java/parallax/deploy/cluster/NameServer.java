package parallax.deploy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.deploy.endtoend.Programs;

/** A real NSD where the stranger is, with one zone that a test rewrites. */
final class NameServer implements AutoCloseable {
  private final MemberLab lab;
  private final Path folder;
  private final String zone;
  private int serial;
  private @Nullable Process process;

  NameServer(MemberLab lab, Path folder, String zone) {
    this.lab = lab;
    this.folder = folder;
    this.zone = zone;
    write(
        "nsd.conf",
        """
        server:
          ip-address: %2$s@53
          username: ""
          database: ""
          server-count: 1
          rrl-ratelimit: 0
          zonesdir: "%1$s"
          pidfile: "%1$s/pid"
          logfile: "%1$s/log"
          xfrdfile: "%1$s/xfrd.state"
          xfrdir: "%1$s"
          zonelistfile: "%1$s/zone.list"
        remote-control:
          control-enable: no
        zone:
          name: "%3$s"
          zonefile: "zone"
        """
            .formatted(folder, MemberLab.address(MemberLab.STRANGER), zone));
    serve(List.of());
  }

  /** What machines go by that ask it; relative names are looked for in these domains. */
  static String resolver(String search) {
    String server = "nameserver " + MemberLab.address(MemberLab.STRANGER) + "\n";
    return server + search + "options ndots:5 timeout:1 attempts:2\n";
  }

  /** The zone has these records from now on, as they are written in a zone's file. */
  void serve(List<String> records) {
    serial++;
    List<String> lines = new ArrayList<>();
    lines.add("$ORIGIN " + zone);
    lines.add("$TTL 5");
    lines.add("@ SOA ns hostmaster %d 3600 600 86400 5".formatted(serial));
    lines.add("@ NS ns");
    lines.add("ns A " + MemberLab.address(MemberLab.STRANGER));
    lines.addAll(records);
    write("zone", String.join("\n", lines) + "\n");
    if (process != null) {
      // "ip netns exec" becomes the program that it starts; told so, NSD reads its zones again.
      Programs.run(List.of("kill", "-HUP", Long.toString(process.pid())));
    }
  }

  private void write(String name, String text) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    List<String> command = new ArrayList<>(lab.entry());
    command.addAll(
        List.of(Programs.require("nsd"), "-d", "-c", folder.resolve("nsd.conf").toString()));
    process = Programs.start(folder.resolve("out"), command);
  }

  /** It answers no more. */
  void stop() {
    Optional.ofNullable(process).ifPresent(Programs::kill);
    process = null;
  }

  @Override
  public void close() {
    stop();
  }
}
