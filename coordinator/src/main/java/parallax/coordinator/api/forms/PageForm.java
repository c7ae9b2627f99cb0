package parallax.coordinator.api.forms;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.api.people.Deed;
import parallax.coordinator.page.deed.DeedPage;
import parallax.coordinator.page.deed.Filled;

/**
 * A form on a page, and the deed of the API that it stands for.
 *
 * @param at where it is posted to, with the role that is needed
 * @param fields that it has
 * @param body what the deed takes
 * @param done what is answered when it was done
 * @param again the form once more
 */
record PageForm(Deed at, List<String> fields, Body body, Done done, Again again) {
  PageForm {
    fields = List.copyOf(fields);
  }

  /** What was sent, for an incident or a silence. */
  record Sent(List<String> parameters, Map<String, String> values, Visitor visitor) {
    Sent {
      parameters = List.copyOf(parameters);
      values = Map.copyOf(values);
    }

    String value(String field) {
      return values.getOrDefault(field, "");
    }
  }

  /** Brings a form to what the deed takes. */
  @FunctionalInterface
  interface Body {
    JsonObject of(Sent sent) throws Request.Unusable;
  }

  /** Answers what was done. */
  @FunctionalInterface
  interface Done {
    Reply of(Sent sent, Reply reply);
  }

  /** Shows the form once more. */
  @FunctionalInterface
  interface Again {
    DeedPage.Shown of(Sent sent, Filled filled);
  }
}
