package parallax.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.secret.SecretSource;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;

/** A desk on a virtual clock, with a record as a store keeps it: a key that is there stays. */
final class Office {
  static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A letter that was written to the record. */
  record Sent(String key, Letter letter, Notice.Along along) {
    @Override
    public String toString() {
      String number = letter.number() == 0 ? "" : " " + letter.number();
      String text = letter.kind() + number + " " + letter.incident().id();
      return TIME.format(letter.planned()) + " " + text + " > " + letter.receiver();
    }
  }

  private final Map<String, Sent> record = new LinkedHashMap<>();
  private final Map<IncidentId, Incident> incidents = new LinkedHashMap<>();
  private final Map<String, DeskInput.Acknowledged> notebook = new LinkedHashMap<>();
  private final List<String> doubled = new ArrayList<>();
  private Configuration configuration;
  private Desk desk = Desk.EMPTY;
  private Instant now;

  Office(String yaml) {
    this(yaml, START);
  }

  Office(String yaml, Instant start) {
    now = start;
    configuration = configuration(yaml);
    step(new DeskInput.Configured(configuration));
  }

  /** What this YAML says, of which {@code receivers} are left out but named: webhooks. */
  static Configuration configuration(String yaml) {
    ByteBuffer bytes = ByteBuffer.wrap(yaml.getBytes(StandardCharsets.UTF_8));
    Loaded loaded =
        ConfigurationLoader.load(
            Path.of("test"),
            new TreeMap<>(Map.of("test.yaml", bytes)),
            new SecretSource() {
              @Override
              public Answer variable(String name) {
                return new Answer.Missing(name);
              }

              @Override
              public Answer file(Path path) {
                return new Answer.Missing(path.toString());
              }
            });
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    return ((Loaded.Valid) loaded).configuration();
  }

  Instant now() {
    return now;
  }

  Office configured(String yaml) {
    configuration = configuration(yaml);
    step(new DeskInput.Configured(configuration));
    return this;
  }

  /** An incident is opened and published. */
  Office opens(Trouble trouble) {
    Incident incident = trouble.incident(now, true, Optional.empty());
    return core(incident, Optional.of(Notice.Kind.OPENED));
  }

  /** It is another than it was. */
  Office changes(Trouble trouble) {
    return core(as(trouble, Optional.empty()), Optional.empty());
  }

  Office ends(Trouble trouble) {
    return core(as(trouble, Optional.of(now)), Optional.of(Notice.Kind.RESOLVED));
  }

  Office reopens(Trouble trouble) {
    return core(as(trouble, Optional.empty()), Optional.of(Notice.Kind.REOPENED));
  }

  private Incident as(Trouble trouble, Optional<Instant> resolved) {
    IncidentId id = new IncidentId(trouble.id());
    return trouble.incident(opened(id), true, resolved);
  }

  private Instant opened(IncidentId id) {
    return Optional.ofNullable(incidents.get(id)).map(Incident::opened).orElse(now);
  }

  /** What the core decides, and says to nobody in particular. */
  Office core(Incident incident, Optional<Notice.Kind> kind) {
    List<Effect> effects = new ArrayList<>(List.of(new Effect.IncidentChanged(incident)));
    kind.ifPresent(what -> effects.add(new Effect.Tell(new Notice(what, incident, List.of()))));
    return step(new DeskInput.Decided(effects));
  }

  Office acknowledges(String incident, String who) {
    return acknowledges(incident, who, now);
  }

  /** By a clock that may be another. */
  Office acknowledges(String incident, String who, Instant at) {
    DeskInput.Acknowledged deed = new DeskInput.Acknowledged(new IncidentId(incident), who, at);
    notebook.put(incident + " " + now, deed);
    return step(deed);
  }

  Office step(DeskInput input) {
    DeskStep step = desk.step(input, now);
    desk = step.desk();
    step.effects().forEach(this::written);
    return this;
  }

  private void written(Effect effect) {
    if (effect instanceof Effect.IncidentChanged(Incident incident)) {
      incidents.put(incident.id(), incident);
    }
    if (effect instanceof Effect.Tell(Notice notice)) {
      for (String receiver : notice.receivers()) {
        Letter letter =
            new Letter(notice.kind(), notice.incident(), notice.number(), receiver, now);
        String key = notice.key(receiver);
        if (record.putIfAbsent(key, new Sent(key, letter, notice.along())) != null) {
          doubled.add(key);
        }
      }
    }
  }

  /** Time passes, second by second. */
  Office passes(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plusSeconds(1);
      step(new DeskInput.Tick());
    }
    return this;
  }

  Office passesUntil(String instant) {
    return passes(Duration.between(now, Instant.parse(instant)));
  }

  /** What was decided this second reaches nobody, and not the record. */
  Office losesTheNewest() {
    record.values().removeIf(sent -> sent.letter().planned().equals(now));
    return this;
  }

  /** Another desk goes on, with nothing but what is on record. */
  Office isTakenOver() {
    List<Incident> open = incidents.values().stream().filter(Incident::isOpen).toList();
    List<IncidentId> ids = open.stream().map(Incident::id).toList();
    List<Letter> letters =
        record.values().stream()
            .map(Sent::letter)
            .map(
                letter ->
                    new Letter(
                        letter.kind(),
                        letter.incident(),
                        Notice.numberIn(key(letter), letter.receiver()),
                        letter.receiver(),
                        letter.planned()))
            .filter(letter -> ids.contains(letter.incident().id()))
            .toList();
    desk = Desk.restored(open, letters);
    step(new DeskInput.Configured(configuration));
    notebook.values().forEach(this::step);
    return this;
  }

  private static String key(Letter letter) {
    return new Notice(
            letter.kind(), letter.incident(), letter.number(), Notice.Along.NOTHING, List.of())
        .key(letter.receiver());
  }

  /** Every letter, as time, kind, incident and receiver. */
  List<String> letters() {
    return sent().stream().map(Sent::toString).toList();
  }

  List<Sent> sent() {
    return List.copyOf(record.values());
  }

  /** Who was told of this, at any time, sorted. */
  List<String> told(String incident) {
    return sent().stream()
        .filter(sent -> sent.letter().incident().id().value().equals(incident))
        .map(sent -> sent.letter().receiver())
        .distinct()
        .sorted()
        .toList();
  }

  /** Keys that were decided twice by one desk. */
  List<String> doubled() {
    return List.copyOf(doubled);
  }
}
