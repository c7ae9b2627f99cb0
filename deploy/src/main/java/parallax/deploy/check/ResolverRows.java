package parallax.deploy.check;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.deploy.terminal.Times;
import parallax.probe.dns.Presentation;
import parallax.probe.dns.vantage.Beside;
import parallax.probe.dns.vantage.ExtendedError;
import parallax.probe.dns.vantage.Heard;
import parallax.probe.dns.vantage.Said;
import parallax.probe.dns.vantage.Source;
import parallax.probe.dns.vantage.Standing;
import parallax.probe.dns.vantage.Vantage;

/** Shows resolvers side by side, a line each, below what the source says. */
final class ResolverRows {
  private static final int MAX_NAME = 40;
  private static final int STATE_WIDTH = 9;
  private static final int MAX_ANSWERS = 4;

  private final Source source;
  private final List<String> lines = new ArrayList<>();
  private final JsonArray rows = new JsonArray();

  private ResolverRows(Source source) {
    this.source = source;
  }

  static Detail of(Source source, List<Beside> resolvers) {
    ResolverRows rows = new ResolverRows(source);
    int width =
        resolvers.stream().mapToInt(one -> Math.min(MAX_NAME, one.name().length())).max().orElse(0);
    String question =
        Presentation.canonicalName(source.question().name())
            + " "
            + Type.string(source.question().type());
    rows.lines.add(
        "    "
            + question
            + source
                .answer()
                .map(said -> " at the source: " + words(said))
                .orElse(": the source does not tell, compared with each other"));
    resolvers.forEach(one -> rows.add(one, width));
    JsonObject json = new JsonObject().put("question", question);
    source.answer().ifPresent(said -> json.put("source", json(said)));
    return new Detail(Layer.DNS, rows.lines, json.put("resolvers", rows.rows));
  }

  private void add(Beside resolver, int width) {
    String head =
        "    " + resolver.name() + " ".repeat(Math.max(0, width - resolver.name().length()));
    JsonObject json = new JsonObject().put("resolver", resolver.name());
    switch (resolver) {
      case Beside.NotFound(_, Finding why) -> {
        lines.add(head + "  " + padded("not found") + "  " + why.words());
        json.put("state", "not_found").put("detail", why.words());
      }
      case Beside.Asked(Heard heard, Standing standing) -> {
        lines.add(
            head
                + "  "
                + padded(word(standing.state()))
                + "  "
                + what(heard, standing)
                + "  "
                + Times.precise(heard.took()));
        put(heard, standing, json);
      }
    }
    rows.add(json);
  }

  private static String padded(String state) {
    return state + " ".repeat(Math.max(0, STATE_WIDTH - state.length()));
  }

  private static String word(Standing.State state) {
    return switch (state) {
      case AGREES -> "agrees";
      case CACHED -> "outdated";
      case RESOLVER_SERVFAIL -> "fails";
      case RESOLVER_STALE -> "stale";
      case RESOLVER_BLOCKED -> "blocked";
      case RESOLVER_DIFFERS -> "differs";
      case RESOLVER_DOWN -> "down";
      case NOT_TESTED -> "untold";
    };
  }

  /** What it answered, for how long that is good, what it says about it, and why it is no good. */
  private String what(Heard heard, Standing standing) {
    List<String> parts = new ArrayList<>();
    switch (heard) {
      case Heard.Silent _ -> parts.add(standing.detail());
      case Heard.Answered answered -> {
        Said said = answered.said();
        parts.add(words(said));
        if (!said.records().isEmpty()) {
          parts.add(good(said));
        }
        if (answered.authenticated()) {
          parts.add("validated");
        }
        answered.errors().forEach(error -> parts.add(error.toString()));
        boolean telling =
            standing.state() == Standing.State.CACHED
                || (standing.state() == Standing.State.RESOLVER_BLOCKED
                    && answered.errors().isEmpty());
        if (telling) {
          parts.add(standing.detail());
        }
      }
    }
    return String.join(", ", parts);
  }

  /** A TTL that has run down tells that the answer is from a cache, and since when. */
  private String good(Said said) {
    long whole =
        source
            .answer()
            .filter(said::agrees)
            .map(Said::ttlSeconds)
            .filter(full -> full > said.ttlSeconds())
            .orElse(said.ttlSeconds());
    return "good for "
        + said.ttlSeconds()
        + " s"
        + (whole > said.ttlSeconds() ? " of " + whole + " s" : "");
  }

  private static String words(Said said) {
    String answers =
        said.records().stream()
            .limit(MAX_ANSWERS)
            .map(Presentation::text)
            .collect(Collectors.joining(" "));
    int more = said.records().size() - MAX_ANSWERS;
    String rest = more > 0 ? " and " + more + " more" : "";
    if (said.rcode() != Rcode.NOERROR) {
      return Rcode.string(said.rcode()) + (answers.isEmpty() ? "" : " " + answers + rest);
    }
    return answers.isEmpty() ? "no such record" : answers + rest;
  }

  private static JsonObject json(Said said) {
    return new JsonObject()
        .put("rcode", Rcode.string(said.rcode()))
        .put("answers", new JsonArray(said.records().stream().map(Presentation::text).toList()))
        .put("ttlSeconds", said.ttlSeconds());
  }

  private static void put(Heard heard, Standing standing, JsonObject json) {
    Vantage vantage = heard.vantage();
    json.put("address", vantage.server().getAddress().getHostAddress())
        .put("port", vantage.server().getPort())
        .put("over", over(vantage.way()))
        .put("state", word(standing.state()))
        .put("code", standing.state().name())
        .put("detail", standing.detail())
        .put("ms", Math.round(heard.took().toNanos() / 1e3) / 1e3);
    if (heard instanceof Heard.Answered answered) {
      json.mergeIn(json(answered.said())).put("authenticated", answered.authenticated());
      JsonArray hints = new JsonArray();
      for (ExtendedError error : answered.errors()) {
        hints.add(new JsonObject().put("code", error.code()).put("text", error.text()));
      }
      json.put("hints", hints);
    }
  }

  private static String over(Vantage.Way way) {
    return switch (way) {
      case Vantage.Udp _ -> "udp";
      case Vantage.Tcp _ -> "tcp";
      case Vantage.Tls _ -> "tls";
      case Vantage.Https _ -> "https";
    };
  }
}
