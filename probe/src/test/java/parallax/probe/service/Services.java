package parallax.probe.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TlsPolicy;
import parallax.config.check.service.Login;
import parallax.config.check.service.Patience;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Security;
import parallax.config.observation.Finding;
import parallax.config.secret.Secret;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.TestAuthority;

/** Real services on loopback, their files in one folder, and a probe that looks at them. */
final class Services implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Of twenty seconds each, after the first. */
  private static final int MAX_WAITS = 4;

  static final Login LOGIN = new Login("parallax", Secret.of("sesame"));

  private final Path folder;
  private final TestAuthority authority;
  private final LoopbackProbe probe =
      LoopbackProbe.ofOperator(Map.of("service.test", List.of("127.0.0.1")));
  private final List<Process> running = new ArrayList<>();

  /** With certificates for service.test ("good") and for another name ("other"). */
  Services(Path folder) {
    this.folder = folder;
    this.authority = new TestAuthority(folder);
    authority.root("root", "/CN=Test Root");
    authority.server("root", "good", "DNS:service.test");
    authority.server("root", "other", "DNS:elsewhere.test");
    open(folder);
  }

  /** For who runs as another user than the test. */
  private static void open(Path folder) {
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** A file, its {@code %s} the folder. */
  Path write(String name, String content) {
    try {
      Files.createDirectories(file(name).getParent());
      return Files.writeString(file(name), content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Path directory(String name) {
    try {
      return Files.createDirectories(file(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static String program(String name) {
    return Programs.find(name).orElseThrow().toString();
  }

  /** Starts one that stays in the foreground, and waits until it listens. */
  Process start(int port, String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(file("out-" + port).toFile())
              .start();
      running.add(process);
      Programs.awaitListening(port, process);
      return process;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (IllegalStateException silent) {
      throw new IllegalStateException(output(port), silent);
    }
  }

  /** The same, for one that takes its time on a busy machine. */
  Process startSlowly(int port, String... command) {
    try {
      return start(port, command);
    } catch (IllegalStateException notYet) {
      Process process = running.getLast();
      for (int more = 0; more < MAX_WAITS && !listens(port, process); more++) {
        assertThat(process.isAlive()).as(output(port)).isTrue();
      }
      return process;
    }
  }

  private static boolean listens(int port, Process process) {
    try {
      Programs.awaitListening(port, process);
      return true;
    } catch (IllegalStateException notYet) {
      return false;
    }
  }

  private String output(int port) {
    try {
      return Files.readString(file("out-" + port));
    } catch (IOException failed) {
      return failed.toString();
    }
  }

  ServiceSpec spec(Protocol protocol, Security security, int port) {
    TlsPolicy policy =
        new TlsPolicy(
            Duration.ofDays(21),
            Duration.ofDays(3),
            Optional.of(file("root.pem")),
            Optional.empty(),
            Optional.empty(),
            TlsPolicy.TlsVersion.TLS_1_2);
    return new ServiceSpec(
        new ServerAddress("service.test", port),
        protocol,
        security,
        policy,
        Patience.ANY,
        Naming.SYSTEM,
        TIMEOUT);
  }

  CheckResult look(Protocol protocol, Security security, int port) {
    return probe.run(spec(protocol, security, port));
  }

  CheckResult look(ServiceSpec spec) {
    return probe.run(spec);
  }

  /** The name of the reason, or UP. */
  static String reason(CheckResult result) {
    return result.outcome().why().map(Finding::reason).map(Enum::name).orElse("UP");
  }

  /** Its processes stand still: the kernel goes on to accept connections. */
  static void freeze(Process process, boolean still) {
    Programs.run(
        Path.of(System.getProperty("java.io.tmpdir")),
        List.of("kill", still ? "-STOP" : "-CONT", Long.toString(process.pid())));
  }

  static Protocol.Mail mail(Protocol.MailKind kind, String... capabilities) {
    return new Protocol.Mail(kind, Optional.empty(), new TreeSet<>(List.of(capabilities)));
  }

  @Override
  public void close() {
    probe.close();
    for (Process process : running) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroy();
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
