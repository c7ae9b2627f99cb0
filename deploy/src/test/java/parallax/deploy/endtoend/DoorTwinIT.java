package parallax.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Debian's blackbox exporter and ours beside each other behind the same {@code --web.config.file}:
 * who is let in, over what, and what they are told, as curl sees it.
 */
final class DoorTwinIT {
  /** Of "sesame", by the C library's crypt(3). */
  private static final String HASH = "$2b$05$abcdefghijklmnopqrstuuKcS.CYWVYVaLiiCKrrc0A5s3mGesJ9O";

  private static final String TLS =
      "tls_server_config:\n  cert_file: good.pem\n  key_file: good.key\n";

  private static final Map<String, String> FILES =
      Map.of(
          "nothing",
          "{}\n",
          "tls",
          TLS,
          "http1",
          TLS + "http_server_config: {http2: false}\n",
          "newest",
          TLS + "  min_version: TLS13\n",
          "older",
          TLS
              + "  max_version: TLS12\n"
              + "  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]\n"
              + "  curve_preferences: [CurveP384, CurveP256]\n",
          "users",
          "basic_auth_users: {alice: " + HASH + "}\n",
          "both",
          TLS
              + "  client_auth_type: RequireAndVerifyClientCert\n"
              + "  client_ca_file: ca.pem\n"
              + "basic_auth_users: {alice: "
              + HASH
              + "}\n"
              + "http_server_config:\n"
              + "  headers: {X-Frame-Options: deny, Strict-Transport-Security: max-age=9}\n",
          "asked",
          TLS + "  client_auth_type: RequestClientCert\n",
          "any",
          TLS + "  client_auth_type: RequireAnyClientCert\n",
          "if-given",
          TLS + "  client_auth_type: VerifyClientCertIfGiven\n  client_ca_file: ca.pem\n");

  @TempDir static Path folder;

  private static Path modules;

  /** How somebody comes: arguments of curl by what they are called. */
  private static Map<String, List<String>> guests() {
    Map<String, List<String>> guests = new LinkedHashMap<>();
    guests.put("anybody", List.of());
    guests.put("alice", List.of("-u", "alice:sesame"));
    guests.put("alice, wrong", List.of("-u", "alice:Sesame"));
    guests.put("alice, without a password", List.of("-u", "alice:"));
    guests.put("bob", List.of("-u", "bob:sesame"));
    guests.put("another scheme", List.of("-H", "Authorization: Bearer sesame"));
    guests.put("a client", certificate("client"));
    List<String> whole = new ArrayList<>(certificate("client"));
    whole.addAll(List.of("-u", "alice:sesame"));
    guests.put("a client, alice", whole);
    guests.put("a stranger", certificate("self"));
    guests.put("HTTP/1.1", List.of("--http1.1"));
    guests.put("TLS 1.2", List.of("--tls-max", "1.2"));
    guests.put("TLS 1.3", List.of("--tlsv1.3"));
    guests.put(
        "TLS 1.2, another cipher",
        List.of("--tls-max", "1.2", "--ciphers", "ECDHE-ECDSA-AES256-GCM-SHA384"));
    guests.put("a post", List.of("--http1.1", "-X", "POST", "-d", "body"));
    return guests;
  }

  private static List<String> certificate(String name) {
    return List.of(
        "--cert", folder.resolve(name + ".pem").toString(), "--key", key(name).toString());
  }

  private static Path key(String name) {
    return folder.resolve(name + ".key");
  }

  @BeforeAll
  static void prepare() throws IOException {
    Programs.require("curl");
    Programs.require("prometheus-blackbox-exporter");
    modules = Files.writeString(folder.resolve("modules.yml"), "modules: {a: {prober: tcp}}\n");
    Certificates certificates = new Certificates(folder.resolve("made"));
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    List<String> valid = List.of(day(today.minusDays(1)), day(today.plusDays(90)));
    Certificates.Pair ca = certificates.authority("ca");
    place("ca", ca);
    place("good", certificates.signed("good", ca, "DNS:localhost,IP:127.0.0.1", valid));
    place("client", certificates.signed("client", ca, "DNS:client", valid));
    place("self", certificates.selfSigned("self"));
  }

  private static String day(LocalDate date) {
    return date.format(DateTimeFormatter.BASIC_ISO_DATE) + "000000Z";
  }

  private static void place(String name, Certificates.Pair pair) {
    try {
      Files.copy(pair.certificate(), folder.resolve(name + ".pem"));
      Files.copy(pair.key(), key(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process theirs(Path web, int port) {
    return Programs.start(
        folder.resolve("theirs.log"),
        List.of(
            Programs.require("prometheus-blackbox-exporter"),
            "--config.file=" + modules,
            "--web.config.file=" + web,
            "--web.listen-address=127.0.0.1:" + port));
  }

  private static Process ours(Path web, int port) {
    return Programs.start(
        folder.resolve("ours.log"),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "parallax.deploy.ParallaxMain",
            "probe",
            "--modules=" + modules,
            "--web.config.file=" + web,
            "--web.listen-address=127.0.0.1:" + port));
  }

  /** Whether it was answered; if so how, over which version of HTTP and with which headers. */
  private static String seen(int port, boolean secure, List<String> guest) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.require("curl"),
                "--silent",
                "--max-time",
                "20",
                "--cacert",
                folder.resolve("ca.pem").toString(),
                "--write-out",
                "%{http_code} HTTP/%{http_version} frame=%header{x-frame-options}"
                    + " transport=%header{strict-transport-security}"
                    + " asks=%header{www-authenticate}"));
    command.addAll(guest);
    command.add((secure ? "https" : "http") + "://localhost:" + port + "/-/healthy");
    Programs.Ran ran = Programs.runAnyhow(command);
    return ran.exit() == 0 ? ran.output() : "not let in";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "tls",
        "http1",
        "newest",
        "older",
        "users",
        "both",
        "asked",
        "any",
        "if-given"
      })
  void bothLetInTheSameGuests(String name) throws IOException {
    String text = FILES.getOrDefault(name, "");
    Path web = Files.writeString(folder.resolve(name + ".yml"), text);
    int theirPort = Programs.freePort();
    int ourPort = Programs.freePort();
    Process theirs = theirs(web, theirPort);
    Process ours = ours(web, ourPort);
    try {
      Programs.awaitListening(theirPort);
      Programs.awaitListening(ourPort);
      boolean secure = text.contains("cert_file");
      Map<String, String> their = new LinkedHashMap<>();
      Map<String, String> our = new LinkedHashMap<>();
      guests()
          .forEach(
              (guest, arguments) -> {
                their.put(guest, seen(theirPort, secure, arguments));
                our.put(guest, seen(ourPort, secure, arguments));
              });
      assertThat(our).isEqualTo(their);
      assertThat(their.values()).as("somebody").anyMatch(seen -> seen.startsWith("Healthy"));
    } finally {
      Programs.kill(theirs);
      Programs.kill(ours);
    }
  }

  @Test
  void bothRefuseToServeByTheSameBrokenFiles() throws Exception {
    List<String> broken =
        List.of(
            "users: {}\n",
            "basic_auth_users: {alice: sesame}\n",
            "tls_server_config: {cert_file: good.pem}\n",
            "tls_server_config: {cert_file: none.pem, key_file: good.key}\n",
            "tls_server_config: {cert_file: good.pem, key_file: client.key}\n",
            TLS + "  client_ca_file: ca.pem\n",
            TLS + "  client_auth_type: Sometimes\n",
            TLS + "  min_version: SSL3\n",
            TLS + "  cipher_suites: [TLS_NULL_FANTASY]\n",
            TLS + "  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA]\n",
            TLS + "  curve_preferences: [Curve448]\n",
            "http_server_config: {headers: {Server: mine}}\n",
            "http_server_config: {headers: {X-Frame-Options: perhaps}}\n",
            "http_server_config: [\n");
    for (String text : broken) {
      Path web = Files.writeString(folder.resolve("broken.yml"), text);
      for (Process process :
          List.of(theirs(web, Programs.freePort()), ours(web, Programs.freePort()))) {
        try {
          assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(text).isTrue();
          assertThat(process.exitValue()).as(text).isNotZero();
        } finally {
          Programs.kill(process);
        }
      }
    }
  }
}
