package parallax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.config.publicpage.Service;
import parallax.config.publicpage.StatusPage;
import parallax.config.target.TargetName;

class StatusPageReadingTest {
  private static Loaded.Valid load(String yaml) {
    return (Loaded.Valid)
        ConfigurationLoader.parse(
            Path.of("test.yaml"), yaml.getBytes(StandardCharsets.UTF_8), Fixtures.SECRETS);
  }

  private static SortedSet<TargetName> names(String... names) {
    TreeSet<TargetName> all = new TreeSet<>();
    for (String name : names) {
      all.add(new TargetName(name));
    }
    return all;
  }

  @Test
  void everythingThatCanBeSaidIsRead() {
    Configuration configuration =
        load("""
        targets:
          - {name: shop, url: "https://shop.example.com/", labels: {team: web}}
          - {name: blog, url: "https://blog.example.com/", labels: {team: web}}
          - {name: db, url: "tcp://db.example.com:5432"}
        status_page:
          title: Example Inc.
          url: https://status.example.com/
          groups:
            - name: For customers
              services:
                - {name: Website & app, description: Where you buy, targets: [shop, blog]}
                - {name: お知らせ, targets: blog}
            - name: For partners
              services: [{name: Everything on the web, match: {team: web}}]
        """)
            .configuration();
    StatusPage page = configuration.statusPage();
    assertThat(page)
        .isEqualTo(
            new StatusPage(
                "Example Inc.",
                Optional.of(URI.create("https://status.example.com/")),
                List.of(
                    new StatusPage.Group(
                        "For customers",
                        List.of(
                            new Service(
                                "Website & app",
                                Optional.of("Where you buy"),
                                names("shop", "blog"),
                                new TreeMap<>()),
                            new Service("お知らせ", Optional.empty(), names("blog"), new TreeMap<>()))),
                    new StatusPage.Group(
                        "For partners",
                        List.of(
                            new Service(
                                "Everything on the web",
                                Optional.empty(),
                                names(),
                                new TreeMap<>(Map.of("team", "web"))))))));
    Service web = page.service("Everything on the web").orElseThrow();
    assertThat(configuration.targets().stream().filter(web::includes).map(t -> t.name().value()))
        .containsExactly("blog", "shop");
    Service named = page.service("お知らせ").orElseThrow();
    assertThat(configuration.targets().stream().filter(named::includes).map(t -> t.name().value()))
        .containsExactly("blog");
  }

  @Test
  void leftOutNothingIsPublic() {
    assertThat(load("targets: [https://example.com/]").configuration().statusPage())
        .isEqualTo(StatusPage.NONE);
    assertThat(
            load("targets: [https://example.com/]\nstatus_page: {}").configuration().statusPage())
        .isEqualTo(StatusPage.NONE);
  }

  @Test
  void labelsThatNoTargetCarriesAreWarnedOf() {
    Loaded.Valid loaded =
        load(
            """
            targets: [https://example.com/]
            status_page:
              groups: [{name: Web, services: [{name: Shop, match: {team: none}}]}]
            """);
    assertThat(loaded.warnings())
        .extracting(problem -> problem.message())
        .containsExactly("service 'Shop' has no target with these labels; it is shown as unknown");
  }
}
