package parallax.probe.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.Nginx;
import parallax.probe.fixture.Programs;
import parallax.probe.fixture.TestAuthority;
import parallax.probe.fixture.Written;

/** A page of a real nginx, by https and HTTP/2. */
class SecurePageTest {
  @TempDir Path folder;

  @Test
  void aSecurePageLoadsNothingInsecurely() throws Exception {
    assumeTrue(Programs.find("nginx").isPresent(), "nginx is not installed");
    TestAuthority authority = new TestAuthority(folder);
    authority.root("root", "/CN=Test root");
    authority.server("root", "shop", "IP:127.0.0.1");
    Path site = Files.createDirectory(folder.resolve("site"));
    Files.writeString(site.resolve("main.css"), "a { background: url(a.png) }");
    Files.writeString(site.resolve("a.png"), "png");
    Files.writeString(site.resolve("app.js"), "run()");
    String server =
        """
        listen 127.0.0.1:%d ssl http2;
        ssl_certificate shop.pem;
        ssl_certificate_key shop.key;
        root site;
        gzip on;
        gzip_min_length 1;
        gzip_types text/css;
        types { text/html html; text/css css; text/javascript js; image/png png; }
        """;
    try (Nginx nginx = new Nginx(folder, Map.of("shop", server));
        LoopbackProbe probe = LoopbackProbe.ofOperator(Map.of())) {
      String head =
          "<!doctype html><link rel=stylesheet href=main.css><script src=app.js></script>";
      Files.writeString(site.resolve("index.html"), head);
      CheckResult fine = probe.run(page(nginx, authority));
      assertThat(fine.outcome()).isEqualTo(new Outcome.Up());
      assertThat(fine.facts().parts().orElseThrow().parts()).hasSize(4);
      assertThat(fine.facts().httpVersion()).contains("2");

      String insecure = "<img src=http://127.0.0.1:1/x.png>";
      Files.writeString(site.resolve("index.html"), head + insecure);
      CheckResult mixed = probe.run(page(nginx, authority));
      assertThat(mixed.outcome()).isInstanceOf(Outcome.Degraded.class);
      assertThat(mixed.outcome().why().orElseThrow().reason()).isEqualTo(Reason.PAGE_MIXED_CONTENT);

      Files.writeString(
          site.resolve("index.html"),
          head + insecure.replace("img", "script").replace(">", "></script>"));
      assertThat(probe.run(page(nginx, authority)).outcome()).isInstanceOf(Outcome.Down.class);

      Files.writeString(
          site.resolve("index.html"),
          "<meta http-equiv=content-security-policy content=upgrade-insecure-requests>"
              + head
              + insecure.replace(":1/x.png", ":" + nginx.port("shop") + "/a.png"));
      assertThat(probe.run(page(nginx, authority)).outcome()).isEqualTo(new Outcome.Up());

      Files.delete(site.resolve("main.css"));
      assertThat(probe.run(page(nginx, authority)).outcome()).isInstanceOf(Outcome.Down.class);
    }
  }

  private static parallax.config.check.CheckSpec page(Nginx nginx, TestAuthority authority) {
    return Written.check(
        "targets:\n  - {name: shop, url: \"https://127.0.0.1:"
            + nginx.port("shop")
            + "/\", page: {}, tls: {ca: \""
            + authority.file("root.pem")
            + "\"}}\n");
  }
}
