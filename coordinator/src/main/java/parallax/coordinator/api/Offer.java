package parallax.coordinator.api;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import parallax.config.Configuration;
import parallax.coordinator.access.Need;
import parallax.coordinator.api.pages.Pages;
import parallax.coordinator.api.people.Deed;
import parallax.coordinator.api.people.DrillApi;
import parallax.coordinator.api.people.HeartbeatsApi;
import parallax.coordinator.api.people.NotesApi;
import parallax.coordinator.api.people.ReportsApi;
import parallax.coordinator.api.people.RunbooksApi;
import parallax.coordinator.api.people.SilencesApi;
import parallax.coordinator.api.scrape.Discovery;
import parallax.coordinator.api.scrape.Metrics;
import parallax.coordinator.drill.Drills;
import parallax.coordinator.people.RecentReports;
import parallax.coordinator.status.serve.Publication;
import parallax.coordinator.status.serve.Surface;

/** All that can be read, and all that can be done. */
record Offer(List<Endpoint> endpoints, List<Deed> deeds) {
  Offer {
    endpoints = List.copyOf(endpoints);
    deeds = List.copyOf(deeds);
  }

  /** What there is of these sources. */
  static Offer of(ApiServer.Sources sources, Drills drills, Publication publication) {
    DrillApi drill = new DrillApi(drills);
    Supplier<Configuration> configuration =
        () -> sources.overview().configuration().configuration();
    SilencesApi silences = new SilencesApi(sources.store(), sources.clock());
    RunbooksApi runbooks =
        new RunbooksApi(sources.store(), configuration, sources.runner(), sources.clock());
    List<Endpoint> endpoints =
        Stream.of(
                pages(sources, drills),
                new StatusApi(sources.overview(), drills::noticed).endpoints(),
                List.of(
                    new Endpoint(DrillApi.PATH, Need.VIEWER, Endpoint.Where.WORKER, drill::show)),
                new ProbesApi(sources.overview()).endpoints(),
                new TargetsApi(
                        sources.overview(),
                        new RecentReports(sources.store().reports(), sources.clock()))
                    .endpoints(),
                List.of(
                    new Endpoint(
                        RunbooksApi.PATH, Need.VIEWER, Endpoint.Where.WORKER, runbooks::list)),
                new IncidentsApi(sources.store(), sources.clock(), configuration).endpoints(),
                List.of(
                    new Endpoint(
                        SilencesApi.PATH, Need.VIEWER, Endpoint.Where.WORKER, silences::list)),
                new ObservationsApi(sources.store(), sources.overview()).endpoints(),
                scraped(sources),
                Surface.PATHS.stream().map(path -> open(path, publication.surface())).toList())
            .flatMap(List::stream)
            .toList();
    List<Deed> deeds =
        Stream.of(
                new NotesApi(sources.store()).deeds(),
                silences.deeds(),
                drill.deeds(),
                new HeartbeatsApi(sources.store(), configuration).deeds(),
                runbooks.deeds(),
                new ReportsApi(sources.store().reports(), configuration, publication.gate())
                    .deeds())
            .flatMap(List::stream)
            .toList();
    return new Offer(endpoints, deeds);
  }

  /** What is for the public, and, for those who watch, the same of all that there is. */
  private static Endpoint open(String path, Surface surface) {
    Need need = Surface.OF_ALL.contains(path) ? Need.VIEWER : Need.PUBLIC;
    return new Endpoint(path, need, Endpoint.Where.WORKER, surface::answer);
  }

  private static List<Endpoint> scraped(ApiServer.Sources sources) {
    Metrics metrics = new Metrics(sources.metrics());
    Discovery discovery = new Discovery(sources.overview());
    return List.of(
        new Endpoint(Metrics.PATH, Need.VIEWER, Endpoint.Where.WORKER, metrics::answer),
        new Endpoint(Discovery.PATH, Need.VIEWER, Endpoint.Where.WORKER, discovery::answer));
  }

  private static List<Endpoint> pages(ApiServer.Sources sources, Drills drills) {
    Pages pages =
        new Pages(
            new Pages.Ports(
                sources.overview(),
                sources.store(),
                sources.clock(),
                sources.nanos(),
                drills::noticed));
    return pages.routes().stream()
        .map(
            page ->
                new Endpoint(
                    page.path(),
                    page.need(),
                    Endpoint.Where.WORKER,
                    page.making()::to,
                    pages::kept))
        .toList();
  }
}
