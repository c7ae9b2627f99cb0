package parallax.coordinator.api.access;

import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import parallax.coordinator.api.exchange.Reply;

/** What forms send (HTML, section 4.10.21.7). */
public final class Posted {
  private static final String FORM = "application/x-www-form-urlencoded";

  private Posted() {}

  /** Whether a request that was read is a form; it was answered if not. */
  public static boolean isForm(RoutingContext context, BiConsumer<RoutingContext, Reply> writer) {
    String type =
        Optional.ofNullable(context.request().getHeader("Content-Type"))
            .orElse("")
            .split(";", 2)[0];
    boolean is = type.strip().toLowerCase(Locale.ROOT).equals(FORM);
    if (!is) {
      writer.accept(context, Reply.problem(415, "the body must be " + FORM));
    }
    return is;
  }
}
