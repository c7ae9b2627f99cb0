package parallax.deploy.check;

import io.vertx.core.json.JsonObject;
import java.util.List;
import parallax.config.observation.Layer;
import parallax.config.observation.Printable;

/**
 * What is to be said of a layer beyond its row.
 *
 * @param lines for people, without colours
 * @param json for machines, laid over the layer's object
 */
record Detail(Layer layer, List<String> lines, JsonObject json) {
  private static final int MAX_LINE = 160;

  Detail {
    lines = lines.stream().map(line -> Printable.bounded(line, MAX_LINE)).toList();
  }

  /** The same where people are told in other words. */
  Detail forMachines() {
    return new Detail(layer, List.of(), json);
  }
}
