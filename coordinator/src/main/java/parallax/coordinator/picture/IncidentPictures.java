package parallax.coordinator.picture;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.sight.Sampling;
import parallax.coordinator.sight.Sights;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;

/**
 * Pictures of incidents, drawn from the record; blocking. There is none of trouble of our own side,
 * and none where nothing is on record or the record cannot be read: a picture is never worth
 * waiting for, or failing.
 */
public final class IncidentPictures {
  /** More are not drawn at once: whoever comes then gets none. */
  static final int MAX_AT_ONCE = 2;

  /** Probes and checks whose looks are read of each column. */
  private static final int SOURCES = 32;

  private static final Logger LOG = LoggerFactory.getLogger(IncidentPictures.class);

  private final Store store;
  private final InstantSource clock;
  private final Sampling sampling;
  private final Semaphore free = new Semaphore(MAX_AT_ONCE);
  private final AtomicBoolean withoutPng = new AtomicBoolean();

  public IncidentPictures(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.sampling = new Sampling(store);
  }

  /** SVG; the same for whoever asks within a moment. */
  public Optional<String> svg(Incident incident, IncidentScene.Style style) {
    return scene(incident, style).map(IncidentPictures::svg);
  }

  /** PNG; empty, too, where the machine cannot draw the letters that are needed. */
  public Optional<byte[]> png(Incident incident, IncidentScene.Style style) {
    return withoutPng.get() ? Optional.empty() : scene(incident, style).flatMap(this::png);
  }

  private Optional<Scene> scene(Incident incident, IncidentScene.Style style) {
    IncidentScene.Reach reach = IncidentScene.Reach.of(incident, clock.instant());
    if (incident.targets().isEmpty() || !reach.length().isPositive() || !free.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return Optional.of(IncidentScene.of(known(incident, reach), reach, style));
    } catch (StoreException e) {
      LOG.info("incident={} picture=none why=\"{}\"", incident.id().value(), e.getMessage());
      return Optional.empty();
    } finally {
      free.release();
    }
  }

  private IncidentScene.Known known(Incident incident, IncidentScene.Reach reach) {
    List<IncidentScene.Verdicts> verdicts =
        IncidentScene.targets(incident).stream()
            .map(
                name ->
                    new IncidentScene.Verdicts(
                        name, store.intervals(name, reach.from(), reach.to())))
            .toList();
    return new IncidentScene.Known(
        incident, store.notebook(incident.id()), verdicts, sights(incident, reach));
  }

  private Optional<Sights> sights(Incident incident, IncidentScene.Reach reach) {
    TargetName first = incident.targets().getFirst();
    Instant end = reach.to();
    return Optional.of(sampling.read(first, SOURCES, reach.length(), end));
  }

  private static String svg(Scene scene) {
    SvgCanvas canvas =
        new SvgCanvas(Drawing.WIDTH, Drawing.height(scene), scene.words().tag(), scene.headline());
    Drawing.draw(scene, canvas);
    return canvas.svg();
  }

  private Optional<byte[]> png(Scene scene) {
    try {
      boolean writable =
          PngCanvas.canWrite(
              Stream.concat(
                      Stream.of(scene.headline()),
                      Stream.concat(
                          scene.marks().stream().map(Scene.Mark::words),
                          scene.lanes().stream().map(Scene.Lane::name)))
                  .reduce("", String::concat));
      if (!writable) {
        return Optional.empty();
      }
      try (PngCanvas canvas = new PngCanvas(Drawing.WIDTH, Drawing.height(scene))) {
        Drawing.draw(scene, canvas);
        return Optional.of(canvas.png());
      }
    } catch (LinkageError | InternalError e) {
      // A machine without fonts, or without what draws them.
      if (!withoutPng.getAndSet(true)) {
        LOG.warn("pictures=none why=\"no fonts on this machine: {}\"", e.toString());
      }
      return Optional.empty();
    }
  }
}
