package parallax.probe.dns.dnssec;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import parallax.probe.dns.dnssec.material.MaterialReader;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.fixture.Programs;

/** Zones signed by BIND's tools and served by a real NSD on loopback. */
final class SignedZones implements AutoCloseable {
  static final List<String> PROGRAMS = List.of("nsd", "dnssec-keygen", "dnssec-signzone");
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Path folder;
  private final int port = Programs.freePort();
  private final List<String> zones = new ArrayList<>();
  private Optional<Process> server = Optional.empty();

  SignedZones(Path folder) {
    this.folder = folder;
  }

  /**
   * Signs a zone with a new key of ECDSA P-256.
   *
   * @param text the zone file, without keys
   * @param options of dnssec-signzone: the time, the kind of denial
   * @return the zone's DS records
   */
  String sign(String zone, String text, String... options) {
    try {
      String file = zone + "zone";
      Programs.run(
          folder, command("dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", zone));
      Files.writeString(folder.resolve(file), text + keys(zone));
      List<String> signing = new ArrayList<>(command("dnssec-signzone", "-P", "-z", "-q"));
      signing.addAll(List.of(options));
      signing.addAll(List.of("-o", zone, file));
      Programs.run(folder, signing);
      zones.add(zone);
      return Files.readString(folder.resolve("dsset-" + zone));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String keys(String zone) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      StringBuilder keys = new StringBuilder();
      for (Path file : files.filter(f -> isKeyOf(f, zone)).toList()) {
        keys.append(Files.readString(file));
      }
      return keys.toString();
    }
  }

  private static boolean isKeyOf(Path file, String zone) {
    String name = file.getFileName().toString();
    return name.startsWith("K" + zone + "+") && name.endsWith(".key");
  }

  private static List<String> command(String program, String... arguments) {
    return Stream.concat(
            Stream.of(Programs.find(program).orElseThrow().toString()), Stream.of(arguments))
        .toList();
  }

  void serve() {
    StringBuilder text =
        new StringBuilder(
            """
            server:
              ip-address: 127.0.0.1
              port: %1$d
              username: ""
              database: ""
              server-count: 1
              rrl-ratelimit: 0
              zonesdir: "%2$s"
              pidfile: "%2$s/nsd.pid"
              xfrdfile: "%2$s/xfrd.state"
              zonelistfile: "%2$s/zone.list"
            remote-control:
              control-enable: no
            """
                .formatted(port, folder));
    for (String zone : zones) {
      text.append("zone:\n  name: \"%1$s\"\n  zonefile: \"%1$szone.signed\"\n".formatted(zone));
    }
    try {
      Path file = Files.writeString(folder.resolve("nsd.conf"), text);
      Process started =
          new ProcessBuilder(command("nsd", "-d", "-c", file.toString()))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("nsd.out").toFile())
              .start();
      server = Optional.of(started);
      Programs.awaitListening(port, started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the server replies, asked with the DO bit. */
  Reply ask(String name, int type) {
    Message query = new Message(7);
    query.addRecord(Record.newRecord(LabZone.name(name), type, DClass.IN), Section.QUESTION);
    query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    byte[] wire = query.toWire();
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), TIMEOUT_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(wire.length);
      out.write(wire);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] reply = new byte[in.readUnsignedShort()];
      in.readFully(reply);
      return switch (MaterialReader.read("nsd", new Message(reply))) {
        case MaterialReader.Sorted(Reply sorted) -> sorted;
        case MaterialReader.Unreadable(String detail) -> throw new AssertionError(detail);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.ifPresent(SignedZones::end);
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
