package parallax.coordinator.store.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.document.EvidenceJson;
import parallax.coordinator.store.document.IncidentJson;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.document.Words;
import parallax.coordinator.store.sql.Sql;

/** Raw evidence, a row a look, names written once. */
final class EvidenceTable {
  private static final String ROWS =
      "SELECT received, e.vantage, boot, sequence, kind, layer, scheduled, started, duration,"
          + " outcome, reason, detail, extra, probe, region, asn, n.text FROM evidence e"
          + " JOIN name n ON n.id = e.target JOIN vantage v ON v.id = e.vantage";

  private final JsonFactory factory = new JsonFactory();
  private final Map<TargetName, Long> names = new HashMap<>();
  private final Map<Vantage, Long> vantages = new HashMap<>();
  private long idsOf;

  /** Must be called inside a transaction of the one connection that writes evidence. */
  void append(Sql sql, List<Evidence> evidence) throws SQLException {
    // Only in a new epoch can the record be another one, with other ids.
    long epoch = EpochTable.newest(sql);
    if (epoch != idsOf) {
      forgetIds();
      idsOf = epoch;
    }
    List<@Nullable Object[]> rows = new ArrayList<>(evidence.size());
    for (Evidence each : evidence) {
      rows.add(row(sql, each));
    }
    sql.batch(
        "INSERT INTO evidence (target, received, vantage, boot, sequence, kind, layer, scheduled,"
            + " started, duration, outcome, reason, detail, extra)"
            + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        rows);
  }

  private @Nullable Object[] row(Sql sql, Evidence evidence) throws SQLException {
    Observation seen = evidence.observation();
    Optional<Finding> why = seen.outcome().why();
    return new @Nullable Object[] {
      nameId(sql, seen.target()),
      Micros.of(evidence.received()),
      vantageId(sql, seen.vantage()),
      seen.id().boot(),
      seen.id().sequence(),
      seen.check().name(),
      seen.layer().name(),
      Micros.of(seen.scheduled()),
      Micros.of(seen.started()),
      Micros.of(seen.duration()),
      seen.outcome().label(),
      why.map(finding -> finding.reason().name()).orElse(null),
      why.map(Finding::detail).filter(detail -> !detail.isEmpty()).orElse(null),
      extra(seen)
    };
  }

  /** After a rollback the ids that were given out inside it are not there. */
  void forgetIds() {
    names.clear();
    vantages.clear();
  }

  private long nameId(Sql sql, TargetName target) throws SQLException {
    Long known = names.get(target);
    if (known == null) {
      sql.update("INSERT INTO name (text) VALUES (?) ON CONFLICT DO NOTHING", target.value());
      known =
          sql.one("SELECT id FROM name WHERE text = ?", row -> row.getLong(1), target.value())
              .orElseThrow();
      names.put(target, known);
    }
    return known;
  }

  private long vantageId(Sql sql, Vantage vantage) throws SQLException {
    Long known = vantages.get(vantage);
    if (known == null) {
      Object[] key = {
        vantage.probe().value(), vantage.region().value(), vantage.asn().orElse(NO_ASN)
      };
      sql.update(
          "INSERT INTO vantage (probe, region, asn) VALUES (?,?,?) ON CONFLICT DO NOTHING", key);
      known =
          sql.one(
                  "SELECT id FROM vantage WHERE probe = ? AND region = ? AND asn = ?",
                  row -> row.getLong(1),
                  key)
              .orElseThrow();
      vantages.put(vantage, known);
    }
    return known;
  }

  /** AS 0 is reserved and never a network's number (RFC 7607). */
  private static final long NO_ASN = 0;

  private String extra(Observation seen) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = factory.createGenerator(text)) {
      EvidenceJson.write(json, seen.timings(), seen.facts());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  Store.Page<Evidence> page(
      Sql sql, TargetName target, Instant[] range, Optional<Cursor> after, int limit)
      throws SQLException {
    Cursor from = after.orElse(new Cursor(Long.MAX_VALUE, "0:0:0"));
    String[] identity = from.text().split(":", -1);
    if (identity.length != 3) {
      throw new IllegalArgumentException("not a cursor of this list");
    }
    List<Placed> rows =
        sql.query(
            ROWS
                + " WHERE e.target = (SELECT id FROM name WHERE text = ?) AND received >= ? AND"
                + " received < ? AND (received, e.vantage, boot, sequence) < (?, ?, ?, ?) ORDER BY"
                + " received DESC, e.vantage DESC, boot DESC, sequence DESC LIMIT ?",
            this::read,
            target.value(),
            Micros.of(range[0]),
            Micros.of(range[1]),
            from.number(),
            parsed(identity[0]),
            parsed(identity[1]),
            parsed(identity[2]),
            limit + 1);
    boolean more = rows.size() > limit;
    List<Placed> shown = rows.subList(0, Math.min(limit, rows.size()));
    return new Store.Page<>(
        shown.stream().flatMap(row -> row.evidence().stream()).toList(),
        more ? Optional.of(shown.getLast().place().opaque()) : Optional.empty());
  }

  /** Kinds that a later version invented are passed over. */
  static void took(Sql sql, TargetName target, Instant[] range, Store.Look look)
      throws SQLException {
    sql.each(
        "SELECT kind, duration FROM evidence WHERE target = (SELECT id FROM name WHERE text = ?)"
            + " AND received >= ? AND received < ? AND outcome IN ('up', 'degraded')",
        row -> {
          Duration duration = Micros.duration(row.getLong(2));
          Words.read(CheckKind.class, row.getString(1))
              .ifPresent(check -> look.took(check, duration));
        },
        target.value(),
        Micros.of(range[0]),
        Micros.of(range[1]));
  }

  /** A probe that moved has several vantages, and one identity. */
  Optional<Evidence> find(Sql sql, ObservationId id) throws SQLException {
    return sql.one(
            ROWS
                + " WHERE e.vantage IN (SELECT id FROM vantage WHERE probe = ?) AND boot = ? AND"
                + " sequence = ? ORDER BY received LIMIT 1",
            this::read,
            id.probe().value(),
            id.boot(),
            id.sequence())
        .flatMap(Placed::evidence);
  }

  Store.Page<Evidence> arrivals(Sql sql, Instant[] range, Optional<Cursor> after, int limit)
      throws SQLException {
    Cursor from = after.orElse(new Cursor(Long.MIN_VALUE, "0:0:0"));
    String[] identity = from.text().split(":", -1);
    if (identity.length != 3) {
      throw new IllegalArgumentException("not a cursor of this list");
    }
    List<Placed> rows =
        sql.query(
            ROWS
                + " WHERE received >= ? AND received < ? AND (received, e.vantage, boot, sequence)"
                + " > (?, ?, ?, ?) ORDER BY received, e.vantage, boot, sequence LIMIT ?",
            this::read,
            Math.max(Micros.of(range[0]), from.number()),
            Micros.of(range[1]),
            from.number(),
            parsed(identity[0]),
            parsed(identity[1]),
            parsed(identity[2]),
            limit + 1);
    boolean more = rows.size() > limit;
    List<Placed> shown = rows.subList(0, Math.min(limit, rows.size()));
    return new Store.Page<>(
        shown.stream().flatMap(row -> row.evidence().stream()).toList(),
        more ? Optional.of(shown.getLast().place().opaque()) : Optional.empty());
  }

  private static long parsed(String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a cursor of this list", e);
    }
  }

  private Placed read(ResultSet row) throws SQLException {
    Cursor place =
        new Cursor(row.getLong(1), row.getLong(2) + ":" + row.getLong(3) + ":" + row.getLong(4));
    Optional<CheckKind> check = Words.read(CheckKind.class, row.getString(5));
    Optional<Layer> layer = Words.read(Layer.class, row.getString(6));
    @Nullable String detail = row.getString(12);
    Optional<Finding> finding =
        Words.read(Reason.class, row.getString(11))
            .map(reason -> new Finding(reason, detail == null ? "" : detail));
    Optional<Outcome> outcome = IncidentJson.outcome(row.getString(10), finding);
    if (check.isEmpty() || layer.isEmpty() || outcome.isEmpty()) {
      return new Placed(place, Optional.empty());
    }
    ProbeName probe = new ProbeName(row.getString(14));
    long asn = row.getLong(16);
    EvidenceJson.Extra extra = extra(row.getString(13));
    Observation observation =
        new Observation(
            new ObservationId(probe, row.getLong(3), row.getLong(4)),
            new Vantage(
                probe,
                new Region(row.getString(15)),
                asn == NO_ASN ? Optional.empty() : Optional.of(asn)),
            new TargetName(row.getString(17)),
            check.get(),
            layer.get(),
            Micros.instant(row.getLong(7)),
            Micros.instant(row.getLong(8)),
            Micros.duration(row.getLong(9)),
            outcome.get(),
            extra.timings(),
            extra.facts());
    return new Placed(
        place, Optional.of(new Evidence(observation, Micros.instant(row.getLong(1)))));
  }

  private EvidenceJson.Extra extra(@Nullable String document) {
    if (document == null) {
      return EvidenceJson.Extra.NONE;
    }
    try (JsonParser json = factory.createParser(document)) {
      json.nextToken();
      return EvidenceJson.read(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<Instant> receivedBeforeNewest(Sql sql, long rows) throws SQLException {
    return sql.one(
        "SELECT received FROM evidence ORDER BY received DESC LIMIT 1 OFFSET ?",
        row -> Micros.instant(row.getLong(1)),
        rows);
  }

  static int prune(Sql sql, Instant before, int limit) throws SQLException {
    long around = Micros.of(Store.KEPT_AROUND_INCIDENTS);
    return sql.update(
        "DELETE FROM evidence WHERE (target, received, vantage, boot, sequence) IN"
            + " (SELECT target, received, vantage, boot, sequence FROM evidence"
            + " WHERE received < ? AND NOT EXISTS (SELECT 1 FROM incident_target i"
            + " JOIN name n ON n.text = i.target WHERE n.id = evidence.target"
            + " AND evidence.received >= i.onset - ?"
            + " AND (i.resolved IS NULL OR evidence.received <= i.resolved + ?))"
            + " ORDER BY received LIMIT ?)",
        Micros.of(before),
        around,
        around,
        limit);
  }

  private record Placed(Cursor place, Optional<Evidence> evidence) {}
}
