package parallax.coordinator.notify.letter;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.policy.Severity;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.notify.letter.Letter.Fact;
import parallax.coordinator.notify.letter.Letter.Grade;
import parallax.coordinator.notify.letter.Letter.Language;
import parallax.coordinator.notify.letter.Letter.Link;
import parallax.coordinator.notify.letter.Letter.Occasion;

/** Writes letters: pure functions of an incident, of why it is told, and of now. */
public final class Letters {
  /** The longest headline, in UTF-16 code units. */
  public static final int MAX_HEADLINE = 600;

  /** The longest of any other text. */
  public static final int MAX_TEXT = 500;

  /** More targets than this are only counted. */
  public static final int MAX_MEMBERS = 10;

  /** The incident a letter belongs to that is about none. */
  public static final String NO_INCIDENT = "test";

  /** More of the incidents in one letter than this are only counted. */
  static final int MAX_OTHERS = 20;

  private static final int MAX_LABELS = 64;
  private static final int MAX_RUNBOOKS = 4;
  private static final int MAX_BY = 100;

  private final Occurrence occurrence;
  private final Incident incident;
  private final LetterSettings settings;
  private final Instant now;
  private final Texts texts;
  private final Sayings sayings;

  private Letters(Occurrence occurrence, LetterSettings settings, Instant now) {
    this.occurrence = occurrence;
    this.incident = occurrence.incident();
    this.settings = settings;
    this.now = now;
    this.texts = Texts.of(occurrence.language());
    this.sayings = Sayings.of(incident, texts, new Zoned(texts, settings.zone()));
  }

  /** The letter that tells of {@code occurrence}. */
  public static Letter write(Occurrence occurrence, LetterSettings settings, Instant now) {
    return new Letters(occurrence, settings, now).written();
  }

  /** A letter that tells that letters arrive, and nothing else. */
  public static Letter test(String key, Language language, LetterSettings settings, Instant now) {
    Texts texts = Texts.of(language);
    String said = texts.say("occasion.TEST", "said", texts.say("headline.test"));
    return new Letter(
        key,
        NO_INCIDENT,
        1,
        Occasion.TEST,
        Grade.NOTE,
        false,
        language,
        Clean.line(said, MAX_HEADLINE),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        settings.page().map(page -> new Link(texts.say("link.page"), page)).stream().toList(),
        new TreeMap<>(),
        new Letter.Times(now, Optional.empty(), now));
  }

  /** The last letter of a drill about an incident: that the drill is over, and so is it. */
  public static Letter ending(Letter letter) {
    Texts texts = Texts.of(letter.language());
    return new Letter(
        letter.key(),
        letter.incident(),
        letter.number(),
        letter.occasion(),
        letter.grade(),
        letter.drill(),
        letter.language(),
        Clean.line(texts.say("drill.ended", "said", letter.headline()), MAX_HEADLINE),
        letter.facts(),
        letter.evidence(),
        letter.against(),
        letter.members(),
        letter.moreMembers(),
        letter.links(),
        letter.labels(),
        letter.times());
  }

  private Letter written() {
    SortedMap<String, String> labels = labels();
    int members = incident.targets().size();
    return new Letter(
        occurrence.key(),
        incident.id().value(),
        occurrence.number(),
        occurrence.occasion(),
        incident.isOpen() ? grade(sayings.nature().severity(incident)) : Grade.GOOD,
        occurrence.drill(),
        occurrence.language(),
        headline(),
        facts(),
        clean(new Evidence(sayings).lines()),
        clean(new Against(sayings).lines()),
        clean(incident.targets().stream().limit(MAX_MEMBERS).map(TargetName::value).toList()),
        Math.max(0, members - MAX_MEMBERS),
        links(labels),
        labels,
        new Letter.Times(incident.onset(), incident.resolved(), now));
  }

  private static Grade grade(Severity severity) {
    return switch (severity) {
      case CRITICAL -> Grade.CRITICAL;
      case WARNING -> Grade.WARNING;
      case NOTE -> Grade.NOTE;
    };
  }

  private static List<String> clean(List<String> lines) {
    return lines.stream().map(line -> Clean.line(line, MAX_TEXT)).toList();
  }

  private String headline() {
    Map<String, String> parts = new TreeMap<>();
    parts.put("said", sayings.sentence(now));
    parts.put("lasted", sayings.times().of(sayings.lasted(now)));
    by().ifPresent(by -> parts.put("by", by));
    boolean named = occurrence.occasion() == Occasion.ACKNOWLEDGED && by().isPresent();
    String said =
        texts.say("occasion." + occurrence.occasion().name() + (named ? ".by" : ""), parts);
    return Clean.line(occurrence.drill() ? texts.say("drill", "said", said) : said, MAX_HEADLINE);
  }

  private Optional<String> by() {
    return occurrence.by().map(by -> Clean.line(by, MAX_BY)).filter(by -> !by.isEmpty());
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    if (occurrence.drill()) {
      facts.add(fact("drill", texts.say("fact.drill.text")));
    }
    Zoned times = sayings.times();
    if (sayings.nature().hitsUsers()) {
      facts.add(fact("scope", sayings.whom()));
    }
    facts.add(fact("cause", sayings.causeInFull()));
    if (!Sayings.isTarget(incident.cause().culprit()) || incident.targets().size() > 1) {
      facts.add(fact("culprit", incident.cause().culprit()));
    }
    facts.add(fact("since", times.of(incident.onset())));
    incident.resolved().ifPresent(end -> facts.add(fact("until", times.of(end))));
    String lasted = times.of(sayings.lasted(now));
    facts.add(fact("duration", incident.isOpen() ? texts.say("lasts", "lasted", lasted) : lasted));
    facts.add(fact("confidence", sayings.sure()));
    sayings.domino().ifPresent(first -> facts.add(fact("domino", first)));
    if (!incident.why().shares().isEmpty()) {
      facts.add(fact("seen", seen(incident.why().shares())));
    }
    if (incident.reopened() > 0) {
      String count = String.valueOf(incident.reopened());
      facts.add(fact("reopened", texts.say("reopened", "times", count)));
    }
    by().ifPresent(by -> facts.add(fact("by", by)));
    others(facts);
    return List.copyOf(facts);
  }

  /** What else the receiver should know. */
  private void others(List<Fact> facts) {
    List<Incident> others = occurrence.others();
    for (Incident other : others.stream().limit(MAX_OTHERS).toList()) {
      facts.add(fact("also", Sayings.of(other, texts, sayings.times()).sentence(now)));
    }
    if (others.size() > MAX_OTHERS) {
      String more = String.valueOf(others.size() - MAX_OTHERS);
      facts.add(fact("also", texts.say("also.more", "count", more)));
    }
    if (occurrence.held() > 0) {
      facts.add(fact("held", texts.say("held", "count", String.valueOf(occurrence.held()))));
    }
  }

  private Fact fact(String name, String text) {
    return new Fact(texts.say("fact." + name), Clean.line(text, MAX_TEXT));
  }

  private String seen(List<Why.Share> shares) {
    return texts.say(
        "seen",
        Map.of(
            "failing", String.valueOf(shares.stream().mapToInt(Why.Share::failing).sum()),
            "looking", String.valueOf(shares.stream().mapToInt(Why.Share::looking).sum()),
            "regions", String.valueOf(shares.stream().filter(share -> share.failing() > 0).count()),
            "all", String.valueOf(shares.size())));
  }

  /** The incident's own, and those that all targets have with the same value. */
  private SortedMap<String, String> labels() {
    SortedMap<String, String> labels = new TreeMap<>();
    shared()
        .forEach(
            (name, value) -> {
              if (labels.size() < MAX_LABELS) {
                labels.put(name, value);
              }
            });
    labels.put("scope", incident.scope().name());
    incident.cause().layer().ifPresent(layer -> labels.put("layer", layer.yamlName()));
    labels.put("reason", incident.cause().finding().reason().name());
    labels.put("culprit", incident.cause().culprit());
    labels.replaceAll((_, value) -> Clean.line(value, MAX_TEXT));
    return labels;
  }

  private SortedMap<String, String> shared() {
    SortedMap<String, String> shared = new TreeMap<>();
    boolean first = true;
    for (TargetName target : incident.targets()) {
      SortedMap<String, String> own = labelsOf(target);
      if (first) {
        shared.putAll(own);
      } else {
        shared.entrySet().removeIf(label -> !label.getValue().equals(own.get(label.getKey())));
      }
      first = false;
    }
    return shared;
  }

  private SortedMap<String, String> labelsOf(TargetName target) {
    return settings.labels().getOrDefault(target, new TreeMap<>());
  }

  private List<Link> links(SortedMap<String, String> labels) {
    List<Link> links = new ArrayList<>();
    settings
        .page()
        .map(page -> new Link(texts.say("link.incident"), incidentOn(page)))
        .ifPresent(links::add);
    settings.runbooks().stream()
        .filter(runbook -> isFor(runbook, labels))
        .limit(MAX_RUNBOOKS)
        .map(
            runbook ->
                new Link(
                    Clean.line(texts.say("link.runbook", "name", runbook.name()), MAX_TEXT),
                    runbook.target()))
        .forEach(links::add);
    return List.copyOf(links);
  }

  private URI incidentOn(URI page) {
    String base = page.toString();
    String slash = base.endsWith("/") ? "" : "/";
    String id = URLEncoder.encode(incident.id().value(), StandardCharsets.UTF_8);
    return URI.create(base + slash + "incidents/" + id);
  }

  /** Whether it fits what all have in common, or one of the targets. */
  private boolean isFor(LetterSettings.Runbook runbook, SortedMap<String, String> labels) {
    return fits(runbook, labels, labels)
        || incident.targets().stream().anyMatch(target -> fits(runbook, labels, labelsOf(target)));
  }

  private static boolean fits(
      LetterSettings.Runbook runbook,
      SortedMap<String, String> incident,
      SortedMap<String, String> target) {
    return runbook.match().entrySet().stream()
        .allMatch(
            wanted ->
                wanted.getValue().equals(incident.get(wanted.getKey()))
                    || wanted.getValue().equals(target.get(wanted.getKey())));
  }
}
