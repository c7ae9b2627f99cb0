package parallax.deploy.registration;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import parallax.probe.registration.Registration;
import parallax.probe.registration.Registration.NotParsed;
import parallax.probe.registration.Registration.NotRegistered;
import parallax.probe.registration.Registration.RateLimited;
import parallax.probe.registration.Registration.Registered;
import parallax.probe.registration.Registration.Unavailable;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.date.RegistryDate;

/** An answer as one JSON object: null is what is not told, a list that is not told is empty. */
final class RegistrationJson {
  private RegistrationJson() {}

  static JsonObject of(Registration registration) {
    return switch (registration) {
      case Registered(RegistrationFacts facts) -> registered(facts);
      case NotRegistered _ -> nothingKnown().put("registered", false);
      case RateLimited _, NotParsed _, Unavailable _ -> nothingKnown();
    };
  }

  /** Why there are no facts, for people; empty when there are. */
  static String words(Registration registration) {
    return switch (registration) {
      case Registered _, NotRegistered _ -> "";
      case RateLimited(String words) -> "rate limited: " + words;
      case NotParsed(String reason) -> "could not parse: " + reason;
      case Unavailable(String reason) -> "no answer: " + reason;
    };
  }

  static JsonObject nothingKnown() {
    return new JsonObject()
        .putNull("registered")
        .putNull("expires")
        .put("statuses", new JsonArray())
        .put("rawStatuses", new JsonArray())
        .put("nameservers", new JsonArray())
        .putNull("registrar");
  }

  private static JsonObject registered(RegistrationFacts facts) {
    JsonObject object = nothingKnown().put("registered", true);
    facts
        .dates()
        .expiry()
        .when()
        .map(RegistryDate::text)
        .ifPresent(at -> object.put("expires", at));
    facts.registrar().ifPresent(name -> object.put("registrar", name));
    return object
        .put("statuses", array(facts.eppStatuses()))
        .put("rawStatuses", array(facts.rawStatuses()))
        .put("nameservers", array(facts.nameServers()));
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
