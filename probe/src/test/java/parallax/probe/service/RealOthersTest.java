package parallax.probe.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.service.Login;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Security;
import parallax.config.observation.Layer;
import parallax.config.secret.Secret;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.Programs;

/** Against a real OpenSSH, vsftpd, Prosody, Mosquitto and RabbitMQ. */
class RealOthersTest {
  private static final SortedSet<String> NONE = new TreeSet<>();

  @TempDir private Path folder;

  private Optional<Services> services = Optional.empty();

  @BeforeEach
  void make() {
    services = Optional.of(new Services(folder));
  }

  @AfterEach
  void stop() {
    services.ifPresent(Services::close);
  }

  private Services of(String program) {
    assumeTrue(Programs.find(program).isPresent(), "needs the program " + program);
    assumeTrue("root".equals(System.getProperty("user.name")), "it changes users");
    return services.orElseThrow();
  }

  private static String reason(CheckResult result) {
    return Services.reason(result);
  }

  private String fingerprint(String key) {
    Programs.run(folder, List.of("ssh-keygen", "-lf", key + ".pub"));
    try {
      return Files.readString(folder.resolve("output.txt")).split(" ")[1];
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Where Debian's sshd puts whom it does not know yet; only its own service makes it. */
  private static void sshdsEmptyFolder() {
    try {
      Files.createDirectories(Path.of("/run/sshd"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void openSshProvesEveryKindOfHostKey() {
    Services of = of("sshd");
    String other = "";
    for (String kind : List.of("ed25519", "ecdsa", "rsa")) {
      Programs.run(folder, List.of("ssh-keygen", "-q", "-t", kind, "-N", "", "-f", kind));
      int port = Programs.freePort();
      Path conf =
          of.write(
              "sshd-" + kind,
              """
              Port %d
              ListenAddress 127.0.0.1
              HostKey %s/%s
              PidFile none
              UsePAM no
              """
                  .formatted(port, folder, kind));
      sshdsEmptyFolder();
      Process sshd = of.start(port, Services.program("sshd"), "-D", "-e", "-f", conf.toString());
      String fingerprint = fingerprint(kind);
      CheckResult up =
          of.look(
              new Protocol.Ssh(
                  new TreeSet<>(List.of("chacha20-poly1305@openssh.com")),
                  new TreeSet<>(List.of(fingerprint))),
              Security.CLEAR,
              port);
      assertThat(reason(up)).as("%s", up).isEqualTo("UP");
      assertThat(up.facts().answers().getFirst()).contains("OpenSSH", fingerprint);
      CheckResult banner = of.look(new Protocol.Ssh(NONE, NONE), Security.CLEAR, port);
      assertThat(reason(banner)).isEqualTo("UP");
      CheckResult lacks =
          of.look(new Protocol.Ssh(new TreeSet<>(List.of("ssh-dss")), NONE), Security.CLEAR, port);
      assertThat(reason(lacks)).isEqualTo("SERVICE_LACKS");
      if (!other.isEmpty()) {
        CheckResult stranger =
            of.look(new Protocol.Ssh(NONE, new TreeSet<>(List.of(other))), Security.CLEAR, port);
        assertThat(reason(stranger)).isEqualTo("SERVICE_HOST_KEY");
        assertThat(stranger.layer()).isEqualTo(Layer.CONTENT);
        assertThat(stranger.outcome().why().orElseThrow().detail()).isEqualTo(fingerprint);
      }
      other = fingerprint;
      sshd.destroy();
      sshd.onExit().orTimeout(20, TimeUnit.SECONDS).join();
      assertThat(reason(of.look(new Protocol.Ssh(NONE, NONE), Security.CLEAR, port)))
          .isEqualTo("CONNECTION_REFUSED");
    }
  }

  @Test
  void vsftpd() {
    Services of = of("vsftpd");
    of.directory("empty");
    int port = Programs.freePort();
    String common =
        """
        listen=YES
        listen_port=%1$d
        listen_address=127.0.0.1
        background=NO
        anonymous_enable=YES
        anon_root=%2$s/empty
        secure_chroot_dir=%2$s/empty
        seccomp_sandbox=NO
        """;
    Path conf =
        of.write(
            "ftp.conf",
            common.formatted(port, folder)
                + """
                ssl_enable=YES
                allow_anon_ssl=YES
                rsa_cert_file=%1$s/good.pem
                rsa_private_key_file=%1$s/good.key
                """
                    .formatted(folder));
    Process server = of.start(port, Services.program("vsftpd"), conf.toString());
    Protocol.Ftp greeted = new Protocol.Ftp(Optional.empty());
    Protocol.Ftp known =
        new Protocol.Ftp(Optional.of(new Login("anonymous", Secret.of("parallax@"))));
    Protocol.Ftp wrong = new Protocol.Ftp(Optional.of(new Login("root", Secret.of("wrong-word"))));
    assertThat(reason(of.look(greeted, Security.CLEAR, port))).isEqualTo("UP");
    CheckResult secure = of.look(known, Security.STARTTLS_REQUIRED, port);
    assertThat(reason(secure)).as("%s", secure).isEqualTo("UP");
    assertThat(secure.facts().chain()).isPresent();
    CheckResult denied = of.look(wrong, Security.STARTTLS_IF_OFFERED, port);
    assertThat(reason(denied)).isEqualTo("SERVICE_LOGIN");
    assertThat(denied.toString()).doesNotContain("wrong-word");
    Services.freeze(server, true);
    assertThat(reason(of.look(greeted, Security.CLEAR, port))).isEqualTo("SERVICE_TIMEOUT");
    Services.freeze(server, false);

    int plain = Programs.freePort();
    Path clear = of.write("clear.conf", common.formatted(plain, folder));
    of.start(plain, Services.program("vsftpd"), clear.toString());
    assertThat(reason(of.look(greeted, Security.STARTTLS_IF_OFFERED, plain))).isEqualTo("UP");
    assertThat(reason(of.look(greeted, Security.STARTTLS_REQUIRED, plain)))
        .isEqualTo("STARTTLS_NOT_OFFERED");
    assertThat(reason(of.look(known, Security.STARTTLS_IF_OFFERED, plain)))
        .isEqualTo("STARTTLS_NOT_OFFERED");
    assertThat(reason(of.look(known, Security.CLEAR, plain))).isEqualTo("UP");
  }

  @Test
  void prosody() {
    Services of = of("prosody");
    of.directory("chat");
    int port = Programs.freePort();
    Path conf =
        of.write(
            "prosody.lua",
            """
            run_as_root = true
            data_path = "%1$s/chat"
            pidfile = "%1$s/chat/pid"
            modules_enabled = { "tls", "saslauth" }
            modules_disabled = { "s2s", "http" }
            c2s_ports = { %2$d }
            c2s_interfaces = { "127.0.0.1" }
            s2s_ports = {}
            http_ports = {}
            https_ports = {}
            c2s_require_encryption = true
            log = { info = "*console" }
            VirtualHost "service.test"
              ssl = { key = "%1$s/good.key", certificate = "%1$s/good.pem" }
            VirtualHost "chat.test"
              ssl = { key = "%1$s/other.key", certificate = "%1$s/other.pem" }
            """
                .formatted(folder, port));
    Process server = of.start(port, Services.program("prosody"), "--config", conf.toString(), "-F");
    CheckResult up = of.look(new Protocol.Xmpp("service.test"), Security.STARTTLS_REQUIRED, port);
    assertThat(reason(up)).as("%s", up).isEqualTo("UP");
    assertThat(up.facts().chain()).isPresent();
    assertThat(reason(of.look(new Protocol.Xmpp("service.test"), Security.CLEAR, port)))
        .isEqualTo("UP");
    // The certificate must be for the domain, not for the host (RFC 6120 section 13.7.2).
    assertThat(reason(of.look(new Protocol.Xmpp("chat.test"), Security.STARTTLS_IF_OFFERED, port)))
        .isEqualTo("CERTIFICATE_WRONG_NAME");
    CheckResult stranger =
        of.look(new Protocol.Xmpp("nobody.test"), Security.STARTTLS_IF_OFFERED, port);
    assertThat(reason(stranger)).isEqualTo("SERVICE_ERROR");
    assertThat(stranger.outcome().why().orElseThrow().detail()).isEqualTo("host-unknown");
    Services.freeze(server, true);
    assertThat(reason(of.look(new Protocol.Xmpp("service.test"), Security.CLEAR, port)))
        .isEqualTo("SERVICE_TIMEOUT");
    Services.freeze(server, false);
  }

  @Test
  void rabbitMq() {
    Services of = of("rabbitmq-server");
    Path server = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    assumeTrue(Files.isExecutable(server), "needs RabbitMQ as Debian has it");
    int open = Programs.freePort();
    int secure = Programs.freePort();
    String names = Integer.toString(Programs.freePort());
    of.write("plugins", "[].");
    of.write(
        "rabbitmq.conf",
        """
        listeners.ssl.default = 127.0.0.1:%2$d
        ssl_options.certfile = %1$s/good.pem
        ssl_options.keyfile = %1$s/good.key
        """
            .formatted(folder, secure));
    Process broker =
        of.startSlowly(
            open,
            "env",
            "HOME=" + of.directory("home"),
            "RABBITMQ_NODENAME=px" + open + "@localhost",
            "RABBITMQ_NODE_IP_ADDRESS=127.0.0.1",
            "RABBITMQ_NODE_PORT=" + open,
            "RABBITMQ_DIST_PORT=" + Programs.freePort(),
            "RABBITMQ_MNESIA_BASE=" + of.directory("queue"),
            "RABBITMQ_LOG_BASE=" + of.directory("log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE=" + of.file("plugins"),
            "RABBITMQ_PID_FILE=" + of.file("pid"),
            "RABBITMQ_CONF_ENV_FILE=" + of.file("none"),
            "RABBITMQ_CONFIG_FILE=" + of.file("rabbitmq"),
            "ERL_EPMD_PORT=" + names,
            "ERL_EPMD_ADDRESS=127.0.0.1",
            server.toString());
    try {
      CheckResult up = of.look(new Protocol.Amqp(), Security.CLEAR, open);
      assertThat(reason(up)).as("%s", up).isEqualTo("UP");
      assertThat(up.facts().answers().getFirst()).startsWith("AMQP 0-9, ").contains("PLAIN");
      CheckResult through = of.look(new Protocol.Amqp(), Security.TLS, secure);
      assertThat(reason(through)).as("%s", through).isEqualTo("UP");
      assertThat(through.facts().chain()).isPresent();
      // What it answers in clear where it expects TLS is an alert, or nothing.
      assertThat(reason(of.look(new Protocol.Amqp(), Security.CLEAR, secure)))
          .isIn("SERVICE_GARBAGE", "SERVICE_CLOSED", "SERVICE_RESET");
      assertThat(reason(of.look(new Protocol.Amqp(), Security.CLEAR, Programs.freePort())))
          .isEqualTo("CONNECTION_REFUSED");
    } finally {
      List<ProcessHandle> all = broker.descendants().toList();
      all.forEach(ProcessHandle::destroyForcibly);
      broker.destroyForcibly();
      all.forEach(each -> each.onExit().orTimeout(20, TimeUnit.SECONDS).join());
      Programs.run(folder, List.of("env", "ERL_EPMD_PORT=" + names, "epmd", "-kill"));
    }
  }

  @Test
  void mosquitto() {
    Services of = of("mosquitto");
    assumeTrue(Programs.find("mosquitto_passwd").isPresent(), "needs mosquitto_passwd");
    int open = Programs.freePort();
    int closed = Programs.freePort();
    int secure = Programs.freePort();
    of.write("words", "");
    Programs.run(folder, List.of("mosquitto_passwd", "-b", "words", "parallax", "sesame"));
    Path conf =
        of.write(
            "things.conf",
            """
            user root
            per_listener_settings true
            listener %2$d 127.0.0.1
            allow_anonymous true
            listener %3$d 127.0.0.1
            allow_anonymous false
            password_file %1$s/words
            listener %4$d 127.0.0.1
            allow_anonymous true
            cafile %1$s/root.pem
            certfile %1$s/other.pem
            keyfile %1$s/other.key
            """
                .formatted(folder, open, closed, secure));
    Process broker = of.start(secure, Services.program("mosquitto"), "-c", conf.toString());
    Protocol.Mqtt stranger = new Protocol.Mqtt(Optional.empty());
    Protocol.Mqtt known = new Protocol.Mqtt(Optional.of(Services.LOGIN));
    Protocol.Mqtt wrong =
        new Protocol.Mqtt(Optional.of(new Login("parallax", Secret.of("wrong-word"))));
    CheckResult up = of.look(stranger, Security.CLEAR, open);
    assertThat(reason(up)).as("%s", up).isEqualTo("UP");
    assertThat(reason(of.look(known, Security.CLEAR, closed))).isEqualTo("UP");
    assertThat(of.look(stranger, Security.CLEAR, closed).facts().answers())
        .containsExactly("CONNACK 5: asks for a login");
    CheckResult denied = of.look(wrong, Security.CLEAR, closed);
    assertThat(reason(denied)).isEqualTo("SERVICE_LOGIN");
    assertThat(denied.toString()).doesNotContain("wrong-word");
    assertThat(reason(of.look(stranger, Security.TLS, secure))).isEqualTo("CERTIFICATE_WRONG_NAME");
    assertThat(reason(of.look(stranger, Security.CLEAR, secure))).startsWith("SERVICE_");
    Services.freeze(broker, true);
    assertThat(reason(of.look(stranger, Security.CLEAR, open))).isEqualTo("SERVICE_TIMEOUT");
    Services.freeze(broker, false);
    broker.destroy();
    broker.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(reason(of.look(stranger, Security.CLEAR, open))).isEqualTo("CONNECTION_REFUSED");
  }
}
