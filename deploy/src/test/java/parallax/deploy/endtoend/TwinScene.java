package parallax.deploy.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Servers, modules and targets that two probers are compared on. */
final class TwinScene implements AutoCloseable {
  /**
   * A probe that both make.
   *
   * @param more parameters, with an ampersand before each
   */
  record Case(String module, String target, String more) {
    Case(String module, String target) {
      this(module, target, "");
    }
  }

  private static final int BIG = 300_000;

  private final Path folder;
  private final int web;
  private final int good;
  private final int expired;
  private final int selfSigned;
  private final int wrongName;
  private final int old;
  private final int names;
  private final int closed;
  private final Talkers talkers;
  private final Certificates.Pair authority;
  private final TwinDoors doors;
  private final Nginx nginx;
  private final Process nsd;

  static TwinScene start(Path folder) {
    return new TwinScene(folder);
  }

  private TwinScene(Path folder) {
    this.folder = folder;
    List<Integer> ports = IntStream.range(0, 8).mapToObj(_ -> Programs.freePort()).toList();
    web = ports.get(0);
    good = ports.get(1);
    expired = ports.get(2);
    selfSigned = ports.get(3);
    wrongName = ports.get(4);
    old = ports.get(5);
    names = ports.get(6);
    closed = ports.get(7);
    Certificates certificates = new Certificates(folder.resolve("certificates"));
    authority = certificates.authority("twin-ca");
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    List<String> valid = List.of(day(today.minusDays(1)), day(today.plusDays(90)));
    String both = "DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1";
    Certificates.Pair own = certificates.signed("good", authority, both, valid);
    Certificates.Pair over =
        certificates.signed(
            "expired", authority, both, List.of(day(today.minusDays(9)), day(today.minusDays(2))));
    Certificates.Pair other = certificates.signed("other", authority, "DNS:other.example", valid);
    Certificates.Pair self = certificates.selfSigned("self");
    Certificates.Pair client = certificates.signed("client", authority, "DNS:client", valid);
    doors = new TwinDoors(folder, authority, own, client, self);
    talkers = Talkers.start();
    try {
      Files.createDirectories(folder.resolve("files"));
      Files.writeString(folder.resolve("files/page.txt"), "a page with words\n");
      Files.writeString(folder.resolve("files/big.txt"), "x".repeat(BIG));
      Files.writeString(folder.resolve("files/data.json"), "{\"status\": \"up\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    nginx =
        Nginx.start(
            folder.resolve("nginx"),
            web,
            plain()
                + tls(good, own, "http2 on;")
                + tls(expired, over, "")
                + tls(selfSigned, self, "")
                + tls(wrongName, other, "")
                + tls(old, own, "ssl_protocols TLSv1.2;")
                + doors.guarded());
    nsd = nameServer();
  }

  private static String day(LocalDate date) {
    return date.format(DateTimeFormatter.BASIC_ISO_DATE) + "000000Z";
  }

  private String plain() {
    return """
    types { text/plain txt; application/json json; }
    server {
      listen 127.0.0.1:%1$d; listen [::1]:%1$d;
      root %2$s/files;
      gzip on; gzip_min_length 1; gzip_types text/plain;
      location = / { return 200 "hello, world"; }
      location = /missing { return 404 "not here"; }
      location = /error { return 500 "broken"; }
      location = /empty { return 204; }
      location = /teapot { return 418 "short and stout"; }
      location = /found { return 302 /; }
      location = /moved { return 301 /page.txt; }
      location = /other { return 303 /; }
      location = /temporary { return 307 /method; }
      location = /permanent { return 308 /method; }
      location = /chain { return 302 /chain2; }
      location = /chain2 { return 301 /found; }
      location = /loop { return 302 /loop; }
      location = /secure { return 302 https://localhost:%3$d/; }
      location = /nowhere { return 302 http://localhost:%4$d/; }
      location = /broken-location { add_header Location "http://[bad" always; return 302; }
      location = /method { return 200 "method $request_method agent"; }
      location = /cookie { add_header Set-Cookie "a=b; Path=/"; return 302 /has-cookie; }
      location = /has-cookie { return 200 "cookie $cookie_a"; }
      location = /headers {
        add_header X-Version "v1.2.3"; add_header X-Double "one"; add_header X-Double "two";
        return 200 "headers";
      }
      location = /host { return 200 "host $host"; }
      location = /encoding { return 200 "encoding $http_accept_encoding"; }
      location = /private {
        if ($http_authorization != "Basic dXNlcjpwYXNz") { return 401 "who are you"; }
        return 200 "welcome";
      }
      location = /token {
        if ($http_authorization != "Bearer sesame") { return 403 "closed"; }
        return 200 "open";
      }
      %5$s
    }
    """
        .formatted(web, folder, good, closed, doors.packed());
  }

  private static String tls(int port, Certificates.Pair pair, String more) {
    // nginx before 1.25 has http2 as a word of listen.
    boolean http2 = more.contains("http2");
    return """
    server {
      listen 127.0.0.1:%1$d ssl%4$s; listen [::1]:%1$d ssl%4$s;
      %2$s %3$s
      location = / { return 200 "secret hello"; }
      location = /down { return 302 /; }
      location = /missing { return 404 "not here"; }
    }
    """
        .formatted(port, pair.nginx(), http2 ? "" : more, http2 ? " http2" : "");
  }

  private Process nameServer() {
    String program = Programs.require("nsd");
    try {
      Path home = Files.createDirectories(folder.resolve("nsd"));
      Files.writeString(
          home.resolve("zone"),
          """
          $ORIGIN twin.example.
          $TTL 300
          @ IN SOA ns.twin.example. host.twin.example. 2026112201 3600 600 86400 60
          @ IN NS ns
          ns IN A 127.0.0.1
          www IN A 192.0.2.1
          www IN A 192.0.2.2
          www IN AAAA 2001:db8::1
          alias IN CNAME www
          @ IN MX 10 mail
          mail IN A 192.0.2.3
          text IN TXT "v=spf1 -all" "second part"
          _sip._tcp IN SRV 1 2 5060 mail
          @ IN CAA 0 issue "ca.example"
          sub IN NS ns.sub
          ns.sub IN A 192.0.2.9
          """);
      Path config =
          Files.writeString(
              home.resolve("nsd.conf"),
              """
              server:
                ip-address: 127.0.0.1@%1$d
                ip-address: ::1@%1$d
                username: ""
                chroot: ""
                zonesdir: "%2$s"
                pidfile: "%2$s/nsd.pid"
                zonelistfile: "%2$s/zone.list"
                xfrdfile: ""
                database: ""
                server-count: 1
                refuse-any: no
              %3$s
              remote-control:
                control-enable: no
              zone:
                name: twin.example
                zonefile: zone
              """
                  .formatted(names, home, doors.names()));
      Process process =
          Programs.start(home.resolve("log"), List.of(program, "-d", "-c", config.toString()));
      Programs.awaitListening(names);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String modules() {
    try (var in = TwinScene.class.getResourceAsStream("twin.yml")) {
      if (in == null) {
        throw new AssertionError("twin.yml is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return doors.filled(text.replace("CA_FILE", authority.certificate().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    List<String> plain =
        Stream.of(
                "/",
                "/page.txt",
                "/big.txt",
                "/data.json",
                "/missing",
                "/error",
                "/empty",
                "/teapot",
                "/found",
                "/moved",
                "/other",
                "/temporary",
                "/permanent",
                "/chain",
                "/loop",
                "/secure",
                "/nowhere",
                "/broken-location",
                "/method",
                "/cookie",
                "/headers",
                "/host",
                "/encoding",
                "/private",
                "/token")
            .map(path -> "http://localhost:" + web + path)
            .toList();
    for (String module :
        List.of(
            "http_2xx",
            "http_4xx",
            "http_post",
            "http_head",
            "http_no_redirects",
            "http_regex",
            "http_not_regex",
            "http_header",
            "http_not_header",
            "http_basic",
            "http_bearer",
            "http_limit",
            "http_gzip",
            "http_versions",
            "http_not_ssl",
            "http_ca",
            "http_host",
            "http_ip4")) {
      plain.forEach(target -> cases.add(new Case(module, target)));
    }
    List<String> secure =
        Stream.of(good, expired, selfSigned, wrongName, old)
            .flatMap(
                port ->
                    Stream.of("https://localhost:" + port + "/", "https://127.0.0.1:" + port + "/"))
            .toList();
    for (String module :
        List.of(
            "http_2xx",
            "http_ca",
            "http_insecure",
            "http_http1",
            "http_if_ssl",
            "http_tls13",
            "http_server_name",
            "http_not_ssl")) {
      secure.forEach(target -> cases.add(new Case(module, target)));
    }
    cases.add(new Case("http_ca", "https://localhost:" + good + "/down"));
    cases.add(new Case("http_ca", "https://localhost:" + good + "/missing"));
    cases.add(new Case("http_2xx", "localhost:" + web));
    cases.add(new Case("http_2xx", "127.0.0.1:" + web));
    cases.add(new Case("http_2xx", "[::1]:" + web));
    cases.add(new Case("http_2xx", "http://localhost:" + closed + "/"));
    cases.add(new Case("http_2xx", "http://127.0.0.1:" + web + "/host", "&hostname=a.example"));
    cases.add(new Case("http_host", "http://127.0.0.1:" + web + "/host", "&hostname=a.example"));
    cases.add(new Case("http_ip6_only", "http://127.0.0.1:" + web + "/"));
    talk(cases);
    names(cases);
    cases.addAll(doors.cases(web, good, closed));
    return cases;
  }

  private void talk(List<Case> cases) {
    List<String> places =
        Stream.concat(
                talkers.ports().stream(), Stream.of(web, good, expired, selfSigned, closed, old))
            .map(port -> "localhost:" + port)
            .toList();
    for (String module :
        List.of(
            "tcp_connect",
            "tcp_banner",
            "tcp_smtp",
            "tcp_expect_missing",
            "tcp_tls",
            "tcp_tls_insecure",
            "tcp_starttls")) {
      places.forEach(target -> cases.add(new Case(module, target)));
    }
    cases.add(new Case("tcp_connect", "127.0.0.1"));
    cases.add(new Case("tcp_source", "127.0.0.1:" + web));
    cases.add(new Case("tcp_tls", "127.0.0.1:" + wrongName, "&hostname=other.example"));
  }

  private void names(List<Case> cases) {
    List<String> modules = new ArrayList<>();
    for (String what :
        List.of(
            "soa",
            "a",
            "aaaa",
            "mx",
            "txt",
            "ns",
            "srv",
            "any",
            "caa",
            "alias",
            "missing",
            "nodata",
            "outside",
            "sub",
            "fatal",
            "needed",
            "all",
            "none",
            "nxdomain_ok")) {
      for (String how : List.of("udp4", "udp6", "tcp4")) {
        modules.add("dns_" + what + "_" + how);
      }
    }
    modules.forEach(
        module ->
            cases.add(new Case(module, (module.endsWith("6") ? "[::1]:" : "localhost:") + names)));
    cases.add(new Case("dns_soa_udp6", "localhost:" + names));
    cases.add(new Case("dns_soa_udp4", "127.0.0.1:" + closed));
    cases.add(new Case("dns_soa_tcp4", "127.0.0.1:" + closed));
  }

  @Override
  public void close() {
    nginx.close();
    Programs.kill(nsd);
    doors.close();
    talkers.close();
  }
}
