package parallax.probe.audit.gather;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.check.ServerAddress;
import parallax.config.policy.Receiver;
import parallax.config.policy.SmtpServer;
import parallax.config.secret.SecretSource;
import parallax.config.text.UrlText;
import parallax.probe.registration.suffix.PublicSuffixes;

/** Plans of configurations as people write them. */
final class Plans {
  static final PublicSuffixes SUFFIXES = PublicSuffixes.shipped();

  /** Who is asked where a target says nothing else. */
  static final Naming NAMING =
      new Naming(List.of(new ServerAddress("192.0.2.53", 53)), AddressFamily.ANY);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Plans() {}

  static Plan of(String yaml, String... statusPages) {
    List<UrlText> pages = List.of(statusPages).stream().map(Plans::url).toList();
    AuditSettings settings = new AuditSettings(pages, NAMING, PATIENCE, PATIENCE.multipliedBy(4));
    return Planner.plan(configuration(yaml), settings, SUFFIXES);
  }

  /** With somebody who hears of everything, and the server that takes our mail. */
  static Plan telling(String yaml, Receiver receiver) {
    Configuration read = configuration(yaml);
    SmtpServer relay =
        new SmtpServer(
            new ServerAddress("relay.example.com", 587),
            SmtpServer.Encryption.STARTTLS,
            "parallax@example.com",
            Optional.empty(),
            Optional.empty());
    Configuration whole =
        new Configuration(
            read.targets(),
            read.providers(),
            read.maintenance(),
            List.of(receiver),
            List.of(),
            read.rules(),
            Optional.of(relay),
            read.revision());
    AuditSettings settings =
        new AuditSettings(List.of(), NAMING, PATIENCE, PATIENCE.multipliedBy(4));
    return Planner.plan(whole, settings, SUFFIXES);
  }

  private static Configuration configuration(String yaml) {
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("audit.yaml"), yaml.getBytes(StandardCharsets.UTF_8), SecretSource.ofMachine());
    return switch (loaded) {
      case Loaded.Valid(Configuration configuration, _) -> configuration;
      case Loaded.Invalid(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  private static UrlText url(String text) {
    return switch (UrlText.parse(text)) {
      case UrlText.Parsed.Good(UrlText url) -> url;
      case UrlText.Parsed.Bad(String why) -> throw new AssertionError(why);
    };
  }
}
