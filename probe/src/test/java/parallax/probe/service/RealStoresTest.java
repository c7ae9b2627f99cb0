package parallax.probe.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

/** Against a real Redis, PostgreSQL, MariaDB and OpenLDAP. */
class RealStoresTest {
  /** Another user, in the same process: a shell between would stand still with it. */
  private static final String POSTGRES = " --reuid postgres --regid postgres --clear-groups";

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
    return services.orElseThrow();
  }

  private static String reason(CheckResult result) {
    return Services.reason(result);
  }

  @Test
  void redis() {
    Services of = of("redis-server");
    int port = Programs.freePort();
    int tls = Programs.freePort();
    Process redis =
        of.start(
            port,
            ("%s --port %d --bind 127.0.0.1 --save  --dir %s --requirepass sesame --tls-port %d"
                 + " --tls-cert-file good.pem --tls-key-file good.key --tls-ca-cert-file root.pem"
                 + " --tls-auth-clients no --maxclients 2")
                .formatted(Services.program("redis-server"), port, folder, tls)
                .replace("--save ", "--save \"\"")
                .replace("\"\"", "")
                .split(" "));
    Protocol.Redis known = new Protocol.Redis(Optional.of(new Login("", Secret.of("sesame"))));
    Protocol.Redis stranger = new Protocol.Redis(Optional.empty());
    Protocol.Redis wrong = new Protocol.Redis(Optional.of(new Login("", Secret.of("wrong-word"))));
    assertThat(reason(of.look(known, Security.CLEAR, port))).isEqualTo("UP");
    CheckResult secure = of.look(known, Security.TLS, tls);
    assertThat(reason(secure)).as("%s", secure).isEqualTo("UP");
    assertThat(secure.facts().chain()).isPresent();
    assertThat(reason(of.look(stranger, Security.CLEAR, port))).isEqualTo("UP");
    CheckResult denied = of.look(wrong, Security.CLEAR, port);
    assertThat(reason(denied)).isEqualTo("SERVICE_LOGIN");
    assertThat(denied.toString()).doesNotContain("wrong-word");
    Services.freeze(redis, true);
    assertThat(reason(of.look(known, Security.CLEAR, port))).isEqualTo("SERVICE_TIMEOUT");
    Services.freeze(redis, false);
    redis.destroy();
    redis.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(reason(of.look(known, Security.CLEAR, port))).isEqualTo("CONNECTION_REFUSED");
  }

  @Test
  void postgres() throws Exception {
    Services of = of("setpriv");
    Path programs = Path.of("/usr/lib/postgresql/15/bin");
    assumeTrue(Files.isExecutable(programs.resolve("initdb")), "needs PostgreSQL");
    assumeTrue("root".equals(System.getProperty("user.name")), "it runs as another user");
    Path data = of.directory("record");
    Files.setOwner(
        data,
        data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
    List<String> as = List.of((Services.program("setpriv") + POSTGRES).split(" "));
    run(
        as,
        programs.resolve("initdb")
            + " -D "
            + data
            + " -A scram-sha-256 -U postgres"
            + " --pwfile="
            + of.write("word", "sesame\n")
            + " --no-sync");
    for (String file : List.of("good.pem", "good.key")) {
      Path copy = data.resolve(file);
      Files.copy(of.file(file), copy);
      Files.setPosixFilePermissions(
          copy, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
      Files.setOwner(
          copy,
          data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
    }
    int port = Programs.freePort();
    Process server =
        of.start(
            port,
            (Services.program("setpriv")
                    + POSTGRES
                    + " %s/postgres -D %s -p %d -c listen_addresses=127.0.0.1"
                    + " -c unix_socket_directories= -c ssl=on -c ssl_cert_file=good.pem"
                    + " -c ssl_key_file=good.key -c max_connections=3"
                    + " -c superuser_reserved_connections=2")
                .formatted(programs, data, port)
                .split(" "));
    Protocol.Postgres any = new Protocol.Postgres("parallax", Optional.empty());
    CheckResult secure = of.look(any, Security.STARTTLS_REQUIRED, port);
    for (int count = 0; count < 1_000 && !reason(secure).equals("UP"); count++) {
      // It listens before it has recovered, and says so.
      assertThat(reason(secure)).as("%s", secure).isEqualTo("SERVICE_NOT_READY");
      secure = of.look(any, Security.STARTTLS_REQUIRED, port);
    }
    assertThat(reason(secure)).as("%s", secure).isEqualTo("UP");
    assertThat(secure.facts().answers()).containsExactly("asks for a password (10)");
    assertThat(secure.facts().chain()).isPresent();
    assertThat(reason(of.look(any, Security.CLEAR, port))).isEqualTo("UP");
    assertThat(reason(of.look(any, Security.TLS, port))).isEqualTo("TLS_HANDSHAKE");
    Services.freeze(server, true);
    assertThat(reason(of.look(any, Security.STARTTLS_REQUIRED, port))).isEqualTo("SERVICE_TIMEOUT");
    Services.freeze(server, false);
    Programs.run(folder, List.of("kill", "-INT", Long.toString(server.pid())));
    server.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(reason(of.look(any, Security.CLEAR, port))).isEqualTo("CONNECTION_REFUSED");
  }

  private void run(List<String> before, String command) {
    java.util.ArrayList<String> all = new java.util.ArrayList<>(before);
    all.addAll(List.of(command.split(" ")));
    Programs.run(folder, all);
  }

  @Test
  void mariaDb() {
    Services of = of("mariadbd");
    assumeTrue(Programs.find("mariadb-install-db").isPresent(), "needs mariadb-install-db");
    String user = System.getProperty("user.name");
    run(
        List.of(),
        "%s --no-defaults --datadir=%s/db --user=%s --auth-root-authentication-method=normal"
            .formatted(Services.program("mariadb-install-db"), folder, user));
    int port = Programs.freePort();
    Process server =
        of.start(
            port,
            ("%1$s --no-defaults --datadir=%2$s/db --user=%3$s --port=%4$d --bind-address=127.0.0.1"
                    + " --socket=%2$s/db.sock --pid-file=%2$s/db.pid --max_connect_errors=2"
                    + " --ssl-cert=%2$s/good.pem --ssl-key=%2$s/good.key --ssl-ca=%2$s/root.pem")
                .formatted(Services.program("mariadbd"), folder, user, port)
                .split(" "));
    Protocol.MySql spoken = new Protocol.MySql("parallax");
    // More often than a server forgives whoever breaks off.
    for (int count = 0; count < 5; count++) {
      CheckResult clear = of.look(spoken, Security.CLEAR, port);
      assertThat(reason(clear)).as("%s", clear).isEqualTo("UP");
      assertThat(clear.facts().answers().getFirst()).contains("MariaDB");
    }
    CheckResult secure = of.look(spoken, Security.STARTTLS_REQUIRED, port);
    assertThat(reason(secure)).as("%s", secure).isEqualTo("UP");
    assertThat(secure.facts().chain()).isPresent();
    Services.freeze(server, true);
    CheckResult hangs = of.look(spoken, Security.CLEAR, port);
    assertThat(reason(hangs)).isEqualTo("SERVICE_TIMEOUT");
    assertThat(hangs.layer()).isEqualTo(Layer.HTTP);
    Services.freeze(server, false);
    server.destroy();
    server.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(reason(of.look(spoken, Security.CLEAR, port))).isEqualTo("CONNECTION_REFUSED");
  }

  @Test
  void openLdap() {
    Services of = of("slapd");
    of.directory("people");
    Path conf =
        of.write(
            "slapd.conf",
            """
            include /etc/ldap/schema/core.schema
            modulepath /usr/lib/ldap
            moduleload back_ldif
            TLSCACertificateFile %1$s/root.pem
            TLSCertificateFile %1$s/good.pem
            TLSCertificateKeyFile %1$s/good.key
            pidfile %1$s/slapd.pid
            database ldif
            suffix "dc=test"
            directory %1$s/people
            """
                .formatted(folder));
    int port = Programs.freePort();
    int secure = Programs.freePort();
    Process server =
        of.start(
            port,
            Services.program("slapd"),
            "-f",
            conf.toString(),
            "-h",
            "ldap://127.0.0.1:" + port + " ldaps://127.0.0.1:" + secure,
            "-d",
            "0");
    for (CheckResult result :
        List.of(
            of.look(new Protocol.Ldap(), Security.CLEAR, port),
            of.look(new Protocol.Ldap(), Security.STARTTLS_REQUIRED, port),
            of.look(new Protocol.Ldap(), Security.TLS, secure))) {
      assertThat(reason(result)).as("%s", result).isEqualTo("UP");
    }
    Services.freeze(server, true);
    assertThat(reason(of.look(new Protocol.Ldap(), Security.CLEAR, port)))
        .isEqualTo("SERVICE_TIMEOUT");
    Services.freeze(server, false);
    server.destroy();
    server.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(reason(of.look(new Protocol.Ldap(), Security.CLEAR, port)))
        .isEqualTo("CONNECTION_REFUSED");
  }
}
