package parallax.deploy.bgp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import parallax.probe.bgp.route.PathAttributes;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.route.RouteEvent.Transition;

/** Events as one JSON object a line, until nobody listens any more. */
final class ElementLines implements Consumer<RouteEvent>, AutoCloseable {
  private static final int BUFFER_CHARS = 1 << 16;

  /** How many lines go by before a look whether somebody still listens. */
  private static final int LINES_PER_LOOK = 1000;

  private final PrintWriter out;
  private final JsonGenerator json;
  private long lines;
  private boolean unheard;

  ElementLines(PrintWriter out) throws IOException {
    this.out = out;
    this.json =
        new JsonFactory()
            .createGenerator(new BufferedWriter(out, BUFFER_CHARS))
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .setRootValueSeparator(null);
  }

  /** Whether the reader of the lines has gone, as {@code head} does when it has enough. */
  boolean isUnheard() {
    return unheard;
  }

  /** The same bytes, which end when nobody listens any more. */
  InputStream whileHeard(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int from, int count) throws IOException {
        return unheard ? -1 : super.read(bytes, from, count);
      }
    };
  }

  @Override
  public void accept(RouteEvent event) {
    if (unheard) {
      return;
    }
    try {
      switch (event) {
        case RouteEvent.Announced a -> {
          start("A", event);
          route(a.prefix().toString(), a.pathId());
          way(a.attributes());
        }
        case RouteEvent.Listed r -> {
          start("R", event);
          route(r.prefix().toString(), r.pathId());
          way(r.attributes());
        }
        case RouteEvent.Withdrawn w -> {
          start("W", event);
          route(w.prefix().toString(), w.pathId());
        }
        case RouteEvent.PeerUp up -> state("up", event, up.transition());
        case RouteEvent.PeerDown down -> state("down", event, down.transition());
        case RouteEvent.EndOfTable _ -> {
          return;
        }
      }
      json.writeEndObject();
      json.writeRaw('\n');
      lines++;
      if (lines % LINES_PER_LOOK == 0) {
        unheard = out.checkError();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(String type, RouteEvent event) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", type);
    json.writeStringField("time", event.at().toString());
    json.writeStringField("peer", event.peer().address());
    json.writeNumberField("peerAs", event.peer().asn());
  }

  private void state(String state, RouteEvent event, Transition transition) throws IOException {
    start("S", event);
    json.writeStringField("state", state);
    json.writeNumberField("before", transition.before());
    json.writeNumberField("after", transition.after());
  }

  private void route(String prefix, long pathId) throws IOException {
    json.writeStringField("prefix", prefix);
    if (pathId != 0) {
      json.writeNumberField("pathId", pathId);
    }
  }

  private void way(PathAttributes attributes) throws IOException {
    json.writeStringField("path", attributes.path().toString());
    json.writeStringField("origin", attributes.origin().name());
    if (attributes.nextHop().isPresent()) {
      json.writeStringField("nextHop", attributes.nextHop().get().toString());
    }
    json.writeArrayFieldStart("communities");
    for (String community : attributes.communities()) {
      json.writeString(community);
    }
    json.writeEndArray();
  }

  /** Writes what is left; the writer stays open. */
  @Override
  public void close() throws IOException {
    json.close();
    out.flush();
  }
}
