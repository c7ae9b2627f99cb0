package parallax.probe.blackbox.read;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.probe.blackbox.condition.CelCondition;
import parallax.probe.blackbox.module.HttpClientSettings;
import parallax.probe.blackbox.module.HttpModule;
import parallax.probe.blackbox.module.HttpModule.BodyRules;
import parallax.probe.blackbox.module.HttpModule.Coding;
import parallax.probe.blackbox.module.HttpModule.Condition;
import parallax.probe.blackbox.module.HttpModule.HeaderRule;
import parallax.probe.blackbox.module.HttpModule.HeaderRules;
import parallax.probe.blackbox.module.Value;

/** The part {@code http} of a module. */
final class HttpReader {
  private static final int LEAST_STATUS = 100;
  private static final int MOST_STATUS = 999;

  private static final Map<String, Coding> CODINGS =
      Map.of(
          "", Coding.UNSAID,
          "identity", Coding.IDENTITY,
          "br", Coding.BR,
          "gzip", Coding.GZIP,
          "deflate", Coding.DEFLATE);

  private final Section section;

  private HttpReader(Section section) {
    this.section = section;
  }

  static HttpModule read(Section section) {
    HttpReader reader = new HttpReader(section);
    boolean http3 = section.flag("enable_http3", false);
    if (http3 && section.flag("enable_http2", true)) {
      section.refuse("enable_http3", "needs enable_http2: false");
    }
    if (section.has("no_follow_redirects")) {
      section.refuse("no_follow_redirects", "is gone; write follow_redirects: false");
    }
    List<HttpClientSettings.Header> headers = ClientReader.headers(section, "headers");
    Coding coding = reader.coding(headers);
    HttpModule.Expectations expect =
        new HttpModule.Expectations(
            section.wholes("valid_status_codes", LEAST_STATUS, MOST_STATUS),
            section.texts("valid_http_versions"),
            section.flag("fail_if_ssl", false),
            section.flag("fail_if_not_ssl", false),
            new HeaderRules(
                reader.headerRules("fail_if_header_matches"),
                reader.headerRules("fail_if_header_not_matches")),
            reader.bodyRules(),
            coding,
            reader.bodyLimit());
    HttpModule module =
        new HttpModule(
            section.text("method").filter(text -> !text.isEmpty()).orElse("GET"),
            headers,
            reader.body(),
            ClientReader.read(section),
            OtherReaders.ip(section),
            section.flag("skip_resolve_phase_with_proxy", false),
            http3,
            expect);
    if (http3 && module.client().proxy().url().isPresent()) {
      section
          .problems()
          .warning(
              section.placeOf("enable_http3"),
              "'enable_http3' goes through no proxy: every probe of this module will fail");
    }
    if (!module.method().matches("[A-Za-z-]{1,32}")) {
      section.refuse("method", "must be a method of HTTP, such as GET");
    }
    section.end();
    return module;
  }

  private Optional<Value> body() {
    Optional<Value> body = section.secretOrFile("body", "body_file");
    return body.filter(
        value -> !(value instanceof Value.Inline(var text) && text.reveal().isEmpty()));
  }

  private List<HeaderRule> headerRules(String key) {
    return section.items(
        key,
        node -> {
          Section rule = Section.of(section.problems(), key, node);
          Optional<String> header = rule.text("header").filter(text -> !text.isEmpty());
          Optional<Pattern> pattern = rule.pattern("regexp");
          if (header.isEmpty()) {
            rule.refuse("header", "is missing in '" + key + "'");
          }
          if (!rule.has("regexp")) {
            rule.refuse("regexp", "is missing in '" + key + "'");
          }
          boolean missing = rule.flag("allow_missing", false);
          rule.end();
          return header.flatMap(name -> pattern.map(regex -> new HeaderRule(name, regex, missing)));
        });
  }

  private BodyRules bodyRules() {
    return new BodyRules(
        section.patterns("fail_if_body_matches_regexp"),
        section.patterns("fail_if_body_not_matches_regexp"),
        condition("fail_if_body_json_matches_cel"),
        condition("fail_if_body_json_not_matches_cel"));
  }

  private Optional<Condition> condition(String key) {
    Optional<String> text = section.text(key).filter(written -> !written.isEmpty());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(CelCondition.compile(text.get()));
    } catch (IllegalArgumentException e) {
      section.refuse(key, "must be a condition in CEL (" + e.getMessage() + ")");
      return Optional.empty();
    }
  }

  private long bodyLimit() {
    Optional<String> text = section.text("body_size_limit");
    Optional<Long> bytes = text.flatMap(GoText::bytes);
    if (text.isPresent() && bytes.isEmpty()) {
      section.wrong(
          "body_size_limit",
          section.take("body_size_limit").orElseThrow(),
          "must be a size such as 500KB or 10MB");
    }
    return bytes.orElse(0L);
  }

  private Coding coding(List<HttpClientSettings.Header> headers) {
    String word = section.text("compression").orElse("").toLowerCase(Locale.ROOT);
    Coding coding = Optional.ofNullable(CODINGS.get(word)).orElse(Coding.UNSAID);
    if (!CODINGS.containsKey(word)) {
      section.wrong(
          "compression",
          section.take("compression").orElseThrow(),
          "must be one of br, gzip, deflate, identity");
    }
    if (coding != Coding.UNSAID) {
      headers.stream()
          .filter(header -> header.name().equalsIgnoreCase("Accept-Encoding"))
          .map(header -> header.value())
          .filter(value -> value instanceof Value.Inline(var text) && !accepts(text.reveal(), word))
          .findFirst()
          .ifPresent(
              _ ->
                  section.refuse(
                      "compression", "is " + word + ", which the header Accept-Encoding forbids"));
    }
    return coding;
  }

  /** Whether an Accept-Encoding lets the coding through (RFC 9110 section 12.5.3). */
  private static boolean accepts(String header, String coding) {
    if (header.isBlank()) {
      return true;
    }
    Optional<Double> own = Optional.empty();
    Optional<Double> any = Optional.empty();
    for (String part : Stream.of(header.split(",", -1)).map(String::strip).toList()) {
      String[] pieces = part.split(";", 2);
      double weight = pieces.length > 1 && pieces[1].strip().matches("q=0(\\.0+)?") ? 0.0 : 1.0;
      if (pieces[0].strip().equalsIgnoreCase(coding)) {
        own = Optional.of(weight);
      } else if (pieces[0].strip().equals("*")) {
        any = Optional.of(weight);
      }
    }
    return own.isPresent() ? own.get() > 0 : any.filter(weight -> weight > 0).isPresent();
  }
}
