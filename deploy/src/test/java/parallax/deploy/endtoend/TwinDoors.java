package parallax.deploy.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import parallax.deploy.endtoend.TwinScene.Case;

/**
 * What stands before servers: a proxy that wants a password, a server that wants a certificate,
 * bodies in brotli, and names asked for over TLS (RFC 7858).
 */
final class TwinDoors implements AutoCloseable {
  private static final String USER = "prober";
  private static final String PASSWORD = "sesame";

  /** "hello, brotli", fifty times (RFC 7932). */
  private static final byte[] BROTLI =
      Base64.getDecoder().decode("G7sC+I1Utb9WEJOjk2lsbzVIbfXARTodjX0A");

  private final Path folder;
  private final Certificates.Pair authority;
  private final Certificates.Pair server;
  private final Certificates.Pair client;
  private final Certificates.Pair stranger;
  private final int guarded = Programs.freePort();
  private final int proxy = Programs.freePort();
  private final int names = Programs.freePort();
  private final Process tinyproxy;

  /**
   * Starts the proxy.
   *
   * @param server of what is behind TLS here
   * @param client whom the server knows
   * @param stranger whom it does not
   */
  TwinDoors(
      Path folder,
      Certificates.Pair authority,
      Certificates.Pair server,
      Certificates.Pair client,
      Certificates.Pair stranger) {
    this.folder = folder;
    this.authority = authority;
    this.server = server;
    this.client = client;
    this.stranger = stranger;
    tinyproxy = tinyproxy();
  }

  private Process tinyproxy() {
    String program = Programs.require("tinyproxy");
    try {
      Path home = Files.createDirectories(folder.resolve("tinyproxy"));
      Path config =
          Files.writeString(
              home.resolve("conf"),
              """
              Port %1$d
              Listen 127.0.0.1
              Timeout 10
              MaxClients 50
              DisableViaHeader Yes
              BasicAuth %2$s %3$s
              LogFile "%4$s/tinyproxy.log"
              """
                  .formatted(proxy, USER, PASSWORD, home));
      Process process =
          Programs.start(home.resolve("out"), List.of(program, "-d", "-c", config.toString()));
      Programs.awaitListening(proxy);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Places of nginx with bodies in brotli, whole and cut off. */
  String packed() {
    try {
      Path whole = Files.write(folder.resolve("whole.br"), BROTLI);
      Path cut = Files.write(folder.resolve("cut.br"), Arrays.copyOf(BROTLI, BROTLI.length - 9));
      return """
      location = /brotli { add_header Content-Encoding br; alias %s; }
      location = /cut { add_header Content-Encoding br; alias %s; }
      """
          .formatted(whole, cut);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server of nginx that wants to know who comes. */
  String guarded() {
    return """
    server {
      listen 127.0.0.1:%1$d ssl; listen [::1]:%1$d ssl;
      %2$s
      ssl_client_certificate %3$s;
      ssl_verify_client on;
      location = / { return 200 "hello $ssl_client_s_dn"; }
    }
    """
        .formatted(guarded, server.nginx(), authority.certificate());
  }

  /** Lines of the server section of NSD, after which it answers over TLS, too. */
  String names() {
    return """
      ip-address: 127.0.0.1@%1$d
      tls-port: %1$d
      tls-service-key: "%2$s"
      tls-service-pem: "%3$s"
    """
        .formatted(names, server.key(), server.certificate());
  }

  /** The modules with what they name. */
  String filled(String modules) {
    String at = "@127.0.0.1:" + proxy;
    return modules
        .replace("CLIENT_CERT", client.certificate().toString())
        .replace("CLIENT_KEY", client.key().toString())
        .replace("STRANGER_CERT", stranger.certificate().toString())
        .replace("STRANGER_KEY", stranger.key().toString())
        .replace("PROXY_OPEN", "http://" + USER + ":" + PASSWORD + at)
        .replace("PROXY_SHUT", "http://" + USER + ":wrong" + at);
  }

  /**
   * What is tried.
   *
   * @param plain a port of a server without TLS
   * @param secure one with TLS
   * @param closed one where nobody is
   */
  List<Case> cases(int plain, int secure, int closed) {
    List<Case> cases = new ArrayList<>();
    for (String module : List.of("http_client", "http_stranger", "http_ca", "http_insecure")) {
      cases.add(new Case(module, "https://localhost:" + guarded + "/"));
      cases.add(new Case(module, "https://127.0.0.1:" + guarded + "/"));
    }
    for (String module : List.of("tcp_client", "tcp_stranger", "tcp_tls")) {
      cases.add(new Case(module, "localhost:" + guarded));
    }
    for (String path : List.of("/brotli", "/cut", "/page.txt", "/")) {
      cases.add(new Case("http_brotli", "http://localhost:" + plain + path));
    }
    for (String module : List.of("http_proxy", "http_proxy_shut")) {
      for (String target :
          List.of(
              "http://localhost:" + plain + "/",
              "http://localhost:" + plain + "/missing",
              "http://localhost:" + plain + "/chain",
              "http://localhost:" + plain + "/host",
              "http://localhost:" + plain + "/secure",
              "http://localhost:" + closed + "/",
              "https://localhost:" + secure + "/",
              "https://localhost:" + secure + "/missing",
              "https://localhost:" + closed + "/")) {
        cases.add(new Case(module, target));
      }
    }
    for (String module : List.of("dns_tls", "dns_tls_insecure", "dns_tls_name", "dns_tls_no_ca")) {
      cases.add(new Case(module, "localhost:" + names));
      cases.add(new Case(module, "127.0.0.1:" + names));
      cases.add(new Case(module, "localhost:" + plain));
      cases.add(new Case(module, "localhost:" + closed));
    }
    return cases;
  }

  @Override
  public void close() {
    Programs.kill(tinyproxy);
  }
}
