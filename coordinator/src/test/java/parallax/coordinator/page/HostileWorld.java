package parallax.coordinator.page;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.Configuration;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Maintenance;
import parallax.config.problem.Problem;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.api.access.Personal;
import parallax.coordinator.configuration.change.Change;
import parallax.coordinator.configuration.change.FieldChange;
import parallax.coordinator.configuration.change.TargetChange;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.page.access.LoginPage;
import parallax.coordinator.page.access.RefusedPage;
import parallax.coordinator.page.dates.CalendarPage;
import parallax.coordinator.page.deed.DeedForms;
import parallax.coordinator.page.deed.DeedPage;
import parallax.coordinator.page.deed.Filled;
import parallax.coordinator.page.fleet.AuditPage;
import parallax.coordinator.page.fleet.ConfigurationPage;
import parallax.coordinator.page.fleet.ProbesPage;
import parallax.coordinator.page.fleet.RegionsPage;
import parallax.coordinator.page.fleet.SilencesPage;
import parallax.coordinator.page.incident.IncidentPage;
import parallax.coordinator.page.incident.IncidentsPage;
import parallax.coordinator.page.objective.ObjectivesPage;
import parallax.coordinator.page.routes.RoutesPage;
import parallax.coordinator.page.target.TargetPage;
import parallax.coordinator.page.target.TargetsPage;
import parallax.coordinator.postmortem.Timeline;
import parallax.coordinator.report.UserReport;
import parallax.coordinator.sight.Sights;
import parallax.coordinator.silence.LabelMatcher;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.AuditTrail;
import parallax.coordinator.store.Store;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.SourceRevision;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;
import parallax.coordinator.words.Language;

/** What the pages show, with one text in every field that somebody outside can fill. */
public final class HostileWorld {
  private static final Instant NOW = Examples.NOON;
  private static final TargetName SHOP = new TargetName("shop");
  private static final Frame ENGLISH = new Frame(new Assets(), "1.2.3");

  private HostileWorld() {}

  /** Every page, by name, of a world in which this text stands wherever any text can. */
  public static Map<String, String> pages(String text) {
    return pages(text, Language.EN);
  }

  /** The same in a language. */
  static Map<String, String> pages(String text, Language language) {
    Frame frame = ENGLISH.in(language);
    Snapshot snapshot = snapshot(text);
    TargetView view = snapshot.targets().getFirst();
    Incident open = snapshot.open().getFirst();
    Incident over = Judged.resolved(open, NOW);
    Visitor visitor = HostileParts.visitor(text, language);
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put(
        "overview",
        new OverviewPage(frame).render(snapshot, status(snapshot, text), "shop", Optional.empty()));
    pages.put(
        "targets",
        new TargetsPage(frame)
            .render(
                snapshot, new TargetsPage.Filter(text, Optional.empty(), text, Optional.empty())));
    pages.put(
        "target",
        new TargetPage(frame)
            .render(view, snapshot, TargetPage.Reach.DAY, Optional.of(past(view, over)), visitor));
    pages.put(
        "incident",
        new IncidentPage(frame)
            .render(
                new IncidentPage.Shown(
                    sources(open, text),
                    Optional.empty(),
                    HostileParts.ways(open, text, NOW),
                    List.of(HostileParts.runbook(text)),
                    snapshot,
                    visitor)));
    pages.put(
        "incidents",
        new IncidentsPage(frame)
            .render(List.of(open), new Store.Page<>(List.of(over), Optional.of(text)), false, NOW));
    pages.put("probes", new ProbesPage(frame).render(snapshot, List.of(HostileParts.stream(text))));
    pages.put("regions", new RegionsPage(frame).render(snapshot));
    pages.put(
        "silences",
        new SilencesPage(frame)
            .render(
                new SilencesPage.Shown(
                    snapshot.silences(),
                    snapshot.configuration().maintenance(),
                    NOW,
                    visitor,
                    Optional.of(text))));
    Filled filled =
        new Filled(
            Map.of(DeedForms.TEXT, text, DeedForms.MATCH, text, DeedForms.ACTION, text),
            Optional.of(new Filled.Problem(DeedForms.MATCH, text)));
    DeedForms forms = new DeedForms(visitor);
    for (String form :
        List.of(
            forms.note(open.id(), filled),
            forms.silence(filled),
            forms.confirm(open.id(), text, filled, text))) {
      pages.put(
          "form " + pages.size(),
          new DeedPage(frame)
              .render(
                  new DeedPage.Shown(
                      text, "/incidents", "/incidents/" + Html.encoded(text), form)));
    }
    pages.put(
        "login",
        new LoginPage(frame)
            .render(
                new LoginPage.Shown(
                    true, Optional.of(text), text, text, Optional.of(text), Optional.of(text))));
    pages.put("refused", new RefusedPage(frame).render(text, language, "/" + text));
    pages.put(
        "configuration",
        new ConfigurationPage(frame).render(status(snapshot, text), List.of(text)));
    pages.put(
        "routes",
        new RoutesPage(frame)
            .render(snapshot, new RoutesPage.Part(new LabelFilter("team:" + text), 0)));
    pages.put(
        "objectives",
        new ObjectivesPage(frame)
            .render(snapshot, new ObjectivesPage.Part(new LabelFilter("team:" + text), 0)));
    pages.put(
        "calendar",
        new CalendarPage(frame)
            .render(snapshot, new CalendarPage.Part(new LabelFilter("team:" + text), 0)));
    AuditEntry.Row row = new AuditEntry.Row(7, NOW, new AuditEntry(text, text, text), text);
    pages.put(
        "audit",
        new AuditPage(frame)
            .render(
                new AuditEntry.Filter(text, text),
                new Store.Page<>(List.of(row), Optional.of(text)),
                false,
                new AuditPage.Verified(Optional.of(new AuditTrail.Broken(3, text)), NOW)));
    pages.replaceAll((_, html) -> Personal.filled(html, visitor, "/" + text));
    return pages;
  }

  /** How all is, in such a world. */
  public static Snapshot snapshot(String text) {
    Target target =
        new Target(
                SHOP,
                Optional.of(URI.create("https://shop.example.com/")),
                new TreeMap<>(Map.of("team", text, text, "web")),
                Duration.ofSeconds(30),
                List.of(),
                List.of())
            .with(Optional.of(HostileParts.OBJECTIVE));
    Configuration configuration =
        new Configuration(
            List.of(target),
            List.of(),
            List.of(
                new Maintenance(
                    text,
                    new TreeMap<>(Map.of("team", text)),
                    new Maintenance.Once(NOW.minusSeconds(60), NOW.plusSeconds(60)))),
            List.of(),
            List.of(),
            DecisionRules.USUAL,
            Optional.empty(),
            text);
    Silence silence =
        Silence.made(
            new Silence.Wish(
                List.of(new LabelMatcher.OneOf("team", List.of(text))),
                NOW.minusSeconds(60),
                NOW.plusSeconds(60),
                text),
            text,
            NOW);
    ProbeView probe =
        new ProbeView(Examples.EMBEDDED, NOW.minusSeconds(900), Optional.empty(), 1, 1, 1, 1);
    return new Snapshot(
        NOW,
        configuration,
        List.of(view(target, text)),
        List.of(incident(text), ours(text)),
        List.of(probe),
        List.of(silence),
        new TreeMap<>(Map.of(text, NOW)));
  }

  private static TargetView view(Target target, String text) {
    Facts.RouteSight sight =
        new Facts.RouteSight(
            text, 1, 2, Optional.of(64_500L), Optional.of(text), NOW, Optional.empty());
    Facts facts =
        Facts.NONE
            .withIssuer(text)
            .withTls("TLSv1.3", Optional.of(Examples.EXPIRY))
            .withChain(HostileParts.chain(text))
            .withWalk(HostileParts.walk(text))
            .withParts(HostileParts.parts(text))
            .withReach(HostileParts.reach(text))
            .withAnswers(List.of(text, text, text, text))
            .withRegistration(
                new Facts.RegistrationSeen(
                    text, text, Optional.of(text), Optional.of(text), Optional.of(NOW), NOW))
            .withRoutes(
                List.of(
                    new Facts.RouteSeen(
                        text,
                        List.of(64_500L),
                        Facts.RouteRole.SERVERS,
                        List.of(text),
                        Optional.of(sight))));
    Observation seen = Examples.observation("shop", Outcome.down(Reason.HTTP_STATUS, text), NOW);
    Observation told =
        new Observation(
            seen.id(),
            seen.vantage(),
            seen.target(),
            seen.check(),
            seen.layer(),
            seen.scheduled(),
            seen.started(),
            seen.duration(),
            seen.outcome(),
            seen.timings(),
            facts);
    return new TargetView(
            target,
            verdict(text, new Evidence(told, NOW)),
            List.of(),
            UptimeHistory.EMPTY.with(NOW.minusSeconds(60), TargetState.DOWN),
            Optional.empty())
        .seeing(new Evidence(told, NOW));
  }

  private static Cause cause(String text) {
    return new Cause(Optional.of(Layer.HTTP), new Finding(Reason.HTTP_STATUS, text), "cdn:" + text);
  }

  private static Verdict verdict(String text, Evidence look) {
    return new Verdict(
        SHOP,
        TargetState.DOWN,
        Optional.of(Scope.GLOBAL),
        List.of(),
        Optional.of(cause(text)),
        NOW.minusSeconds(60),
        0.9,
        Judged.votes(List.of(look)),
        HostileParts.why(text));
  }

  private static Incident incident(String text) {
    return incident(text, Incident.Subject.SERVICE, List.of(SHOP), cause(text));
  }

  private static Incident ours(String text) {
    Cause cause =
        new Cause(
            Optional.empty(),
            new Finding(Reason.PROBE_FAILS_EVERYWHERE, text),
            "probe:" + Examples.EMBEDDED.probe());
    return incident(text + "2", Incident.Subject.VANTAGE, List.of(), cause);
  }

  private static Incident incident(
      String text, Incident.Subject subject, List<TargetName> targets, Cause cause) {
    Evidence look =
        Examples.evidence("shop", Outcome.down(Reason.HTTP_STATUS, text), NOW.minusSeconds(30));
    return new Incident(
        new IncidentId(text),
        subject,
        targets,
        Scope.GLOBAL,
        List.of(),
        cause,
        NOW.minusSeconds(60),
        NOW.minusSeconds(30),
        Optional.of(NOW),
        Optional.empty(),
        1,
        Judged.votes(List.of(look)),
        List.of(),
        HostileParts.why(text));
  }

  private static Timeline.Sources sources(Incident incident, String text) {
    List<Entry> entries =
        List.of(
            new Entry(1, incident.id(), NOW, text, new Happening.Note(text)),
            new Entry(2, incident.id(), NOW, text, new Happening.Action(text, text)),
            new Entry(3, incident.id(), NOW, text, new Happening.Acknowledged(text)));
    Store.Delivery delivery =
        new Store.Delivery(
            text,
            Notice.Kind.OPENED,
            text,
            incident,
            Notice.Along.NOTHING,
            NOW,
            2,
            Optional.empty(),
            Optional.of(text),
            false);
    return new Timeline.Sources(
        incident,
        entries,
        List.of(delivery),
        _ -> List.of(),
        List.of(new UserReport(SHOP, NOW, Optional.empty(), text)));
  }

  private static TargetPage.Past past(TargetView view, Incident over) {
    Sights.Seen seen = Sights.Seen.of(view.looks().getFirst().observation());
    return new TargetPage.Past(
        List.of(),
        new Sights(NOW.minusSeconds(600), Duration.ofMinutes(5), List.of(List.of(seen), List.of())),
        List.of(over));
  }

  private static ConfigurationStatus status(Snapshot snapshot, String text) {
    FieldChange field = new FieldChange(text, text + "1", text + "2");
    Target target = snapshot.targets().getFirst().target();
    Change change =
        new Change(
            snapshot.configuration(),
            snapshot.configuration(),
            List.of(target),
            List.of(target),
            List.of(new TargetChange(target, target, List.of(field))),
            List.of(field),
            List.of(field));
    return new ConfigurationStatus(
        snapshot.configuration(),
        NOW,
        NOW,
        List.of(new Problem(Path.of("x.yaml"), 1, 2, text)),
        Optional.of(new SourceRevision("0".repeat(40), text, NOW, text)),
        Optional.of(change),
        Optional.of(change));
  }
}
