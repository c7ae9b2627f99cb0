package parallax.coordinator.json;

import java.io.IOException;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.TraceSeen;
import parallax.config.observation.seen.WalkSeen;

/** Certificates, ways from the root, requests of a look and packets, as the API tells them. */
final class SeenFields {
  private SeenFields() {}

  static void write(Json json, ChainSeen chain) throws IOException {
    json.items("certificates", chain.certificates(), SeenFields::certificate)
        .number("more", chain.more())
        .text("fault", chain.fault());
  }

  private static void certificate(Json json, ChainSeen.Certificate certificate) throws IOException {
    json.text("subject", certificate.subject())
        .text("issuer", certificate.issuer())
        .texts("names", certificate.names())
        .number("moreNames", certificate.moreNames())
        .instant("notBefore", certificate.notBefore())
        .instant("notAfter", certificate.notAfter())
        .text("key", certificate.key())
        .text("signature", certificate.signature());
  }

  static void write(Json json, PartsSeen parts) throws IOException {
    json.items("items", parts.parts(), SeenFields::part).number("more", parts.more());
  }

  private static void part(Json json, PartsSeen.Part part) throws IOException {
    json.text("name", part.name());
    if (part.status().isPresent()) {
      json.number("status", part.status().get());
    }
    json.millis("startMs", part.start())
        .millis("resolveMs", part.spent().resolve())
        .millis("connectMs", part.spent().connect())
        .millis("tlsMs", part.spent().tls())
        .millis("firstByteMs", part.spent().firstByte())
        .millis("transferMs", part.spent().transfer());
    if (part.bytes().isPresent()) {
      json.number("bytes", part.bytes().get());
    }
    json.text("fault", part.fault());
  }

  static void write(Json json, ReachSeen reach) throws IOException {
    if (reach.echoes().isPresent()) {
      ReachSeen.EchoesSeen echoes = reach.echoes().get();
      json.object("echoes", fields -> echoes(fields, echoes));
    }
    if (reach.clock().isPresent()) {
      ReachSeen.ClockSeen clock = reach.clock().get();
      json.object(
          "clock",
          fields ->
              fields
                  .millis("offsetMs", clock.offset())
                  .number("stratum", clock.stratum())
                  .text("reference", clock.reference())
                  .millis("roundTripMs", clock.roundTrip())
                  .millis("rootDistanceMs", clock.rootDistance())
                  .text("leap", clock.leap()));
    }
    if (reach.trace().isPresent()) {
      TraceSeen trace = reach.trace().get();
      json.object("trace", fields -> write(fields, trace));
    }
  }

  static void write(Json json, TraceSeen trace) throws IOException {
    json.text("to", trace.to())
        .items("hops", trace.hops(), SeenFields::hop)
        .text("end", trace.end().name());
  }

  private static void hop(Json json, TraceSeen.Hop hop) throws IOException {
    json.text("by", hop.by());
    if (hop.after().isPresent()) {
      json.millis("afterMs", hop.after().get());
    }
  }

  private static void echoes(Json json, ReachSeen.EchoesSeen echoes) throws IOException {
    json.number("sent", echoes.sent()).number("received", echoes.received());
    if (echoes.roundTrips().isPresent()) {
      ReachSeen.RoundTrips times = echoes.roundTrips().get();
      json.millis("shortestMs", times.shortest())
          .millis("averageMs", times.average())
          .millis("longestMs", times.longest())
          .millis("jitterMs", times.jitter());
    }
  }

  static void write(Json json, WalkSeen walk) throws IOException {
    json.text("zone", walk.zone())
        .items("steps", walk.steps(), SeenFields::step)
        .text("fault", walk.fault())
        .number("queries", walk.queries());
  }

  private static void step(Json json, WalkSeen.Step step) throws IOException {
    json.text("zone", step.zone())
        .items("servers", step.servers(), SeenFields::server)
        .number("more", step.more());
  }

  private static void server(Json json, WalkSeen.Server server) throws IOException {
    json.text("name", server.name())
        .text("address", server.address())
        .text("answer", server.answer().name())
        .text("said", server.said())
        .millis("tookMs", server.took());
  }
}
