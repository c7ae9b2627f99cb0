package parallax.coordinator.status.serve;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import parallax.coordinator.report.ReportGate;
import parallax.coordinator.status.edition.Editions;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Standing;

/**
 * All that belongs to what the public sees, once for each coordinator, however it is asked for.
 *
 * @param gate counts what is reported, by whatever way
 */
public record Publication(
    Overview overview,
    ReportGate gate,
    Editions editions,
    Surface surface,
    ReportForm form,
    LongSupplier nanos) {

  /** Of what a coordinator knows. */
  public static Publication of(
      Overview overview, Store store, InstantSource clock, LongSupplier nanos) {
    ReportGate gate = new ReportGate(nanos);
    Editions editions = new Editions(overview, store, clock, nanos);
    return new Publication(
        overview,
        gate,
        editions,
        new Surface(overview, store, editions),
        new ReportForm(new ReportForm.Ports(overview, store.reports(), gate, clock)),
        nanos);
  }

  /** A listener for the public alone; it does not listen yet. */
  public PublicServer server(Vertx vertx, Supplier<Standing> standing) {
    return new PublicServer(
        vertx, new PublicServer.Ports(overview, editions, form, standing, nanos));
  }
}
