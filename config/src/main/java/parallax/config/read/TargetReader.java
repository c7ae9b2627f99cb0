package parallax.config.read;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Located;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.CheckSpec;
import parallax.config.check.Naming;
import parallax.config.check.TlsPolicy;
import parallax.config.check.journey.JourneyStep;
import parallax.config.problem.Place;
import parallax.config.read.check.DnsReader.DnsSettings;
import parallax.config.read.check.UrlKinds;
import parallax.config.read.http.HttpReader.HttpSettings;
import parallax.config.read.http.PageReader;
import parallax.config.read.http.PageReader.PageSettings;
import parallax.config.read.http.StepReader;
import parallax.config.read.service.ServiceReader;
import parallax.config.read.service.ServiceReader.ServiceSettings;
import parallax.config.read.service.ServiceScheme;
import parallax.config.target.Heartbeat;
import parallax.config.target.Objective;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.text.UrlText;
import parallax.config.yaml.Yaml;

/** An item of {@code targets}: a URL by itself, or a mapping. */
final class TargetReader {
  private static final List<String> SECURE = List.of("https", "tls", "openid");
  private static final Duration MIN_EVERY = Duration.ofSeconds(10);
  private static final Duration MAX_EVERY = Duration.ofDays(366);

  private static final Field<TargetName> NAME =
      Field.optional(
          "name",
          Kinds.text(
                  "^[!#-&(-;=?-\\[\\]-_a-~]+$",
                  TargetName.MAX_LENGTH,
                  "must be a name of printable ASCII without spaces, quotes, backslashes and angle"
                      + " brackets, 1 to 253 characters")
              .then((text, _, _) -> Optional.of(new TargetName(text))),
          "Unique among targets. Left out: the URL as written.");
  private static final Field<Located<UrlText>> URL =
      Field.optional(
          "url",
          UrlKinds.url().located(),
          "What is looked at: https://host/path, http://host/path, tls://host:port,"
              + " tcp://host:port, dns://server/name?type=A, icmp://host, udp://host:port,"
              + " ntp://host, openid://issuer, or a service: smtp://host, ssh://host, grpcs://host,"
              + " wss://host/path and others.");
  private static final Field<List<JourneyStep>> STEPS =
      Field.optional(
          "steps",
          StepReader.KIND,
          "HTTP requests one after another, cookies and captured values carried over. The name of"
              + " the first one's host is looked at as that of a URL.");
  private static final Field<PageSettings> PAGE =
      Field.optional(
          "page", PageReader.KIND, "The page with all that it loads. Left out: without.");
  private static final Field<Duration> EVERY =
      Field.required("every", Kinds.duration(MIN_EVERY, MAX_EVERY), "How often it is due.");
  private static final Field<Duration> GRACE =
      Field.optional(
          "grace", Kinds.duration(Duration.ZERO, MAX_EVERY), "How late it may be. Left out: 0s.");
  private static final Field<Heartbeat> HEARTBEAT =
      Field.optional(
          "heartbeat",
          Kinds.fields(
              Shape.of("heartbeat", "A sign of life that a job sends by itself.", EVERY, GRACE),
              (values, _, _) ->
                  values
                      .get(EVERY)
                      .map(every -> new Heartbeat(every, values.get(GRACE).orElse(Duration.ZERO)))),
          "A sign of life that a job sends by itself.");

  static final Shape SHAPE =
      Shape.of(
              "target",
              "What should be up, and how it is looked at.",
              NAME,
              URL,
              STEPS,
              HEARTBEAT,
              TargetFields.INTERVAL,
              TargetFields.TIMEOUT,
              TargetFields.FROM,
              TargetFields.LABELS,
              TargetFields.IP,
              TargetFields.ADDRESSES,
              TargetFields.HTTP,
              PAGE,
              TargetFields.DNS,
              TargetFields.TLS,
              TargetFields.SERVICE,
              TargetFields.REGISTRATION,
              TargetFields.BGP,
              TargetFields.ICMP,
              TargetFields.UDP,
              TargetFields.NTP,
              TargetFields.OBJECTIVE)
          .withExactlyOneOf(URL.key(), STEPS.key(), HEARTBEAT.key());

  private static final Kind<UrlText> BARE = UrlKinds.url();

  static final Form FORM = new Form.Either(List.of(BARE.form(), new Form.Fields(SHAPE)));

  private TargetReader() {}

  /** One target; empty when it is wrong, or not one that can be run. */
  static Optional<Located<Target>> read(Yaml node, Defaults defaults, Reading reading) {
    return switch (node) {
      case Yaml.Mapping mapping -> {
        Reading inside = reading.of("target");
        yield SHAPE.read(mapping, inside).flatMap(values -> aimed(values, defaults, inside));
      }
      case Yaml.Scalar scalar ->
          bare(scalar, defaults, reading.of(URL.key())).map(it -> with(defaults.objective(), it));
      case Yaml.Sequence _ ->
          reading.of("target").wrong(node, "must be a URL, or a mapping with a url");
    };
  }

  private static Optional<Located<Target>> aimed(
      Values values, Defaults defaults, Reading reading) {
    Optional<Objective> objective =
        values.get(TargetFields.OBJECTIVE).orElseGet(defaults::objective);
    return written(values, defaults, reading).map(it -> with(objective, it));
  }

  private static Located<Target> with(Optional<Objective> objective, Located<Target> target) {
    return new Located<>(target.place(), target.value().with(objective));
  }

  private static Optional<Located<Target>> bare(
      Yaml.Scalar node, Defaults defaults, Reading reading) {
    Optional<UrlText> url = BARE.read(node, reading);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    TargetChecks checks =
        new TargetChecks(
            url.get(),
            node,
            defaults.http().settings(),
            defaults.dns().settings(),
            defaults.tls().settings(),
            defaults.registration().settings(),
            Optional.empty(),
            defaults.routes(Optional.empty(), reading),
            defaults.packets().settings(),
            defaults.ip(),
            TargetChecks.usual(defaults.addresses(), url, defaults.http().settings().proxy()),
            defaults.timeout());
    Optional<TargetName> name = nameOf(url.get(), node, reading);
    Optional<List<CheckSpec>> all = checks.all(reading);
    return name.flatMap(
        own ->
            all.map(
                specs ->
                    new Located<>(
                        node.place(),
                        new Target(
                            own,
                            Optional.of(uri(url.get(), node)),
                            defaults.labels(),
                            defaults.interval(),
                            defaults.from(),
                            specs))));
  }

  private static Optional<Located<Target>> written(
      Values values, Defaults defaults, Reading reading) {
    refuseMisplaced(values, defaults, reading);
    HttpSettings http =
        defaults.http().under(values.get(TargetFields.HTTP), reading.of(TargetFields.HTTP.key()));
    DnsSettings dns =
        defaults.dns().under(values.get(TargetFields.DNS), reading.of(TargetFields.DNS.key()));
    TlsPolicy tls =
        defaults.tls().under(values.get(TargetFields.TLS), reading.of(TargetFields.TLS.key()));
    if (!values.has(URL.key()) && !values.has(NAME.key())) {
      reading.refuse(values.node().place(), "needs the key 'name'");
    }
    Optional<Located<UrlText>> written = values.get(URL);
    Optional<List<JourneyStep>> steps = values.get(STEPS);
    Optional<UrlText> url = written.map(Located::value).or(() -> steps.flatMap(StepReader::first));
    if (url.isEmpty()) {
      return job(values, defaults);
    }
    Yaml node =
        values
            .node()
            .entry(written.isPresent() ? URL.key() : STEPS.key())
            .map(Yaml.Entry::value)
            .orElse(values.node());
    Naming.Choice usual =
        TargetChecks.usual(defaults.addresses(), written.map(Located::value), http.proxy());
    TargetChecks checks =
        new TargetChecks(
            url.get(),
            node,
            http,
            dns,
            tls,
            defaults
                .registration()
                .under(
                    values.get(TargetFields.REGISTRATION),
                    reading.of(TargetFields.REGISTRATION.key())),
            service(url.get(), values, reading),
            defaults.routes(values.get(TargetFields.BGP), reading.of(TargetFields.BGP.key())),
            defaults.packets().under(values, reading),
            values.get(TargetFields.IP).orElse(defaults.ip()),
            values.get(TargetFields.ADDRESSES).orElse(usual),
            values.get(TargetFields.TIMEOUT).orElse(defaults.timeout()));
    Optional<List<CheckSpec>> all =
        written.isPresent()
            ? ofUrl(checks, values, reading.of(URL.key()))
            : checks.journey(steps.orElse(List.of()), reading.of(STEPS.key()));
    Optional<TargetName> name =
        values.has(NAME.key())
            ? values.get(NAME)
            // Steps are named, which was asked for above; only a URL is a name, too.
            : written.flatMap(own -> nameOf(own.value(), node, reading.of(URL.key())));
    return name.flatMap(
        own ->
            all.map(
                specs ->
                    new Located<>(
                        placeOfName(values),
                        new Target(
                            own,
                            Optional.of(
                                written.isPresent()
                                    ? uri(url.get(), node)
                                    : URI.create(url.get().toString())),
                            labels(values, defaults),
                            values.get(TargetFields.INTERVAL).orElse(defaults.interval()),
                            values.get(TargetFields.FROM).orElse(defaults.from()),
                            specs))));
  }

  private static Optional<List<CheckSpec>> ofUrl(
      TargetChecks checks, Values values, Reading reading) {
    return values
        .get(PAGE)
        .map(page -> checks.withPage(page, reading))
        .orElseGet(() -> checks.all(reading));
  }

  /** What the block of a service says; empty where there is none, or a wrong one. */
  private static Optional<ServiceSettings> service(UrlText url, Values values, Reading reading) {
    Reading inside = reading.of(TargetFields.SERVICE.key());
    return ServiceScheme.of(url.scheme())
        .flatMap(
            scheme ->
                values
                    .get(TargetFields.SERVICE)
                    .flatMap(block -> ServiceReader.of(scheme).read(block, inside)));
  }

  /** A target that nobody looks at; empty when it is another one, or wrong. */
  private static Optional<Located<Target>> job(Values values, Defaults defaults) {
    return values
        .get(NAME)
        .flatMap(
            name ->
                values
                    .get(HEARTBEAT)
                    .map(
                        heartbeat ->
                            new Located<>(
                                placeOfName(values),
                                new Target(
                                    name,
                                    Optional.empty(),
                                    labels(values, defaults),
                                    heartbeat.every(),
                                    List.of(),
                                    List.of(),
                                    Optional.of(heartbeat)))));
  }

  private static SortedMap<String, String> labels(Values values, Defaults defaults) {
    SortedMap<String, String> labels = new TreeMap<>(defaults.labels());
    values
        .get(TargetFields.LABELS)
        .ifPresent(pairs -> pairs.forEach(pair -> labels.put(pair.key(), pair.value())));
    return labels;
  }

  private static Place placeOfName(Values values) {
    return values
        .node()
        .entry(values.has(NAME.key()) ? NAME.key() : URL.key())
        .map(entry -> entry.value().place())
        .orElse(values.node().place());
  }

  /** Notes blocks that say something about what this target has not. */
  private static void refuseMisplaced(Values values, Defaults defaults, Reading reading) {
    Optional<UrlText> url = values.get(URL).map(Located::value);
    boolean heartbeat = values.has(HEARTBEAT.key());
    String scheme = url.map(UrlText::scheme).orElse("");
    boolean known = TargetChecks.SCHEMES.contains(scheme);
    if (heartbeat || values.has(STEPS.key()) || (known && !scheme.startsWith("http"))) {
      misplaced(TargetFields.HTTP, "targets with an http or https URL", values, reading);
    }
    if (heartbeat || values.has(STEPS.key()) || (known && !scheme.startsWith("http"))) {
      misplaced(PAGE, "targets with an http or https URL", values, reading);
    }
    Optional<ServiceScheme> service = ServiceScheme.of(scheme);
    boolean speaksTls =
        SECURE.contains(scheme) || service.filter(ServiceScheme::speaksTls).isPresent();
    if (heartbeat || (known && !speaksTls)) {
      misplaced(TargetFields.TLS, "targets whose URL speaks TLS", values, reading);
    }
    if (heartbeat || values.has(STEPS.key()) || (known && service.isEmpty())) {
      misplaced(
          TargetFields.SERVICE, "targets with the URL of a service, as smtp://", values, reading);
    }
    refusePackets(values, heartbeat || values.has(STEPS.key()) || known ? scheme : "?", reading);
    if (values.has(TargetFields.BGP.key()) && !defaults.routesHeard()) {
      reading
          .problems()
          .warning(
              values.placeOf(TargetFields.BGP.key()),
              "'bgp' has no effect here: without 'bgp: sources' no routes are heard");
    }
    if (heartbeat) {
      misplaced(TargetFields.BGP, "targets with a URL", values, reading);
    }
    boolean connects = known && !scheme.equals("dns") && !scheme.equals("openid");
    if (heartbeat || values.has(STEPS.key()) || (known && !connects)) {
      misplaced(TargetFields.ADDRESSES, "targets whose URL is connected to", values, reading);
    }
    boolean address = url.isPresent() && url.get().hasAddress() && !scheme.equals("dns");
    if (heartbeat || address) {
      misplaced(TargetFields.DNS, "targets whose URL has a name, not an address", values, reading);
      misplaced(
          TargetFields.REGISTRATION,
          "targets whose URL has a name, not an address",
          values,
          reading);
    }
  }

  /** Blocks of one scheme each; of an unknown one, "?", nothing is said. */
  private static void refusePackets(Values values, String scheme, Reading reading) {
    for (Field<Yaml> block : List.of(TargetFields.ICMP, TargetFields.UDP, TargetFields.NTP)) {
      if (!scheme.equals(block.key()) && !scheme.equals("?")) {
        String article = block.key().startsWith("u") ? "a " : "an ";
        misplaced(block, "targets with " + article + block.key() + " URL", values, reading);
      }
    }
  }

  private static void misplaced(Field<?> block, String where, Values values, Reading reading) {
    if (values.has(block.key())) {
      reading
          .problems()
          .error(
              values.placeOf(block.key()),
              "'" + block.key() + "' is only for " + where + "; leave it out here");
    }
  }

  /** The URL as written, or in ASCII where it was not. */
  private static Optional<TargetName> nameOf(UrlText url, Yaml node, Reading reading) {
    String written = ((Yaml.Scalar) node).text();
    String name = TargetName.isValid(written) ? written : url.toString();
    return TargetName.isValid(name)
        ? Optional.of(new TargetName(name))
        : reading.refuse(
            node.place(), "can't serve as the target's name; give the target a 'name' of its own");
  }

  private static URI uri(UrlText url, Yaml node) {
    String written = ((Yaml.Scalar) node).text();
    boolean ascii = written.chars().allMatch(character -> character < 0x80);
    return URI.create(ascii ? written : url.toString());
  }
}
