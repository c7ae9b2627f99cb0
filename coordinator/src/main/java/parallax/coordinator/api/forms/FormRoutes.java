package parallax.coordinator.api.forms;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.access.Need;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.api.access.Door;
import parallax.coordinator.api.access.Personal;
import parallax.coordinator.api.access.Posted;
import parallax.coordinator.api.exchange.Network;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.api.people.Caller;
import parallax.coordinator.api.people.Deed;
import parallax.coordinator.api.people.Wish;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.deed.DeedPage;
import parallax.coordinator.page.deed.Filled;
import parallax.coordinator.store.StoreException;

/**
 * The places that forms of pages are posted to. Each does what the deed of the API does that it
 * stands for, by the same function, and answers with a page: the one that it was begun on, or the
 * form once more with what was wrong. Any coordinator does it, whoever leads.
 */
public final class FormRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(FormRoutes.class);

  private final Ports ports;
  private final List<PageForm> forms;
  private final Frame frame;

  /**
   * What it needs.
   *
   * @param working has an answer made where it may take a while
   * @param writer writes an answer
   */
  public record Ports(
      Door door,
      InstantSource clock,
      BiConsumer<RoutingContext, Supplier<Reply>> working,
      BiConsumer<RoutingContext, Reply> writer) {}

  /**
   * The routes.
   *
   * @param deeds of the API
   */
  public FormRoutes(Ports ports, List<Deed> deeds, Frame frame) {
    this.ports = ports;
    this.frame = frame;
    forms = new Forms(deeds, frame).all();
  }

  /** The paths, as the API description writes them. */
  public Stream<String> paths() {
    return forms.stream().map(form -> form.at().path());
  }

  /** Behind what reads bodies. */
  public void on(Router router) {
    paths()
        .map(path -> path.contains("{") ? path.substring(0, path.indexOf('{')) + "*" : path)
        .distinct()
        .forEach(
            path ->
                router
                    .route(path)
                    .method(HttpMethod.POST)
                    .useNormalizedPath(false)
                    .handler(this::take));
  }

  private void take(RoutingContext context) {
    String path = String.valueOf(context.request().path());
    Optional<PageForm> found =
        forms.stream().filter(form -> form.at().parameters(path).isPresent()).findFirst();
    if (found.isEmpty()) {
      context.next();
      return;
    }
    PageForm form = found.get();
    Optional<Visitor> visitor = ports.door().admitForm(context, Need.of(form.at().role()));
    if (visitor.isPresent() && Posted.isForm(context, ports.writer())) {
      List<String> parameters = form.at().parameters(path).orElseThrow();
      HttpServerRequest request = context.request();
      Map<String, String> values = values(form, request.formAttributes());
      String network = Network.of(request.remoteAddress());
      ports.working().accept(context, () -> done(form, parameters, values, visitor.get(), network));
    }
  }

  private static Map<String, String> values(PageForm form, MultiMap sent) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String field : form.fields()) {
      Optional.ofNullable(sent.get(field)).ifPresent(value -> values.put(field, value));
    }
    return values;
  }

  private Reply done(
      PageForm form,
      List<String> encoded,
      Map<String, String> values,
      Visitor visitor,
      String network) {
    List<String> parameters = new ArrayList<>();
    try {
      for (String parameter : encoded) {
        parameters.add(Request.decodedPath(parameter));
      }
    } catch (Request.Unusable e) {
      return Reply.problem(400, String.valueOf(e.getMessage()));
    }
    PageForm.Sent sent = new PageForm.Sent(parameters, values, visitor);
    try {
      Reply reply =
          form.at()
              .answer()
              .to(
                  new Wish(
                      parameters,
                      form.body().of(sent),
                      new Caller(visitor.asker().name()),
                      ports.clock().instant().truncatedTo(ChronoUnit.MICROS),
                      network));
      return reply.status() < 300
          ? form.done().of(sent, reply)
          : again(form, sent, reply.status(), detail(reply));
    } catch (Request.Unusable e) {
      return again(form, sent, 400, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      LOG.warn("form=store_failed path={} error=\"{}\"", form.at().path(), e.getMessage());
      return again(form, sent, 503, "the durable record cannot be reached; try again");
    } catch (RuntimeException e) {
      LOG.error("form=failed path={} error={}", form.at().path(), e.toString(), e);
      return again(form, sent, 500, "an error of Parallax; its log says more");
    }
  }

  private Reply again(PageForm form, PageForm.Sent sent, int status, String why) {
    Filled filled = new Filled(sent.values(), Optional.of(Filled.Problem.of(why, form.fields())));
    DeedPage page = new DeedPage(frame.in(sent.visitor().language()));
    String html = page.render(form.again().of(sent, filled));
    return Door.page(status, Personal.filled(html, sent.visitor(), "/"));
  }

  private static String detail(Reply problem) {
    try {
      return String.valueOf(new JsonObject(problem.body()).getString("detail"));
    } catch (DecodeException e) {
      return "it was refused";
    }
  }
}
